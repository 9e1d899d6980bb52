/**
 * Redis answers, and takes nothing any more: without memory, without the replicas that it has to
 * have, or as a replica itself. That is told like a store that is away, nothing is acknowledged that
 * is not stored, and load balancers send nobody.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually } from "../browser/browser.mjs";
import { Client } from "./client.mjs";
import { freePort } from "./processes.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const TOLD_MS_MAX = 10_000;
const EVENTS = 10;

const ways = {
  "without memory": {
    begin: ["CONFIG", "SET", "maxmemory", "1mb"],
    end: ["CONFIG", "SET", "maxmemory", "0"],
    reason: /memory is full.*maxmemory/,
  },
  "without the replicas that it has to have": {
    begin: ["CONFIG", "SET", "min-replicas-to-write", "1"],
    end: ["CONFIG", "SET", "min-replicas-to-write", "0"],
    reason: /NOREPLICAS/,
  },
  "as a replica": {
    begin: async () => ["REPLICAOF", "127.0.0.1", `${await freePort()}`],
    end: ["REPLICAOF", "NO", "ONE"],
    reason: /READONLY/,
  },
};

for (const [name, { begin, end, reason }] of Object.entries(ways)) {
  test(`Redis ${name}`, async (context) => {
    const store = await redis(context);
    const server = await ferroflex(context, copyApp(scratch(context)), store.store);
    await server.start();
    const client = await Client.open(server.url);
    context.after(() => client.close());
    await client.call("add", 1);
    assert.equal((await ready(server)).status, 200);
    await store.ask(...(typeof begin === "function" ? await begin() : begin));
    const told = await ready(server);
    assert.equal(told.status, 503);
    assert.match(told.reasons[0].reason, reason);
    for (let number = 2; number <= EVENTS; number += 1) client.send("add", number);
    await client.until(() => client.store.waiting, "that the server waits for its store", TOLD_MS_MAX);
    assert.equal(client.pending, EVENTS - 1, "events acknowledged that cannot be stored");
    await store.ask(...end);
    await client.settled();
    await client.until(() => !client.store.waiting, "that it waits no longer", TOLD_MS_MAX);
    await eventually(async () => assert.equal((await ready(server)).status, 200), TOLD_MS_MAX);
    await server.kill();
    await server.start();
    await client.refresh();
    assert.equal(client.state.field("Tally.count"), EVENTS);
    assert.deepEqual([client.breaches, client.errors], [[], []]);
  });
}

async function ready(server) {
  const answer = await fetch(`${server.url}/readyz`);
  return { ...(await answer.json()), status: answer.status };
}
