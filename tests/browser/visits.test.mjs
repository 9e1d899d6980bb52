/** Pages whose on_load runs before the first HTML, and the tabs that go on from there. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { connected, eventually, received } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const site = useSite(path.join(import.meta.dirname, "apps"));

const open = (context, options) => site.open(context, "visits", options);
const textOf = (page, id) => page.locator(`#${id}`).textContent();
const shows = (page, id, expected) =>
  eventually(async () => assert.equal(await textOf(page, id), expected));
const click = (page) => page.getByRole("button", { name: "click", exact: true }).click();

/** What the page tells of itself. */
function description(html) {
  const [, rest] = html.split('id="ferroflex">');
  return JSON.parse(rest.split("</script>")[0]);
}

/** The fields of the app's state that the page was delivered with. */
function fields(html) {
  const [items, runs, all_runs, clicks, note, progress] = description(html).state[1];
  return { items, runs, all_runs, clicks, note, progress };
}

/** The address of the app, and a request to it that is no browser's. */
async function without(context, page, address = "") {
  const url = new URL(`/visits/${address}`, page.url());
  const answer = await fetch(url, { redirect: "manual" });
  return { answer, html: await answer.text() };
}

/** The tab after it went to another address of the app. */
async function go(tab, address) {
  const before = tab.frames.length;
  const url = new URL(`/visits/${address}`, tab.page.url());
  const answer = await tab.page.goto(url.href);
  await connected(tab, before);
  return answer;
}

test("the HTML has what on_load made, and the status that it asked for", async (context) => {
  const { page } = await open(context, { expected: [/nothing to load/, /500/] });
  const { answer, html } = await without(context, page);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const { items } = fields(html);
  assert.deepEqual(items, ["milk", "bread"]);
  assert.equal((await without(context, page, "missing")).answer.status, 404);
  const failed = await without(context, page, "fails");
  assert.equal(failed.answer.status, 500);
  assert.match(description(failed.html).errors[0].message, /nothing to load/);
  await page.goto(new URL("/visits/fails", page.url()).href);
  await page.getByText("ValueError: nothing to load").first().waitFor();
});

test("the page goes on in the session of its HTML, and nothing runs twice", async (context) => {
  const tab = await open(context);
  const { page } = tab;
  await shows(page, "runs", "1");
  const before = Number(await textOf(page, "all_runs"));
  const [state] = received(tab, "state");
  assert.equal(state.message.state, undefined, "the state came with the page");
  await click(page);
  await shows(page, "clicks", "1");
  const other = await without(context, page);
  assert.equal(fields(other.html).all_runs, before + 1, "one run a page, and no more");
  assert.equal(await textOf(page, "runs"), "1");
});

test("a tab that loads again has its state, in the first HTML too", async (context) => {
  const tab = await open(context);
  const { page } = tab;
  await click(page);
  await click(page);
  await shows(page, "clicks", "2");
  const { token } = description(await (await page.request.get(page.url())).text());
  const before = tab.frames.length;
  const answer = await page.reload();
  const html = await answer.text();
  assert.equal(fields(html).clicks, 2);
  await connected(tab, before);
  await shows(page, "clicks", "2");
  await shows(page, "runs", "2");
  assert.equal(received(tab, "state", before)[0].message.state, undefined);
  assert.notEqual(description(html).token, token, "somebody else has a session of their own");
  const cookies = await page.context().cookies();
  assert.deepEqual(cookies.filter(({ name }) => name === "ferroflex_tab"), []);
});

test("back and forward stay in the tab's session", async (context) => {
  const tab = await open(context);
  const { page } = tab;
  await click(page);
  await shows(page, "clicks", "1");
  await go(tab, "welcome");
  await shows(page, "clicks", "1");
  await shows(page, "path", "/welcome");
  await click(page);
  await shows(page, "clicks", "2");
  await page.goBack();
  await page.getByRole("heading", { name: "Index" }).waitFor();
  await shows(page, "clicks", "2");
  await shows(page, "path", "/");
  await page.goForward();
  await page.getByRole("heading", { name: "Welcome" }).waitFor();
  await shows(page, "clicks", "2");
  await shows(page, "path", "/welcome");
});

test("a redirect is one over HTTP, and keeps what its handler did", async (context) => {
  const tab = await open(context);
  const { page } = tab;
  const { answer } = await without(context, page, "private");
  assert.equal(answer.status, 307);
  assert.equal(answer.headers.get("location"), "/visits/welcome");
  await click(page);
  await shows(page, "clicks", "1");
  const shown = await go(tab, "private");
  assert.equal(shown.request().redirectedFrom()?.url(), new URL("/visits/private", page.url()).href);
  assert.equal(new URL(page.url()).pathname, "/visits/welcome");
  await shows(page, "note", "asked for /private");
  await shows(page, "clicks", "1");
  await page.getByText("log in first").waitFor();
  // In a profile that was never here the session begins with the handler's page.
  const profile = await site.profile(context);
  const fresh = await profile.newPage();
  await fresh.goto(new URL("/visits/private", page.url()).href);
  await shows(fresh, "note", "asked for /private");
  await fresh.getByText("log in first").waitFor();
  await click(fresh);
  await shows(fresh, "clicks", "1");
});

test("what takes longer than a page may wait arrives in it", async (context) => {
  const tab = await open(context);
  const answer = await go(tab, "slow");
  assert.equal(fields(await answer.text()).progress, "begun");
  await shows(tab.page, "progress", "ready");
  await tab.page.getByText("finished").waitFor();
});

test("a copy of a tab, and one that is opened meanwhile, have sessions of their own", async (context) => {
  const tab = await open(context);
  const { page } = tab;
  await click(page);
  await shows(page, "clicks", "1");
  const token = await page.evaluate(() => sessionStorage.getItem("ferroflex:token:/visits"));
  const opening = page.context().waitForEvent("page");
  await page.evaluate(() => void open(location.href));
  const copy = await opening;
  // As if the first tab had been about to leave.
  await page.evaluate((name) => {
    document.cookie = `ferroflex_tab=${name}; path=/visits; max-age=5`;
  }, token);
  const other = await page.context().newPage();
  await other.goto(page.url());
  for (const one of [copy, other]) {
    await one.getByRole("button", { name: "click" }).waitFor();
    await eventually(async () => {
      const own = await one.evaluate(() => sessionStorage.getItem("ferroflex:token:/visits"));
      assert.ok(own && own !== token, "it has the first tab's session");
    });
    await shows(one, "clicks", "0");
    await click(one);
    await shows(one, "clicks", "1");
  }
  await click(page);
  await shows(page, "clicks", "2");
});
