/**
 * The blog: what machines are told (status codes, metadata, feeds), what is there without
 * JavaScript, how its pages follow each other, and how they look.
 */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { seriousFaults } from "./accessibility.mjs";
import { closeProfile, eventually, launchBrowser, openTab } from "./browser.mjs";
import { looksAsBefore } from "./pictures.mjs";
import { ROOT, startServer } from "./server.mjs";

const PAGES = {
  front: "/",
  post: "/post/reading-a-flame-graph",
  postmortem: "/post/the-week-we-lost-to-a-cache-key",
  tag: "/tag/reliability",
  about: "/about",
  missing: "/nowhere",
};
const POST_COUNT = 6;
const PHONE = { width: 390, height: 844 };
/** Code in the font that the tests install; everything else names one that they do. */
const FONTS = 'pre, code { font-family: "Liberation Mono", monospace !important }';
/** The browser reports what it is meant to be given. */
const NOT_FOUND = [/status of 404/];

let server, browser;
before(async () => {
  server = await startServer(path.join(ROOT, "apps", "blog"));
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const get = (address, headers = {}) => fetch(server.url + address, { headers });

/** Opens a page in a profile of the test's own, whose console must stay empty. */
async function open(context, address, options = {}) {
  const profile = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  context.after(() => closeProfile(profile));
  const tab = await openTab(profile, server.url + address, NOT_FOUND);
  context.after(() => assert.deepEqual(tab.problems, [], "the console has something to say"));
  return tab.page;
}

async function openWithoutScripts(context, address) {
  const profile = await browser.newContext({ javaScriptEnabled: false });
  context.after(() => profile.close());
  const page = await profile.newPage();
  await page.goto(server.url + address);
  return page;
}

test("what is there answers 200, what is not 404 with the blog's own page", async () => {
  for (const address of ["/", PAGES.post, "/tag/design", "/about"]) {
    assert.equal((await get(address)).status, 200, address);
  }
  for (const address of ["/nowhere", "/post", "/post/nothing-of-this-name", "/tag/knitting"]) {
    const response = await get(address, { accept: "text/html" });
    assert.equal(response.status, 404, address);
    assert.match(await response.text(), /This page does not hang straight/, address);
  }
});

test("a post's metadata is the post's", async () => {
  const html = await (await get(PAGES.post)).text();
  assert.match(html, /<html[^>]* lang="en"/);
  assert.match(html, /<title>Reading a flame graph without fooling yourself · Plumb Line<\/title>/);
  assert.match(html, /<meta name="description" content="Width is time, height is only depth/);
  assert.match(html, /<meta property="og:type" content="article"/);
  assert.match(html, /<meta property="og:image" content="https:\/\/plumbline\.example\/og\.png"/);
  assert.match(html, /<link [^>]*href="\/feed\.xml"/);
});

test("feeds, robots and icons", async () => {
  for (const [address, type, text] of [
    ["/feed.xml", /xml/, /<item><title>Reading a flame graph/],
    ["/sitemap.xml", /xml/, /<loc>https:\/\/plumbline\.example\/post\/a-queue-is-a-promise</],
    ["/robots.txt", /text\/plain/, /Sitemap: https:\/\/plumbline\.example\/sitemap\.xml/],
    ["/favicon.ico", /icon/, /PNG/],
    ["/og.png", /image\/png/, /PNG/],
  ]) {
    const response = await get(address);
    assert.equal(response.status, 200, address);
    assert.match(response.headers.get("content-type"), type, address);
    assert.match(await response.text(), text, address);
  }
});

test("without JavaScript, a reader finds every post and reads it", async (context) => {
  const page = await openWithoutScripts(context, "/");
  const titles = page.getByRole("article").getByRole("heading").getByRole("link");
  assert.equal(await titles.count(), POST_COUNT);

  await page.getByRole("link", { name: "The window functions you already have" }).click();
  assert.match(await page.title(), /^The window functions you already have/);
  await page.getByRole("heading", { level: 2, name: "A running total" }).waitFor();
  assert.match(await page.locator("pre").first().textContent(), /sum\(amount\) OVER/);
  assert.equal(await page.getByRole("table").first().getByRole("row").count(), 5);

  await page.getByRole("link", { name: "Errors people can act on" }).click();
  await page.getByRole("heading", { level: 1, name: "Errors people can act on" }).waitFor();
  await page.getByRole("link", { name: "writing" }).click();
  assert.equal(await page.getByRole("article").count(), 1);
});

test("posts follow each other without a new document", async (context) => {
  const page = await open(context, "/");
  await page.evaluate(() => (window.isTheSame = true));
  await page.getByRole("link", { name: "A queue is a promise" }).click();
  await page.getByRole("heading", { level: 1, name: "A queue is a promise" }).waitFor();
  await eventually(async () => assert.match(await page.title(), /^A queue is a promise · /));

  const neighbours = page.getByRole("navigation", { name: "More essays" });
  await neighbours.getByRole("link", { name: /^Newer/ }).click();
  await page.getByRole("heading", { level: 1, name: /^Reading a flame graph/ }).waitFor();
  assert.equal(await neighbours.getByRole("link").count(), 1, "nothing is newer");

  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "A queue is a promise" }).waitFor();
  assert.equal(await page.evaluate(() => window.isTheSame), true, "the document is another one");
});

test("a post is there without the parser, the next one as soon as it is shown", async (context) => {
  await eventually(async () => {
    assert.match(await (await get(PAGES.post)).text(), /id="ferroflex-prepared"/);
  });
  const page = await open(context, PAGES.post);
  const parsers = () =>
    page.evaluate(() =>
      performance.getEntriesByType("resource").filter(({ name }) => /parser-/.test(name)).length,
    );
  await page.locator("pre span").first().waitFor();
  assert.equal(await parsers(), 0);
  await page.route("**/chunks/parser-*", async (route) => {
    await sleep(300);
    await route.continue();
  });
  // No pointer and no key tells of it before.
  const neighbours = page.getByRole("navigation", { name: "More essays" });
  await neighbours.getByRole("link", { name: /^Older/ }).evaluate((link) => link.click());
  await page.getByRole("heading", { level: 1, name: "A queue is a promise" }).waitFor();
  assert.equal(await parsers(), 1);
  await page.locator(".prose h2").first().waitFor();
  assert.doesNotMatch(await page.locator(".prose").innerText(), /flame graph/i);
});

test("a tag shows its posts and no others", async (context) => {
  const page = await open(context, PAGES.tag);
  const titles = page.getByRole("article").getByRole("heading");
  await eventually(async () => assert.equal(await titles.count(), 3));
  await page.getByRole("article").first().getByRole("link", { name: "design" }).click();
  await page.getByRole("heading", { level: 1, name: "design" }).waitFor();
  await eventually(async () => assert.equal(await titles.count(), 3));
  await titles.filter({ hasText: "Errors people can act on" }).waitFor();
});

test("an address that leads nowhere leads back", async (context) => {
  const page = await open(context, "/post/nothing-of-this-name");
  await page.getByRole("link", { name: "Back to the essays" }).click();
  await page.getByRole("heading", { level: 1, name: /^Notes on building/ }).waitFor();
});

test("the dark mode that was chosen stays", async (context) => {
  const page = await open(context, "/", { colorScheme: "light" });
  const frame = page.locator("div:has(> header)");
  const ground = () => frame.evaluate((element) => getComputedStyle(element).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Toggle dark mode" }).click();
  await eventually(async () => assert.notEqual(await ground(), light));
  const dark = await ground();
  const connected = page.waitForEvent("websocket", (socket) => socket.waitForEvent("framereceived"));
  await page.reload();
  assert.equal(await ground(), dark);
  await connected;
});

test("a phone shows every page without scrolling sideways", async (context) => {
  for (const address of Object.values(PAGES)) {
    const page = await open(context, address, { viewport: PHONE });
    await page.getByRole("heading", { level: 1 }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, PHONE.width, address);
  }
});

for (const colorScheme of ["light", "dark"]) {
  for (const [name, address] of Object.entries(PAGES)) {
    test(`${name} looks as it did, nothing serious for axe, ${colorScheme}`, async (context) => {
      const page = await open(context, address, { colorScheme });
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.addStyleTag({ content: FONTS });
      await looksAsBefore(page, `blog-${name}-${colorScheme}`);
      assert.deepEqual(await seriousFaults(page), []);
    });
  }

  test(`a phone's front page and post look as they did, ${colorScheme}`, async (context) => {
    for (const name of ["front", "post"]) {
      const page = await open(context, PAGES[name], { colorScheme, viewport: PHONE });
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.addStyleTag({ content: FONTS });
      await looksAsBefore(page, `blog-${name}-phone-${colorScheme}`);
      assert.deepEqual(await seriousFaults(page), []);
    }
  });
}
