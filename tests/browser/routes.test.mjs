/** Routes with arguments, heads that follow the state, addresses that lead nowhere. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { connected, eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const site = useSite(path.join(import.meta.dirname, "apps"));

const shows = (page, id, expected) =>
  eventually(async () => assert.equal(await page.locator(`#${id}`).textContent(), expected));
const described = (page) => page.locator('meta[name="description"]').getAttribute("content");

test("a page shows the arguments of its route and the query", async (context) => {
  const { page } = await site.open(context, "routes");
  await page.locator("#seven").click();
  const { origin } = new URL(page.url());
  await shows(page, "argument", "7");
  await shows(page, "computed", "post 7, up");
  await shows(page, "params", "7 up");
  await shows(page, "url", `/post/7 sort=up ${origin}/post/7?sort=up`);
  await shows(page, "route", "/post/[post_id] /post/[post_id]");
});

test("title and description follow the state", async (context) => {
  const { page } = await site.open(context, "routes/post/a%20b");
  await shows(page, "argument", "a b");
  await eventually(async () => assert.equal(await page.title(), "Post a b"));
  await eventually(async () => assert.equal(await described(page), "Opened 1 times"));
  const html = await (await page.request.get(page.url())).text();
  assert.match(html, /<meta property="og:image" content="\/routes\/card\.png">/);
  assert.match(html, /<meta name="theme-color" content="#336699">/);
});

test("metadata follows the state, in the HTML and in the browser", async (context) => {
  const tab = await site.open(context, "routes");
  const { page } = tab;
  const html = await (await page.request.get(new URL("post/x", page.url()).href)).text();
  assert.match(html, /<meta property="og:title" content="Post x"/);
  assert.match(html, /<link rel="canonical" href="\/post\?opened=1"/);
  const attribute = (selector, name) => page.locator(selector).getAttribute(name);
  const followed = async () => [
    await attribute("meta[property='og:title']", "content"),
    await attribute("link[rel=canonical]", "href"),
  ];
  await page.click("#seven");
  await eventually(async () => assert.deepEqual(await followed(), ["Post 7", "/post?opened=1"]));
  await page.click("#again");
  await eventually(async () => assert.deepEqual(await followed(), ["Post 7", "/post?opened=2"]));
  const before = tab.frames.length;
  await page.reload();
  await connected(tab, before);
  await eventually(async () => assert.deepEqual(await followed(), ["Post 7", "/post?opened=3"]));
  await page.click("#to-front");
  await eventually(async () => {
    assert.equal(await page.locator("meta[property='og:title'], link[rel=canonical]").count(), 0);
  });
});

test("the rest of a path is a list", async (context) => {
  const { page } = await site.open(context, "routes/docs/a/b/c");
  await eventually(async () => {
    assert.deepEqual(await page.locator(".part").allTextContents(), ["a", "b", "c"]);
  });
});

test("what is not found is the app's page with status 404", async (context) => {
  const { page } = await site.open(context, "routes");
  const response = await page.request.get(new URL("nowhere/at/all", page.url()).href);
  assert.equal(response.status(), 404);
  assert.match(await response.text(), /<title>Lost<\/title>/);
  const sitemap = await page.request.get(new URL("sitemap.xml", page.url()).href);
  assert.deepEqual((await sitemap.text()).match(/(?<=<loc>).*(?=<\/loc>)/g), [page.url()]);
});
