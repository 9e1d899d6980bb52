/** From page to page without loading a document. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { eventually, received } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const site = useSite(path.join(import.meta.dirname, "apps"));

/** Opens the app, and marks the document: a mark that is gone says that another was loaded. */
async function open(context, options) {
  const tab = await site.open(context, "navigation", options);
  await tab.page.evaluate(() => (window.mark = "first"));
  await eventually(async () => {
    assert.deepEqual((await logOf(tab.page)).match(/load home|mount Home/g)?.length, 2);
  });
  return tab;
}

const isSameDocument = (page) => page.evaluate(() => window.mark === "first");
const logOf = (page) => page.locator("#log").textContent();
const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const pathOf = (page) => page.evaluate(() => location.href.slice(location.origin.length));
const scrolled = (page) => page.evaluate(() => Math.round(scrollY));
const shows = (page, read, expected) =>
  eventually(async () => assert.deepEqual(await read(page), expected));
const countOf = (page) => page.locator("#count").textContent();
const sheets = (page) =>
  page.evaluate(() =>
    Array.from(document.querySelectorAll("link[rel=stylesheet]"), (link) => link.href),
  );

test("a link changes the page, its head and its styles, and nothing else", async (context) => {
  const { page, frames } = await open(context);
  await press(page, "add");
  await shows(page, countOf, "1");
  const before = await sheets(page);
  await page.click("#to-about");
  await heading(page, "About");
  assert.deepEqual([await pathOf(page), await page.title()], ["/navigation/about", "About us"]);
  assert.equal(await countOf(page), "1");
  const meta = (name) => page.locator(`meta[name=${name}]`).getAttribute("content");
  assert.deepEqual([await meta("description"), await meta("keywords")], ["What we are", "about"]);
  const color = () => page.locator("#own").evaluate((own) => getComputedStyle(own).color);
  assert.equal(await color(), "rgb(0, 120, 0)");
  await eventually(async () => {
    const now = await sheets(page);
    assert.equal(now.length, before.length);
    assert.deepEqual(now.slice(0, -1), before.slice(0, -1));
    assert.notEqual(now.at(-1), before.at(-1));
  });
  await page.click("#to-home");
  await heading(page, "Home");
  assert.equal(await page.locator("meta[name=description], meta[name=keywords]").count(), 0);
  assert.equal(await color(), "rgb(200, 0, 0)");
  assert.ok(await isSameDocument(page));
  assert.equal(received({ frames }, "state").length, 1, "another session");
});

test("components end, those of the next page begin, then on_load runs", async (context) => {
  const { page } = await open(context);
  const started = await logOf(page);
  await page.click("#to-about");
  const followed = "unmount Home | mount About | load about /about";
  await eventually(async () => assert.equal(await logOf(page), `${started} | ${followed}`));
  // The same page again loads again, but stays.
  await page.click("#to-about");
  await eventually(async () =>
    assert.equal(await logOf(page), `${started} | ${followed} | load about /about`),
  );
  assert.ok(await isSameDocument(page));
});

test("dynamic routes: the most specific page, one for several addresses", async (context) => {
  const { page } = await open(context);
  await page.click("#to-post");
  await heading(page, "Post");
  await page.fill("#typed", "kept");
  await page.click("#to-end");
  await eventually(async () => assert.match(await logOf(page), /load post \/post\/2/));
  assert.equal(await page.inputValue("#typed"), "kept");
  assert.equal((await logOf(page)).match(/mount Post/g).length, 1);
  await page.click("#to-new");
  await heading(page, "New");
  assert.equal(await page.inputValue("#typed"), "");
  assert.ok(await isSameDocument(page));
});

test("a redirect of a handler, with a message that stays", async (context) => {
  const { page } = await open(context);
  await press(page, "redirect");
  await heading(page, "About");
  await page.getByText("on the way").waitFor();
  assert.ok(await isSameDocument(page));
});

test("a redirect in place of the entry", async (context) => {
  const { page } = await open(context);
  await page.click("#to-post");
  await heading(page, "Post");
  const length = await page.evaluate(() => history.length);
  await press(page, "replace");
  await heading(page, "About");
  assert.equal(await page.evaluate(() => history.length), length);
  await page.goBack();
  await heading(page, "Home");
  assert.ok(await isSameDocument(page));
});

test("links may replace the entry, keep the scroll position, load a document", async (context) => {
  const { page } = await open(context);
  const length = () => page.evaluate(() => history.length);
  const click = (id) => page.evaluate((id) => document.getElementById(id).click(), id);
  await page.click("#to-post");
  await heading(page, "Post");
  const before = await length();
  await page.click("#to-replace-hash");
  await shows(page, pathOf, "/navigation/post/1#end");
  await eventually(async () => assert.ok((await scrolled(page)) > 500));
  await click("to-replace");
  await heading(page, "About");
  await shows(page, scrolled, 0);
  assert.equal(await length(), before);
  await page.goBack();
  await heading(page, "Home");
  await page.click("#to-not-replace");
  await heading(page, "About");
  await page.goBack();
  await heading(page, "Home");
  await page.evaluate(() => scrollTo(0, 400));
  await click("to-stay");
  await heading(page, "About");
  await shows(page, scrolled, 400);
  await page.goBack();
  await heading(page, "Home");
  await page.click("#to-no-tab");
  await heading(page, "About");
  assert.ok(await isSameDocument(page));
  await page.click("#to-home");
  await heading(page, "Home");
  await page.click("#to-reload");
  await heading(page, "About");
  assert.ok(!(await isSameDocument(page)));
});

test("the history brings pages back where they were scrolled to", async (context) => {
  const { page } = await open(context);
  await page.evaluate(() => scrollTo(0, 700));
  await page.evaluate(() => document.querySelector("#to-about").click());
  await heading(page, "About");
  await shows(page, scrolled, 0);
  await page.evaluate(() => scrollTo(0, 300));
  await page.goBack();
  await heading(page, "Home");
  await shows(page, scrolled, 700);
  await page.goForward();
  await heading(page, "About");
  await shows(page, scrolled, 300);
  await page.goBack();
  await heading(page, "Home");
  await shows(page, scrolled, 700);
  await page.goForward();
  await heading(page, "About");
  await shows(page, scrolled, 300);
  assert.ok(await isSameDocument(page));
  // A reload forgets nothing of it.
  await page.reload();
  await heading(page, "About");
  await shows(page, scrolled, 300);
  await page.goBack();
  await heading(page, "Home");
  await shows(page, scrolled, 700);
});

test("who goes back before the page listens is taken there", async (context) => {
  const { page } = await open(context);
  await page.click("#to-about");
  await heading(page, "About");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/ferroflex\.boot-.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.evaluate(() => history.back());
  await shows(page, pathOf, "/navigation/");
  release();
  await heading(page, "Home");
});

test("a fragment scrolls, on the page and with it", async (context) => {
  const { page } = await open(context);
  const loads = async () => (await logOf(page)).match(/load/g).length;
  await page.click("#to-hash");
  await shows(page, pathOf, "/navigation/#end");
  await eventually(async () => assert.ok((await scrolled(page)) > 500));
  await page.goBack();
  await shows(page, scrolled, 0);
  assert.equal(await loads(), 1);
  await page.click("#to-end");
  await heading(page, "Post");
  await eventually(async () => assert.ok((await scrolled(page)) > 500));
  assert.equal(await pathOf(page), "/navigation/post/2?x=1#end");
  assert.ok(await isSameDocument(page));
});

test("what is not ours to follow is the browser's", async (context) => {
  const { page } = await open(context, { expected: [/example\.invalid/] });
  const [tab] = await Promise.all([page.context().waitForEvent("page"), page.click("#to-tab")]);
  assert.match(tab.url(), /\/navigation\/about$/);
  await tab.close();
  const [other] = await Promise.all([
    page.context().waitForEvent("page"),
    page.click("#to-about", { modifiers: ["Control"] }),
  ]);
  await other.close();
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#to-download")]);
  assert.equal(download.suggestedFilename(), "about.html");
  await page.click("#taken");
  await heading(page, "Home");
  assert.ok(await isSameDocument(page));
});

test("a page with a policy of its own, and a file, are documents", async (context) => {
  const { page } = await open(context, { expected: [/404/] });
  await page.click("#to-script");
  await heading(page, "Script");
  await page.waitForFunction(() => window.ranHere);
  assert.ok(!(await isSameDocument(page)));
  await page.goBack();
  await heading(page, "Home");
  await page.evaluate(() => (window.mark = "first"));
  await page.click("#to-file");
  await page.waitForURL("**/plain.txt");
  assert.ok(!(await isSameDocument(page)));
});

test("a module that is gone is fetched with its document", async (context) => {
  const { page } = await open(context, { expected: [/Failed to load resource/, /preload/] });
  let isGone = true;
  page.on("request", (request) => (isGone &&= !request.isNavigationRequest()));
  await page.route(/_app\/about-.*\.js$/, (route) =>
    isGone ? route.fulfill({ status: 404 }) : route.continue(),
  );
  await page.click("#to-about");
  await heading(page, "About");
  assert.equal(await pathOf(page), "/navigation/about");
  assert.ok(!(await isSameDocument(page)));
  // A socket that is still being opened when the test ends would be in the console.
  await page.waitForLoadState("networkidle");
});

test("the last of two pages asked for wins, and a slow one says so", async (context) => {
  const { page } = await open(context);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/_app\/about-.*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.click("#to-about");
  await page.getByRole("progressbar").waitFor();
  await page.click("#to-post");
  await heading(page, "Post");
  const answered = page.waitForResponse(/_app\/about-.*\.js$/);
  release();
  await answered;
  await page.getByRole("progressbar").waitFor({ state: "detached" });
  await heading(page, "Post");
  assert.equal(await pathOf(page), "/navigation/post/1");
  assert.doesNotMatch(await logOf(page), /about/i);
});

test("what a link needs is fetched when it is pointed at", async (context) => {
  const { page } = await open(context);
  const fetched = page.waitForRequest(/_app\/about-.*\.js$/);
  await page.hover("#to-about");
  await fetched;
  await heading(page, "Home");
});

test("nothing is fetched ahead for who pays for every byte", async (context) => {
  const { page } = await open(context);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: { saveData: true } });
  });
  await page.reload();
  await heading(page, "Home");
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const listed = page.waitForResponse(/_app\/pages-.*\.json$/).catch(() => null);
  await page.hover("#to-about");
  await listed;
  await page.hover("#to-home");
  await page.hover("#to-post");
  await page.waitForTimeout(300);
  assert.deepEqual(asked.filter((address) => /about-|modulepreload/.test(address)), []);
  await page.click("#to-about");
  await heading(page, "About");
  assert.ok(asked.some((address) => /_app\/about-.*\.js$/.test(address)));
});

test("screen readers and the keyboard go along", async (context) => {
  const { page } = await open(context);
  await page.focus("#to-about");
  await page.keyboard.press("Enter");
  await heading(page, "About");
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await shows(page, focused, "About");
  assert.equal(await page.locator("[aria-live=polite]", { hasText: "About us" }).count(), 1);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "add");
});

test("what is done before React is there happens once, when it is", async (context) => {
  const { page } = await open(context);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/chunks\/core-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload({ waitUntil: "commit" });
  await page.getByRole("button", { name: "add", exact: true }).dblclick();
  await page.fill("#typed", "kept");
  await page.fill("#written", "told");
  await page.fill("#name", "Ada");
  await page.press("#name", "Enter");
  assert.equal(await countOf(page), "0");
  release();
  await shows(page, countOf, "2");
  await shows(page, () => page.locator("#text").textContent(), "told");
  await eventually(async () => assert.equal((await logOf(page)).match(/sent Ada/g)?.length, 1));
  assert.equal(await page.inputValue("#typed"), "kept");
  assert.equal(await page.inputValue("#written"), "told");
});

test("a link before React is there loads a document", async (context) => {
  const { page } = await open(context);
  await page.route(/chunks\/core-[^/]*\.js$/, async (route) => {
    if (page.url().endsWith("/about")) await route.continue();
    else await new Promise(() => {});
  });
  await page.reload({ waitUntil: "commit" });
  await page.click("#to-about");
  await heading(page, "About");
  assert.equal(await pathOf(page), "/navigation/about");
});
