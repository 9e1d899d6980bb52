/**
 * Two servers behind nginx are replaced, one after the other, by a version whose state class has
 * changed, while clients count: fields that are still there keep their values, one whose type has
 * changed starts anew, and nothing else happens to anybody.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { eventually } from "../browser/browser.mjs";
import { Client } from "./client.mjs";
import { openClicker } from "./clicker.mjs";
import { Crowd } from "./load.mjs";
import { newSeed } from "./random.mjs";
import { copyApp, ferroflex, nginx, redis, scratch } from "./servers.mjs";

const CLIENTS = 100;
/** How long the load goes on before, between and after the replacements. */
const LOAD_MS = 2_000;
/** A server that is told to stop does so within its own limit. */
const STOP_MS_MAX = 15_000;
const RELOAD_MS_MAX = 15_000;
/** Far longer than the handlers take. */
const UNHEARD_MS = 1_000;

const CLASS = "class Tally(rx.State):\n";
const OLD_FIELDS = `    kept: str = ""
    removed: str = ""
    changed: int = 0

    @rx.event
    def prepare(self, name: str):
        self.kept = name
        self.removed = "old"
        self.changed = 7
`;
const NEW_FIELDS = `    changed: list[str] = ["anew"]
    kept: str = ""
    added: str = "added"
`;
const TITLE = 'title="Tally"';

test("a rolling deploy with a changed state class", async (context) => {
  const seed = newSeed();
  context.diagnostic(`seed ${seed}`);
  const { store } = await redis(context);
  const [before, after] = versions(context);
  const servers = [await ferroflex(context, before, store), await ferroflex(context, before, store)];
  await Promise.all(servers.map((server) => server.start()));
  const proxy = await nginx(context, servers.map((server) => server.port));
  const crowd = await Crowd.open(proxy.url, CLIENTS, seed);
  context.after(() => crowd.close());
  await Promise.all(crowd.clients.map((client, number) => client.call("prepare", `${number}`)));
  crowd.forget();
  const clicker = await openClicker(context, proxy.url);
  crowd.start();
  clicker.start();
  for (const server of servers) {
    await sleep(LOAD_MS);
    await replace(context, server, after, store);
  }
  await sleep(LOAD_MS);
  await eventually(async () => assert.equal(await clicker.page.title(), "Tally 2"), RELOAD_MS_MAX);
  await clicker.stop();
  await crowd.stop();
  context.diagnostic(JSON.stringify({ ...crowd.figures(), clicks: clicker.clicks }));
  await crowd.check();
  crowd.clients.forEach(hasTheNewFields);
  await clicker.check();
});

test("what no page was told, the page of the next build is told", async (context) => {
  const { store } = await redis(context);
  const [before, after] = versions(context);
  const first = await ferroflex(context, before, store);
  const second = await ferroflex(context, after, store);
  await Promise.all([first.start(), second.start()]);
  const client = await Client.open(first.url);
  context.after(() => client.close());
  client.send("add_slowly", 1);
  client.send("add_and_tell", 2);
  await client.until(() => client.state.field("Tally.begun") === 1, "the first part of an event");
  client.disconnect();
  // The second handler ends while nobody listens.
  await sleep(UNHEARD_MS);
  await client.moveTo(second.url);
  await client.settled();
  await client.until(() => client.toasts.length === 1, "the toast");
  assert.deepEqual([client.toasts, client.reloads], [["added 2"], 1]);
  await client.refresh();
  assert.deepEqual(client.state.field("Tally.ids"), [1, 2]);
  assert.deepEqual([client.toasts, client.breaches, client.errors], [["added 2"], [], []]);
});

function versions(context) {
  const folder = scratch(context);
  const change = (fields, title) => (source) =>
    replaceOnce(replaceOnce(source, CLASS, CLASS + fields), TITLE, title);
  return [
    copyApp(`${folder}/before`, change(OLD_FIELDS, TITLE)),
    copyApp(`${folder}/after`, change(NEW_FIELDS, 'title="Tally 2"')),
  ];
}

function replaceOnce(text, old, replacement) {
  assert.equal(text.split(old).length, 2, `${old} must be there once`);
  return text.replace(old, replacement);
}

async function replace(context, server, app, store) {
  const slow = sleep(STOP_MS_MAX, "too slow", { ref: false });
  assert.equal(await Promise.race([server.kill("SIGTERM"), slow]), 0, server.words());
  const replacement = await ferroflex(context, app, store, { port: server.port });
  await replacement.start();
}

function hasTheNewFields(client, number) {
  const fields = ["kept", "changed", "added"].map((name) => client.state.field(`Tally.${name}`));
  assert.deepEqual(fields, [`${number}`, ["anew"], "added"]);
}
