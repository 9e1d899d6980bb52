/** What browsers keep of the state, over reloads and in other tabs; and what no server hears of. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { BROWSER_COOKIE, connected, eventually, openTab } from "./browser.mjs";
import { useSite } from "./harness.mjs";
import { startServer } from "./server.mjs";

const APPS = path.join(import.meta.dirname, "apps");

const site = useSite(APPS);

/** Where Reflex keeps a field that was given no name. */
const UNNAMED = "reflex___state____state.stored____kept.unnamed_rx_state_";

const press = ({ page }, name) => page.getByRole("button", { name, exact: true }).click();

/** Waits until the elements with these ids have these texts. */
function shows({ page }, texts) {
  return eventually(async () => {
    for (const [id, text] of Object.entries(texts)) {
      assert.equal(await page.locator(`#${id}`).textContent(), text, id);
    }
  });
}

async function reload(tab) {
  const before = tab.frames.length;
  await tab.page.reload();
  await connected(tab, before);
}

const kept = ({ page }, area, name) =>
  page.evaluate(([area, name]) => window[area].getItem(name), [area, name]);

test("starting values are shown and not stored", async (context) => {
  const tab = await site.open(context, "stored");
  await shows(tab, { theme: "light", name: "", shared: "nothing", hydrated: "hydrated" });
  assert.equal(await tab.page.evaluate(() => document.cookie), "");
  const keys = await tab.page.evaluate(() => Object.keys(localStorage));
  assert.deepEqual(keys.filter((key) => !key.startsWith("ferroflex")), []);
});

test("every kind is stored with its options, and outlives a reload", async (context) => {
  const tab = await site.open(context, "stored");
  await press(tab, "keep dark");
  const value = "dark; blue";
  const all = { theme: value, name: value, step: value, unnamed: value };
  await shows(tab, all);
  assert.equal(await tab.page.evaluate(() => document.cookie), "theme=dark%3B%20blue");
  const cookies = await tab.page.context().cookies();
  const [cookie] = cookies.filter(({ name }) => name !== BROWSER_COOKIE);
  const { name, path: valid, sameSite, secure, expires } = cookie;
  assert.deepEqual([name, valid, sameSite, secure], ["theme", "/", "Strict", false]);
  const left = expires - Date.now() / 1000;
  assert.ok(left > 3000 && left <= 3600, `the cookie ends in ${left} seconds`);
  assert.equal(await kept(tab, "localStorage", "name"), value);
  assert.equal(await kept(tab, "localStorage", UNNAMED), value);
  assert.equal(await kept(tab, "sessionStorage", "step"), value);
  await reload(tab);
  await shows(tab, { ...all, hydrated: "hydrated" });
});

test("another tab begins with what is stored, but for the session storage", async (context) => {
  const tab = await site.open(context, "stored");
  await press(tab, "keep dark");
  await shows(tab, { name: "dark; blue" });
  const page = await tab.page.context().newPage();
  await page.goto(tab.page.url());
  await shows({ page }, { theme: "dark; blue", name: "dark; blue", step: "" });
});

test("a cookie that the user removed is gone after a reload", async (context) => {
  const tab = await site.open(context, "stored");
  await press(tab, "keep dark");
  await shows(tab, { theme: "dark; blue" });
  await tab.page.context().clearCookies();
  await reload(tab);
  await shows(tab, { theme: "light", name: "dark; blue" });
});

test("the first HTML of a reload has the cookies that came with it", async (context) => {
  const tab = await site.open(context, "stored");
  await press(tab, "keep dark");
  await shows(tab, { theme: "dark; blue" });
  const profile = tab.page.context();
  const html = async () => {
    const before = tab.frames.length;
    const text = await (await tab.page.reload()).text();
    await connected(tab, before);
    return text.match(/id="theme"[^>]*>([^<]*)</)?.[1];
  };
  assert.equal(await html(), "dark; blue");
  await profile.clearCookies({ name: "theme" });
  assert.equal(await html(), "light");
  await shows(tab, { theme: "light", name: "dark; blue" });
  await tab.page.evaluate(() => (document.cookie = "theme=by%20hand; path=/"));
  assert.equal(await html(), "by hand");
  await shows(tab, { theme: "by hand" });
});

test("synchronised fields follow in other tabs, and only they", async (context) => {
  const [one, two] = await site.openTabs(context, "stored", 2);
  const input = one.page.locator("#share");
  await input.fill("");
  await input.pressSequentially("typed fast");
  await shows(one, { shared: "typed fast" });
  await shows(two, { shared: "typed fast" });
  await two.page.locator("#share").fill("and back");
  await shows(one, { shared: "and back" });
  await press(one, "keep dark");
  await shows(one, { name: "dark; blue" });
  await shows(two, { shared: "and back", name: "" });
  assert.equal(await kept(one, "localStorage", "shared"), "and back");
  // No tab answers the other for ever; acknowledgements are sent whenever their time has come.
  const isAnswer = ({ message }) => message.t !== "ack";
  const counts = () => [one, two].map(({ frames }) => frames.filter(isAnswer).length);
  const before = counts();
  await one.page.waitForTimeout(500);
  assert.deepEqual(counts(), before);
});

test("what is removed starts again, and stays removed", async (context) => {
  const tab = await site.open(context, "stored");
  await press(tab, "keep dark");
  await press(tab, "forget name");
  await shows(tab, { name: "", theme: "dark; blue" });
  assert.equal(await kept(tab, "localStorage", "name"), null);
  await press(tab, "forget all");
  await shows(tab, { theme: "light", name: "", unnamed: "", step: "dark; blue" });
  assert.equal(await tab.page.evaluate(() => document.cookie), "");
  assert.equal(await kept(tab, "localStorage", "name"), null);
});

test("what other scripts stored meanwhile is taken over after a lost socket", async (context) => {
  const tab = await site.openThroughProxy(context, "stored", 0, {
    expected: [/WebSocket connection|ERR_CONNECTION/],
  });
  await press(tab, "keep dark");
  await shows(tab, { name: "dark; blue" });
  await tab.page.evaluate(() => localStorage.setItem("name", "of a script"));
  const before = tab.frames.length;
  tab.proxy.cut();
  await connected(tab, before);
  await shows(tab, { name: "of a script", theme: "dark; blue" });
});

test("a restarted server is told what is kept, and nothing of it is lost", async (context) => {
  const server = await startServer(APPS);
  const profile = await site.profile(context);
  const tab = await openTab(profile, `${server.url}/stored/`, [/WebSocket connection|ERR_CONN/]);
  await press(tab, "keep dark");
  await shows(tab, { name: "dark; blue" });
  const before = tab.frames.length;
  await server.stop();
  const again = await startServer(APPS, new URL(server.url).port);
  context.after(() => again.stop());
  await connected(tab, before);
  await eventually(() => {
    const told = tab.frames.slice(before).filter(({ message }) => message.t === "storage");
    assert.equal(told.length, 1);
  });
  await shows(tab, { theme: "dark; blue", name: "dark; blue", step: "dark; blue" });
  assert.equal(await kept(tab, "localStorage", "name"), "dark; blue");
});

test("a login in the local storage is there when on_load runs", async (context) => {
  const tab = await site.open(context, "stored");
  const { page } = tab;
  await page.goto(page.url() + "private");
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  await press(tab, "log in");
  await page.getByRole("heading", { name: "Private" }).waitFor();
  await shows(tab, { seen: "secret" });
  await reload(tab);
  await shows(tab, { seen: "secret" });
  const other = await page.context().newPage();
  await other.goto(page.url());
  await shows({ page: other }, { seen: "secret" });
  await press(tab, "log out");
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
});

test("client states change without a word to the server", async (context) => {
  const tab = await site.open(context, "stored");
  const { page } = tab;
  const start = tab.frames.length;
  await page.goto(page.url() + "client");
  await connected(tab, start);
  await shows(tab, { count: "0", many: "few", upper: "" });
  const isSent = ({ from, message }) => from === "client" && message.t !== "ack";
  const sent = () => tab.frames.filter(isSent);
  const before = sent().length;
  for (let clicks = 0; clicks < 3; clicks += 1) await press(tab, "more");
  await page.locator("#text").pressSequentially("new");
  await press(tab, "tag");
  await shows(tab, { count: "3", many: "many", upper: "NEW" });
  assert.deepEqual(await page.locator(".tag").allTextContents(), ["a", "b", "new"]);
  await press(tab, "none");
  await shows(tab, { count: "0", many: "few", upper: "EMPTIED" });
  assert.equal(await page.locator("#text").inputValue(), "emptied");
  await press(tab, "more");
  assert.equal(sent().length, before);
});

test("handlers ask for client states, and set them", async (context) => {
  const tab = await site.open(context, "stored");
  const start = tab.frames.length;
  await tab.page.goto(tab.page.url() + "client");
  await connected(tab, start);
  await press(tab, "ask");
  await shows(tab, { heard: "heard 0" });
  await press(tab, "push");
  await shows(tab, { count: "40" });
  assert.deepEqual(await tab.page.locator(".tag").allTextContents(), ["of", "a", "handler"]);
  await press(tab, "more");
  await press(tab, "ask");
  await shows(tab, { heard: "heard 41" });
});
