/** `rx.SharedState` in apps/bus.py: on a server that is killed, and on two that share a Redis. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Client } from "./client.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const ROUNDS = 3;
const TEXTS = 50;
/** How often two sessions change places; even, so that each has been as often in either room. */
const CROSSINGS = 10;
/** Longer than a server waits for one that says nothing. */
const HELD_S = 7;
/** In which an event reaches its handler. */
const SHORT_MS = 500;

test("sqlite: a shared state outlives kills, and who was linked goes on seeing it", async (context) => {
  const app = copyApp(scratch(context), (source) => source, "bus.py");
  const server = await ferroflex(context, app, "sqlite");
  await server.start();
  const clients = [await open(context, server), await open(context, server)];
  for (const client of clients) await client.call("Room.join", "lobby");
  const said = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [number, client] of clients.entries()) {
      said.push(`${round} ${number}`);
      await client.call("Room.say", said.at(-1));
    }
    await server.kill();
    await server.start();
    said.push(`${round} again`);
    await clients[round % 2].call("Room.say", said.at(-1));
    for (const client of clients) await sees(client, said);
  }
  const late = await open(context, server);
  await late.call("Room.join", "lobby");
  await sees(late, said);
  for (const { breaches, errors } of clients) assert.deepEqual([breaches, errors], [[], []]);
});

test("sessions of two servers share a state, and nothing that they do at once is lost", async (context) => {
  const { store } = await redis(context);
  const app = copyApp(scratch(context), (source) => source, "bus.py");
  const [here, there] = [await ferroflex(context, app, store), await ferroflex(context, app, store)];
  await Promise.all([here.start(), there.start()]);
  const clients = [await open(context, here), await open(context, there)];
  for (const client of clients) await client.call("Room.join", "lobby");
  const all = [];
  for (let number = 0; number < TEXTS; number += 1) {
    for (const [who, client] of clients.entries()) {
      all.push(`${who} ${number}`);
      client.send("Room.say", all.at(-1));
    }
  }
  for (const client of clients) await seesAll(client, all);
  await clients[0].moveTo(there.url);
  await clients[0].call("Room.say", "moved");
  await here.kill();
  await clients[1].call("Room.say", "killed");
  for (const client of clients) await seesAll(client, [...all, "moved", "killed"]);
  for (const { breaches, errors } of clients) assert.deepEqual([breaches, errors], [[], []]);
});

test("what a session had before it was linked, it has again when it is unlinked after a restart", async (context) => {
  const app = copyApp(scratch(context), (source) => source, "shared.py");
  const server = await ferroflex(context, app, "sqlite");
  await server.start();
  const client = await open(context, server);
  await client.call("Room.add", "own", 1);
  await client.call("Room.join", "lobby");
  await client.call("Room.add", "shared", 1);
  assert.deepEqual(client.state.field("Room.last"), { shared: 1 });
  for (const isLinked of [true, false]) {
    await server.kill();
    await server.start();
    await client.refresh();
    if (isLinked) await client.call("Room.leave");
    assert.deepEqual(client.state.field("Room.last"), { own: 1 });
  }
  await client.call("Room.add", "own", 2);
  await client.call("Room.join", "lobby");
  assert.deepEqual(client.state.field("Room.last"), { shared: 1 });
  await client.call("Room.leave");
  assert.equal(client.state.field("Room.total"), 2);
  assert.deepEqual([client.breaches, client.errors], [[], []]);
});

test("a handler may keep a shared state for longer than another server waits at first", async (context) => {
  const { store } = await redis(context);
  const app = copyApp(scratch(context), (source) => source, "shared.py");
  const [here, there] = [await ferroflex(context, app, store), await ferroflex(context, app, store)];
  await Promise.all([here.start(), there.start()]);
  const clients = [await open(context, here), await open(context, there)];
  for (const client of clients) await client.call("Room.join", "lobby");
  clients[0].send("Room.hold", "slow", 1, HELD_S);
  await sleep(SHORT_MS);
  for (let number = 1; number <= 3; number += 1) clients[1].send("Room.add", "quick", number);
  for (const client of clients) await client.settled();
  for (const client of clients) {
    const known = () => client.state.field("Room.last");
    await client.until(() => known().quick === 3 && known().slow === 1, "what was counted");
    assert.equal(client.state.field("Room.total"), 4);
    assert.deepEqual(client.state.field("Room.wrong"), []);
    assert.deepEqual([client.breaches, client.errors, client.closed], [[], [], []]);
  }
});

test("a shared state that a frozen server keeps is taken away from it", async (context) => {
  const { store } = await redis(context);
  const app = copyApp(scratch(context), (source) => source, "shared.py");
  const [here, there] = [await ferroflex(context, app, store), await ferroflex(context, app, store)];
  await Promise.all([here.start(), there.start()]);
  const clients = [await open(context, here), await open(context, there)];
  for (const client of clients) await client.call("Room.join", "lobby");
  clients[0].send("Room.hold", "slow", 1, 1);
  await sleep(SHORT_MS);
  here.signal("SIGSTOP");
  await clients[1].call("Room.add", "quick", 1);
  here.signal("SIGCONT");
  for (const client of clients) await client.settled();
  for (const client of clients) {
    const isDone = () => client.state.field("Room.total") === 2;
    await client.until(isDone, "what both have counted, once each");
    assert.deepEqual(client.state.field("Room.last"), { quick: 1, slow: 1 });
    assert.deepEqual(client.state.field("Room.wrong"), []);
  }
});

test("sessions of one server go to each other's rooms at once", async (context) => {
  const app = copyApp(scratch(context), (source) => source, "shared.py");
  const server = await ferroflex(context, app, "sqlite");
  await server.start();
  await goCrosswise(context, [server, server]);
});

test("sessions of two servers go to each other's rooms at once", async (context) => {
  const { store } = await redis(context);
  const app = copyApp(scratch(context), (source) => source, "shared.py");
  const servers = [await ferroflex(context, app, store), await ferroflex(context, app, store)];
  await Promise.all(servers.map((server) => server.start()));
  await goCrosswise(context, servers);
});

/** Each has changed what the other one wants: whose turn is run again, it counts once. */
async function goCrosswise(context, servers) {
  const clients = [await open(context, servers[0]), await open(context, servers[1])];
  const names = ["a", "b"];
  for (const [who, client] of clients.entries()) await client.call("Room.join", names[who]);
  for (let round = 1; round <= CROSSINGS; round += 1) {
    for (const [who, client] of clients.entries()) {
      const name = names[(who + round) % 2];
      client.send("Room.add_slowly_and_go", `m${who}`, Math.ceil(round / 2), name);
    }
    for (const client of clients) await client.settled();
  }
  const counted = { m0: CROSSINGS / 2, m1: CROSSINGS / 2 };
  for (const client of clients) {
    await client.until(() => client.state.field("Room.total") === CROSSINGS, "what was counted");
    assert.deepEqual(client.state.field("Room.last"), counted);
    assert.deepEqual(client.state.field("Room.wrong"), []);
    assert.equal(client.state.field("Mine.seen").length, CROSSINGS);
    assert.deepEqual([client.breaches, client.errors], [[], []]);
  }
}

/** In whatever order. */
async function seesAll(client, said) {
  await client.settled();
  const isTold = () => client.state.field("Room.said").length >= said.length;
  await client.until(isTold, "what was said");
  assert.deepEqual(client.state.field("Room.said").toSorted(), said.toSorted());
}

async function sees(client, said) {
  const isTold = () => client.state.field("Room.said").length >= said.length;
  await client.until(isTold, "what was said");
  assert.deepEqual(client.state.field("Room.said"), said);
}

async function open(context, server) {
  const client = await Client.open(server.url);
  context.after(() => client.close());
  return client;
}
