/**
 * The server is killed with SIGKILL, again and again, while 200 clients and a browser count: what
 * was acknowledged is there, and nothing is there twice.
 */
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { openClicker } from "./clicker.mjs";
import { Crowd } from "./load.mjs";
import { between, generator, newSeed } from "./random.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const CLIENTS = 200;
const KILLS = 20;
/** How long the server lives from when it listens, in milliseconds. */
const LIFE_MS = [100, 1_800];

test("sqlite: 20 kills, nothing lost, nothing double", async (context) => {
  await survives(context, "sqlite");
});

test("redis: 20 kills, nothing lost, nothing double", async (context) => {
  const { store } = await redis(context);
  await survives(context, store);
});

async function survives(context, store) {
  const seed = newSeed();
  context.diagnostic(`seed ${seed}`);
  const server = await ferroflex(context, copyApp(scratch(context)), store);
  await server.start();
  const crowd = await Crowd.open(server.url, CLIENTS, seed);
  context.after(() => crowd.close());
  const clicker = await openClicker(context, server.url);
  crowd.start();
  clicker.start();
  await killAgainAndAgain(server, generator(seed));
  await clicker.stop();
  await crowd.stop();
  context.diagnostic(JSON.stringify({ kills: KILLS, ...crowd.figures(), clicks: clicker.clicks }));
  await crowd.check();
  await clicker.check();
}

async function killAgainAndAgain(server, random) {
  for (let kill = 0; kill < KILLS; kill += 1) {
    await sleep(between(random, ...LIFE_MS));
    await server.kill();
    await server.start();
  }
}
