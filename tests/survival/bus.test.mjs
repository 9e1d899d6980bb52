/** Two servers on one Redis, without anything between: what happens on one reaches clients of both. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Client } from "./client.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const TICKS = 30;
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

test("a handler on one server changes the session of a client on the other", async (context) => {
  const [here, there] = await two(context);
  const [one, other] = [await open(context, here), await open(context, there)];
  await poke(one, other, ["a", "b"]);
  await poke(other, one, ["c"]);
  await one.moveTo(there.url);
  await poke(one, other, ["a", "b", "d"]);
  assert.deepEqual([...one.breaches, ...other.breaches, ...one.errors, ...other.errors], []);
});

test("a handler changes a session whose server was killed", async (context) => {
  const [here, there] = await two(context);
  const [one, other] = [await open(context, here), await open(context, there)];
  await other.call("Bus.poke", one.token, "first");
  other.disconnect();
  await there.kill();
  await one.call("Bus.poke", other.token, "while you were away");
  await other.moveTo(here.url);
  assert.deepEqual(other.state.field("Bus.poked"), ["while you were away"]);
  assert.deepEqual([...one.breaches, ...other.breaches, ...one.errors, ...other.errors], []);
});

/** Has a handler of `one` bring the texts that `other` was sent to `texts`. */
async function poke(one, other, texts) {
  for (const text of texts.slice(other.state.field("Bus.poked").length)) {
    await one.call("Bus.poke", other.token, text);
  }
  const isTold = () => other.state.field("Bus.poked").length === texts.length;
  await other.until(isTold, `what ${one.token} did`);
  assert.deepEqual(other.state.field("Bus.poked"), texts);
}

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
