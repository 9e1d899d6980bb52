/**
 * Redis itself is lost for a while: killed and started again, or stopped. Nothing is acknowledged
 * that is not stored, and people are told that the server waits.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { eventually } from "../browser/browser.mjs";
import { openClicker } from "./clicker.mjs";
import { Crowd } from "./load.mjs";
import { newSeed } from "./random.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const CLIENTS = 80;
const RESTARTS = 3;
/** How long the load goes on before, between and after the losses. */
const LOAD_MS = 1_500;
/** From the loss of the store to the moment at which clients are told: an answer may take 5 s. */
const TOLD_MS_MAX = 9_000;
/** How long it is away after that. */
const AWAY_MS = 3_000;
/** From the return of the store to the moment at which clients are told, and their events run. */
const BACK_MS_MAX = 10_000;

test("Redis is killed and started again under load", async (context) => {
  const { store, crowd, clicker } = await begin(context);
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    await sleep(LOAD_MS);
    await store.kill();
    await store.start();
  }
  await sleep(LOAD_MS);
  await end(context, crowd, clicker);
});

test("Redis is away for seconds: people are told, nothing is lost", async (context) => {
  const { store, crowd, clicker } = await begin(context);
  await sleep(LOAD_MS);
  await store.kill();
  await areTold(crowd, clicker, () => store.start());
  await sleep(LOAD_MS);
  await end(context, crowd, clicker);
});

test("Redis does not answer for seconds: people are told, nothing is lost", async (context) => {
  const { store, crowd, clicker } = await begin(context);
  await sleep(LOAD_MS);
  store.signal("SIGSTOP");
  await areTold(crowd, clicker, () => store.signal("SIGCONT"));
  await sleep(LOAD_MS);
  await end(context, crowd, clicker);
});

async function begin(context) {
  const seed = newSeed();
  context.diagnostic(`seed ${seed}`);
  const store = await redis(context);
  const server = await ferroflex(context, copyApp(scratch(context)), store.store);
  await server.start();
  const crowd = await Crowd.open(server.url, CLIENTS, seed);
  context.after(() => crowd.close());
  const clicker = await openClicker(context, server.url);
  crowd.start();
  clicker.start();
  return { store, server, crowd, clicker };
}

async function end(context, crowd, clicker) {
  await clicker.stop();
  await crowd.stop();
  context.diagnostic(JSON.stringify({ ...crowd.figures(), clicks: clicker.clicks }));
  await crowd.check();
  await clicker.check();
}

/** The store has just been lost; `giveBack` brings it back. */
async function areTold(crowd, clicker, giveBack) {
  const acknowledged = () => crowd.clients.reduce((sum, client) => sum + client.acknowledged, 0);
  const all = (waiting) => () =>
    assert.deepEqual(crowd.clients.filter((client) => client.store.waiting !== waiting).length, 0);
  const banner = clicker.page.locator(".ff-banner");
  await eventually(all(true), TOLD_MS_MAX);
  const before = acknowledged();
  await banner.waitFor({ timeout: TOLD_MS_MAX });
  await sleep(AWAY_MS);
  assert.equal(acknowledged(), before, "events acknowledged that cannot be stored");
  await giveBack();
  await eventually(all(false), BACK_MS_MAX);
  await eventually(() => assert.ok(acknowledged() > before), BACK_MS_MAX);
  await banner.waitFor({ state: "hidden", timeout: BACK_MS_MAX });
}
