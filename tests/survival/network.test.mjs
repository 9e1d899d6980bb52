/** A bad network between the clients and the server: every event counts once all the same. */
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startProxy } from "../browser/proxy.mjs";
import { Crowd } from "./load.mjs";
import { between, generator, newSeed } from "./random.mjs";
import { copyApp, ferroflex, scratch } from "./servers.mjs";

const CLIENTS = 60;
const DELAY_MS = 40;
const ROUNDS = 6;
/** Which part of the sockets is cut at once. */
const CUT_PART = 0.3;
const BETWEEN_CUTS_MS = [50, 500];
/** Longer than the clients of this test wait for a sign of life, so that they give sockets up. */
const FROZEN_MS = 1_800;
const IMPATIENT = { pingMs: 300, pongMs: 800 };

test("sockets are cut, delayed and frozen in one direction", async (context) => {
  const seed = newSeed();
  context.diagnostic(`seed ${seed}`);
  const server = await ferroflex(context, copyApp(scratch(context)), "sqlite");
  await server.start();
  const proxy = await startProxy(server.url, DELAY_MS);
  context.after(() => proxy.stop());
  const crowd = await Crowd.open(proxy.url, CLIENTS, seed, IMPATIENT);
  context.after(() => crowd.close());
  crowd.start();
  const random = generator(seed);
  for (let round = 0; round < ROUNDS; round += 1) {
    await cutSome(proxy, random);
    const direction = round % 2 === 0 ? "to the server" : "to the client";
    proxy.freeze(direction);
    await sleep(FROZEN_MS);
    proxy.freeze(null);
  }
  await crowd.stop();
  context.diagnostic(JSON.stringify(crowd.figures()));
  await crowd.check();
});

async function cutSome(proxy, random) {
  for (let cut = 0; cut < 3; cut += 1) {
    await sleep(between(random, ...BETWEEN_CUTS_MS));
    proxy.cut(() => random() < CUT_PART);
  }
}
