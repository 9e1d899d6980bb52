/**
 * What nobody should send, and stores that somebody has changed: each hurts the session that it is
 * about and no other, and is told.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { eventually } from "../browser/browser.mjs";
import { Client } from "./client.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const EVENTS = 5;
/** Long enough for an event that must not run to have run. */
const LATE_MS = 300;
const END_MS_MAX = 15_000;

test("a token that is forged, or somebody else's, is worth nothing", async (context) => {
  const server = await serve(context, "sqlite");
  const victim = await counted(context, server);
  const [random, signature] = victim.token.split(".");
  const forged = [victim.token, `${random}.AAAAAAAAAAAAAAAAAAAAAA`, `x.${signature}`, "x", "é."];
  for (const token of forged) {
    const thief = await open(context, server, { token });
    assert.notEqual(thief.token, token);
    assert.equal(thief.state.field("Tally.count"), 0, `with the token ${token}`);
  }
  await victim.call("add", EVENTS + 1);
  assert.equal(victim.joined, 1, "the victim has lost its socket");
  await has(victim, EVENTS + 1);
});

test("the token alone is worth nothing after a restart either", async (context) => {
  const server = await serve(context, "sqlite");
  const victim = await counted(context, server);
  await server.kill();
  await server.start();
  const thief = await open(context, server, { token: victim.token });
  assert.equal(thief.state.field("Tally.count"), 0);
  await victim.refresh();
  await has(victim, EVENTS);
});

test("old events that are sent again do not run again", async (context) => {
  const server = await serve(context, "sqlite");
  const client = await counted(context, server);
  const replay = async () => {
    for (let id = 1; id <= EVENTS; id += 1) {
      client.post({ t: "event", id, handler: client.handler("Tally.add"), args: [id] });
    }
    await sleep(LATE_MS);
    await client.refresh();
    await has(client, EVENTS);
  };
  await replay();
  await server.kill();
  await server.start();
  await client.until(() => client.joined > 2 && client.ready, "the server's return");
  await replay();
  assert.deepEqual([client.breaches, client.errors], [[], []]);
});

test("a client that claims to be ahead of the server is given the whole state", async (context) => {
  const server = await serve(context, "sqlite");
  const client = await counted(context, server);
  await server.kill();
  await server.start();
  client.seq = 1_000_000;
  await client.until(() => client.joined > 1 && client.ready, "an answer");
  await has(client, EVENTS);
  await client.call("add", EVENTS + 1);
  await has(client, EVENTS + 1);
});

test("Redis with a wrong password: the server says so, and does not start", async (context) => {
  const store = await redis(context, { password: "right" });
  const wrong = store.store.replace(":right@", ":wrong@");
  const server = await ferroflex(context, copyApp(scratch(context)), wrong);
  server.spawn();
  const late = sleep(END_MS_MAX, "it did not end", { ref: false });
  assert.equal(await Promise.race([server.ended(), late]), 1, server.words());
  assert.match(server.words(), /redis store refuses to work.*password/i);
  assert.doesNotMatch(server.words(), /wrong/, "the password is in the log");
});

test("Redis changes its password: said in the log, nothing lost", async (context) => {
  const store = await redis(context, { password: "right" });
  const server = await serve(context, store.store);
  const client = await counted(context, server);
  await store.ask("CONFIG", "SET", "requirepass", "other");
  await store.askWith("other", "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  client.send("add", EVENTS + 1);
  await eventually(() => assert.match(server.words(), /redis store refuses to work/i), END_MS_MAX);
  assert.equal(client.pending, 1, "acknowledged, though it cannot be stored");
  await store.askWith("other", "CONFIG", "SET", "requirepass", "right");
  await client.settled();
  await client.refresh();
  await has(client, EVENTS + 1);
});

async function serve(context, store) {
  const server = await ferroflex(context, copyApp(scratch(context)), store);
  return server.start();
}

async function open(context, server, options) {
  const client = await Client.open(server.url, options);
  context.after(() => client.close());
  return client;
}

/** A client that has counted. */
async function counted(context, server) {
  const client = await open(context, server);
  for (let number = 1; number <= EVENTS; number += 1) await client.call("add", number);
  return client;
}

async function has(client, events) {
  const fields = ["begun", "count", "ids"].map((name) => client.state.field(`Tally.${name}`));
  const ids = Array.from({ length: events }, (_, index) => index + 1);
  assert.deepEqual(fields, [events, events, ids]);
}
