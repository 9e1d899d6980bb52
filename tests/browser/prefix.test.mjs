/**
 * An app below a prefix of its author's, behind a proxy that passes nothing else on: every address
 * that the app, the shell and the browser make has to begin with it.
 */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";

import { closeProfile, eventually, launchBrowser, openTab, screenshots } from "./browser.mjs";
import { startFront } from "./front.mjs";
import { startServer } from "./server.mjs";

const APP = path.join(import.meta.dirname, "prefixed");

let server, front, browser;
before(async () => {
  server = await startServer(APP);
  front = await startPrefixFront(new URL(server.url), "/sub");
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  front?.stop();
  await server?.stop();
});

/** Passes on what stands below the prefix, and remembers what else it was asked for. */
async function startPrefixFront(server, prefix) {
  const strays = [];
  const isBelow = ({ url }) => url === prefix || url.startsWith(`${prefix}/`);
  const answers = (asked, answer) => {
    if (isBelow(asked)) return false;
    strays.push(asked.url);
    answer.writeHead(404).end();
    return true;
  };
  return { ...(await startFront(server, answers, (asked) => !isBelow(asked))), strays };
}

async function open(context) {
  const profile = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  context.after(() => closeProfile(profile));
  front.strays.length = 0;
  const tab = await openTab(profile, `${front.url}/sub/`);
  context.after(() => {
    assert.deepEqual(tab.problems, [], "the console has something to say");
    assert.deepEqual(front.strays, [], "addresses without the prefix");
  });
  return tab;
}

const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const pathOf = (page) => page.evaluate(() => location.href.slice(location.origin.length));
const shows = (page, id, text) =>
  eventually(async () => assert.equal(await page.locator(`#${id}`).textContent(), text));
const isLoaded = (image) => image.evaluate((it) => it.complete && it.naturalWidth > 0);

test("pages, links, redirects, the history and a reload stay below the prefix", async (context) => {
  const { page } = await open(context);
  await page.evaluate(() => (window.mark = "first"));
  await press(page, "add");
  await shows(page, "count", "1");
  await page.click("#to-about");
  await heading(page, "About");
  assert.equal(await pathOf(page), "/sub/about");
  await shows(page, "path", "/sub/about");
  await page.click("#to-post");
  await shows(page, "number", "7");
  await press(page, "redirect");
  await heading(page, "About");
  assert.equal(await pathOf(page), "/sub/about?from=event");
  await page.goBack();
  await heading(page, "Post");
  await page.click("#to-home");
  await heading(page, "Home");
  assert.equal(await pathOf(page), "/sub/");
  assert.equal(await page.evaluate(() => window.mark), "first", "a document was loaded");
  await page.reload();
  await shows(page, "count", "1");
  await press(page, "add");
  await shows(page, "count", "2");
});

test("assets, formulas and stylesheets are found", async (context) => {
  const { page } = await open(context);
  await eventually(async () => {
    for (const image of await page.locator("img").all()) assert.ok(await isLoaded(image));
  });
  assert.equal(await page.locator("img").count(), 2);
  const color = () => page.locator("#styled").evaluate((it) => getComputedStyle(it).color);
  assert.equal(await color(), "rgb(1, 2, 3)");
  await page.locator(".katex").first().waitFor();
  await eventually(async () => {
    assert.ok(await page.evaluate(() => document.fonts.check("16px KaTeX_Math")));
    const loaded = await page.evaluate(() => [...document.fonts].map((font) => font.status));
    assert.ok(loaded.includes("loaded"), "no font was loaded");
  });
  const downloaded = page.waitForEvent("download");
  await press(page, "download");
  assert.equal((await downloaded).suggestedFilename(), "mark.svg");
  await screenshots(page, "prefix");
  assert.equal(await page.locator("#to-file").evaluate((it) => it.pathname), "/sub/mark.svg");
});

test("files go up and come down", async (context) => {
  const { page } = await open(context);
  const file = { name: "drawn.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") };
  await page.locator("input[type=file]").setInputFiles(file);
  await press(page, "send");
  const link = page.getByRole("link", { name: "drawn.svg" });
  await link.waitFor();
  const address = await link.evaluate((it) => it.href);
  assert.ok(address.startsWith(`${front.url}/sub/_upload/`), address);
  assert.equal(await (await page.request.get(address)).text(), "<svg/>");
});

test("what the server answers names the prefix", async () => {
  const get = (address) => fetch(front.url + address, { redirect: "manual" });
  const lost = await get("/sub/nowhere");
  assert.equal(lost.status, 404);
  assert.match(await lost.text(), /<title>Lost<\/title>/);
  const home = await get("/sub");
  assert.equal(home.headers.get("location"), "/sub/");
  const moved = await get("/sub/old");
  assert.equal(moved.headers.get("location"), "/sub/about");
  const html = await (await get("/sub/")).text();
  const addresses = html.match(/(?<=(?:src|href)=")\/[^"]*/g);
  assert.ok(addresses.length > 5);
  assert.deepEqual(addresses.filter((address) => !address.startsWith("/sub/")), []);
  const sitemap = await (await get("/sub/sitemap.xml")).text();
  assert.match(sitemap, /<loc>http:[^<]*\/sub\/about<\/loc>/);
});

test("the environment's prefix wins", async (context) => {
  process.env.REFLEX_FRONTEND_PATH = "deep/er";
  const other = await startServer(APP).finally(() => delete process.env.REFLEX_FRONTEND_PATH);
  context.after(() => other.stop());
  const home = await fetch(`${other.url}/`, { redirect: "manual" });
  assert.equal(home.headers.get("location"), "/deep/er/");
  const html = await (await fetch(`${other.url}/deep/er/`)).text();
  assert.match(html, /"base":"\/deep\/er"/);
  assert.match(html, /"\/deep\/er\/_shell\/[^"]*\.js"/);
});
