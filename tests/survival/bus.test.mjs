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
