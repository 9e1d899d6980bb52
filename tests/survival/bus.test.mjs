/** Two servers on one Redis, without anything between: what happens on one reaches clients of both. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually } from "../browser/browser.mjs";
import { Client } from "./client.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const TICKS = 30;
const SAYS = 10;
const same = (source) => source;

test("a background task goes on while its client changes the server", async (context) => {
  const [here, there] = await two(context);
  const client = await open(context, here);
  client.send("Bus.tick", TICKS);
  await client.until(() => client.state.field("Bus.ticks") > 2, "the first ticks");
  for (const server of [there, here, there]) {
    const seen = client.state.field("Bus.ticks");
    await client.moveTo(server.url);
    await client.until(() => client.state.field("Bus.ticks") > seen + 2, "ticks on the other server");
  }
  await client.until(() => client.state.field("Bus.ticks") === TICKS, "the last tick");
  await client.refresh();
  assert.equal(client.state.field("Bus.ticks"), TICKS);
  assert.deepEqual([client.breaches, client.errors], [[], []]);
});

test("a handler of one server changes a session of the other", async (context) => {
  const [here, there] = await two(context);
  const caller = await open(context, here);
  const called = await open(context, there);
  await caller.call("Bus.poke", called.token, "one");
  await called.until(() => `${called.state.field("Bus.poked")}` === "one", "the change");
  await called.call("Bus.poke", caller.token, "two");
  await caller.until(() => `${caller.state.field("Bus.poked")}` === "two", "the change");
  await caller.call("Bus.poke", called.token, "three");
  await called.until(() => `${called.state.field("Bus.poked")}` === "one,three", "both changes");
  assert.deepEqual([...caller.breaches, ...called.breaches, ...caller.errors], []);
});

test("a session without a socket is changed, and finds that on the other server", async (context) => {
  const [here, there] = await two(context);
  const caller = await open(context, here);
  const away = await open(context, there);
  away.disconnect();
  await caller.call("Bus.poke", away.token, "while away");
  await away.moveTo(here.url);
  assert.deepEqual(away.state.field("Bus.poked"), ["while away"]);
  assert.deepEqual([...caller.errors, ...away.breaches], []);
});

test("a shared state is the same on both servers", async (context) => {
  const [here, there] = await two(context);
  const both = [await open(context, here), await open(context, there)];
  for (const client of both) await client.call("Room.join", "kitchen");
  for (let round = 0; round < SAYS; round += 1) {
    await Promise.all(both.map((client, own) => client.call("Room.say", `${own}-${round}`)));
  }
  const expected = both.flatMap((_, own) => Array.from({ length: SAYS }, (_, n) => `${own}-${n}`));
  const said = (client) => client.state.field("Room.said");
  await eventually(() => {
    assert.deepEqual(both.map((client) => [...said(client)].sort()), [expected, expected]);
    assert.deepEqual(said(both[0]), said(both[1]), "in one order");
  });
});

async function two(context) {
  const { store } = await redis(context);
  const app = copyApp(scratch(context), same, "bus.py");
  const servers = [await ferroflex(context, app, store), await ferroflex(context, app, store)];
  await Promise.all(servers.map((server) => server.start()));
  return servers;
}

async function open(context, server) {
  const client = await Client.open(server.url);
  context.after(() => client.close());
  return client;
}
