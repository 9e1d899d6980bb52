/**
 * Records that somebody has damaged: the session that it is about starts anew as far as it is
 * damaged, the log says so, and nobody else notices.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client } from "./client.mjs";
import { damage } from "./damage.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const EVENTS = 5;
const FIELDS = ["begun", "count", "ids"];
const ALL_IDS = [1, 2, 3, 4, 5];

/** What a session may have left of `begun`, `count` and `ids`, by what is damaged of it. */
const ANEW = [0, 0, []];
const WHOLE = [EVENTS, EVENTS, ALL_IDS];
const LEFT = {
  head: [ANEW],
  field: [[EVENTS, 0, ALL_IDS]],
  frames: [ANEW, WHOLE],
  generation: [ANEW, WHOLE],
};

test("sqlite: damaged records", async (context) => {
  await startAnew(context, { store: "sqlite", folder: scratch(context) }, ["head", "field", "frames"]);
});

test("redis: damaged records", async (context) => {
  const { store, ask } = await redis(context);
  await startAnew(context, { store, ask, folder: scratch(context) }, ["head", "field", "frames", "generation"]);
});

async function startAnew(context, place, parts) {
  const server = await ferroflex(context, copyApp(place.folder), place.store);
  await server.start();
  const clients = [];
  for (const _ of [...parts, "intact"]) clients.push(await counted(context, server));
  const intact = clients.at(-1);
  await server.kill();
  const told = server.log.length;
  for (const [number, part] of parts.entries()) {
    await damage(place, clients[number].token, part);
  }
  const tokens = clients.map((client) => client.token);
  await server.start();
  for (const client of clients) await client.until(() => client.ready, "an answer");
  for (const [number, part] of parts.entries()) await isAnew(context, clients[number], part);
  await intact.call("add", EVENTS + 1);
  await intact.refresh();
  assert.deepEqual(valuesOf(intact), [EVENTS + 1, EVENTS + 1, [...ALL_IDS, EVENTS + 1]]);
  assert.deepEqual([intact.token, intact.breaches, intact.errors], [tokens.at(-1), [], []]);
  const log = server.log.slice(told).join("");
  assert.match(log, /WARN.*damaged/, log);
  assert.ok(!log.includes(intact.token), "the log names a session to which nothing happened");
}

/** The session has what may be left of it, and goes on from there. */
async function isAnew(context, client, part) {
  await client.refresh();
  const values = valuesOf(client);
  context.diagnostic(`${part}: ${JSON.stringify(values)}`);
  assert.ok(LEFT[part].some((known) => isEqual(known, values)), `${part}: ${JSON.stringify(values)}`);
  await client.call("add", 99);
  const [begun, count, ids] = values;
  assert.deepEqual(valuesOf(client), [begun + 1, count + 1, [...ids, 99]], part);
}

function isEqual(left, right) {
  return JSON.stringify(left) === JSON.stringify(right);
}

function valuesOf(client) {
  return structuredClone(FIELDS.map((name) => client.state.field(`Tally.${name}`)));
}

async function counted(context, server) {
  const client = await Client.open(server.url);
  context.after(() => client.close());
  for (let number = 1; number <= EVENTS; number += 1) await client.call("add", number);
  return client;
}
