/**
 * Two servers on one Redis, behind nginx in turns. One of them is killed with SIGKILL every second
 * for half a minute, so that every session changes its server many times.
 */
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { openClicker } from "./clicker.mjs";
import { Crowd } from "./load.mjs";
import { generator, newSeed } from "./random.mjs";
import { copyApp, ferroflex, nginx, redis, scratch } from "./servers.mjs";

const CLIENTS = 200;
const KILLS = 30;
const BETWEEN_KILLS_MS = 1_000;

test("two servers behind nginx, one killed every second", async (context) => {
  const seed = newSeed();
  context.diagnostic(`seed ${seed}`);
  const { store } = await redis(context);
  const app = copyApp(scratch(context));
  const servers = [await ferroflex(context, app, store), await ferroflex(context, app, store)];
  await Promise.all(servers.map((server) => server.start()));
  const proxy = await nginx(context, servers.map((server) => server.port));
  const crowd = await Crowd.open(proxy.url, CLIENTS, seed);
  context.after(() => crowd.close());
  const clicker = await openClicker(context, proxy.url);
  crowd.start();
  clicker.start();
  await killOneEverySecond(servers, generator(seed));
  await clicker.stop();
  await crowd.stop();
  context.diagnostic(JSON.stringify({ kills: KILLS, ...crowd.figures(), clicks: clicker.clicks }));
  await crowd.check();
  await clicker.check();
});

/** At once started again, as a process manager would. */
async function killOneEverySecond(servers, random) {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = servers[Math.floor(random() * servers.length)];
    await Promise.all([sleep(BETWEEN_KILLS_MS), server.kill().then(() => server.start())]);
  }
}
