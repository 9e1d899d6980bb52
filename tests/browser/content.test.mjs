/** Content and behaviour in a real browser: colours, formulas, scripts, what is pasted or delayed. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const site = useSite(path.join(import.meta.dirname, "apps"));

/** What chunks of the shell have in their names that are not to be loaded for nothing. */
const HEAVY = /mathematics|KaTeX|\/code-|refractor/;

/** A page that is not ready yet, on a busy machine, is rendered for a later visitor. */
const RENDERED_MS_MAX = 60_000;

/** The chunk that parses Markdown; one of the highlighter's languages is called so too. */
const PARSER = /\/chunks\/parser-/;

/** Opens a page of the app; `loaded` has the addresses of all that it fetched. */
async function open(context, route, options = {}) {
  const tab = await site.open(context, route ? `content/${route}` : "content", options);
  const loaded = () =>
    tab.page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  return { ...tab, loaded };
}

/** Opens the page of texts that the server parses, though not for its first visitor. */
async function openPrepared(context) {
  await eventually(async () => {
    const html = await (await fetch(`${site.url()}/content/prepared`)).text();
    assert.match(html, /id="ferroflex-prepared"/);
  }, RENDERED_MS_MAX);
  return open(context, "prepared");
}

const says = (page, id, expected) =>
  eventually(async () => assert.equal(await page.locator(`#${id}`).textContent(), expected));

/** Opens the page of behaviours, and waits until it listens to what no element is clicked for. */
async function openListening(context) {
  const tab = await open(context, "behaviour");
  await says(tab.page, "mounted", '["page"]');
  return tab;
}

test("code has its colours, follows the mode and the state, and is copied", async (context) => {
  const { page } = await open(context, "");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const keyword = page.locator("#code span", { hasText: /^def$/ });
  await keyword.waitFor();
  const colorOf = (locator) => locator.evaluate((node) => getComputedStyle(node).color);
  const background = () =>
    page.locator("#code").evaluate((node) => getComputedStyle(node).backgroundColor);
  const [light, behind] = [await colorOf(keyword), await background()];
  await page.emulateMedia({ colorScheme: "dark" });
  await eventually(async () => assert.notEqual(await colorOf(keyword), light));
  assert.notEqual(await background(), behind);
  await page.getByRole("button", { name: "Copy code" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await eventually(async () => assert.equal(await copied(), "def f(x):\n    return x + 1"));
  await page.getByRole("button", { name: "To JSON" }).click();
  await keyword.waitFor({ state: "detached" });
});

test("themes are loaded by name, and style goes over them", async (context) => {
  const { page, loaded } = await open(context, "");
  const style = (id, name) =>
    page.locator(`#${id}`).evaluate((node, of) => getComputedStyle(node)[of], name);
  await eventually(async () =>
    assert.equal(await style("themed", "backgroundColor"), "rgb(40, 42, 54)"),
  );
  assert.equal(await style("numbered", "borderTopColor"), "rgb(255, 0, 0)");
  const numbers = page.locator("#numbered .linenumber");
  assert.deepEqual(await numbers.allTextContents(), ["7", "8"]);
  const themes = (await loaded()).filter((name) => /dracula|\/vs-|nord/.test(name));
  assert.equal(themes.length, 2, themes.join());
});

test("formulas and highlighting are loaded by the text that has some", async (context) => {
  const { page, loaded } = await open(context, "markdown");
  assert.equal(await page.locator("#text h1").textContent(), "Plain");
  const heavy = async () => (await loaded()).filter((name) => HEAVY.test(name));
  assert.deepEqual(await heavy(), []);
  const input = page.getByRole("textbox", { name: "Text" });
  await input.fill("a price of $5 and no more");
  await page.getByText("a price of $5").first().waitFor();
  assert.deepEqual(await heavy(), []);
  await input.fill("Euler: $e^{i\\pi} = -1$");
  const formula = page.locator("#text .katex-html").first();
  await formula.waitFor();
  const font = await formula.evaluate((node) => getComputedStyle(node).fontFamily);
  assert.match(font, /KaTeX_Main/);
  await eventually(async () =>
    assert.ok((await heavy()).some((name) => /KaTeX_Math.*woff2/.test(name)), "no font"),
  );
  assert.ok(!(await heavy()).some((name) => /\/code-/.test(name)));
  await input.fill("```python\nif x: pass\n```");
  await page.locator("#text pre span", { hasText: /^if$/ }).waitFor();
});

test("parts of Markdown are components of the page", async (context) => {
  const { page } = await open(context, "markdown");
  assert.equal(await page.locator("h2#mapped").textContent(), "Title");
  const link = page.locator("a.mapped-link");
  assert.equal(await link.getAttribute("href"), "/content/next");
  assert.equal(await page.locator(".mapped-code").textContent(), "codepython");
  assert.equal(await page.locator("pre.mapped-block").textContent(), "rust: let x = 1;");
});

test("a text that the server has parsed is not parsed again, and is alive", async (context) => {
  const { page, loaded } = await openPrepared(context);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const parsers = async () => (await loaded()).filter((name) => PARSER.test(name));
  // The colours come last.
  await page.locator("pre span", { hasText: /^1$/ }).waitFor();
  assert.deepEqual(await parsers(), []);
  assert.equal(await page.locator("#ferroflex-prepared").count(), 0);
  await page.evaluate(() => (window.heading = document.querySelector("h2")));

  await page.getByRole("button", { name: "Copy code" }).evaluate((button) => button.click());
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await eventually(async () => assert.equal(await copied(), "x = 1"));
  assert.deepEqual(await parsers(), []);

  await page.getByRole("button", { name: "Change" }).evaluate((button) => button.click());
  await page.locator("#changing strong", { hasText: "Changed" }).waitFor();
  assert.equal((await parsers()).length, 1);
  await says(page, "live", "code**Changed**");
  const isKept = () => page.evaluate(() => window.heading === document.querySelector("h2"));
  assert.ok(await isKept(), "the constant text was made anew");
});

test("a link in a text that the server has parsed leads to the next one", async (context) => {
  const { page } = await openPrepared(context);
  await page.evaluate(() => (window.isTheSame = true));
  await page.getByRole("link", { name: "there" }).click();
  await page.locator("#text h1", { hasText: "Plain" }).waitFor();
  await page.locator("h2#mapped").waitFor();
  assert.equal(await page.evaluate(() => window.isTheSame), true, "the document is another one");
  await page.goBack();
  await page.getByRole("heading", { name: "Constant" }).waitFor();
});

test("an input holds its event back until it is left alone", async (context) => {
  const { page } = await open(context, "behaviour");
  const input = page.getByRole("textbox", { name: "Search" });
  await input.pressSequentially("hello", { delay: 30 });
  assert.equal(await input.inputValue(), "hello");
  assert.equal(await page.locator("#changes").textContent(), "[]");
  await says(page, "changes", '["hello"]');
  assert.equal(await input.inputValue(), "hello");
  await input.press("End");
  await input.pressSequentially("!");
  await input.press("Enter");
  await says(page, "changes", '["hello","hello!"]');
});

test("what is pasted arrives, and the browser leaves it at that", async (context) => {
  const { page } = await openListening(context);
  await page.locator("#target").evaluate((node) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "seven");
    const options = { bubbles: true, cancelable: true, clipboardData };
    node.wasKept = !node.dispatchEvent(new ClipboardEvent("paste", options));
  });
  await says(page, "pasted", '[["text/plain","seven"]]');
  assert.ok(await page.locator("#target").evaluate((node) => node.wasKept));
});

test("the window tells its size, its scrolling and its fragment", async (context) => {
  const { page } = await openListening(context);
  await page.setViewportSize({ width: 900, height: 700 });
  await says(page, "size", "900x700");
  await page.evaluate(() => scrollTo(0, 120));
  await says(page, "scrolled", "120");
  await page.evaluate(() => {
    location.hash = "there";
  });
  await says(page, "hashes", "1");
});

test("a box follows its end until its user scrolls away", async (context) => {
  const { page } = await open(context, "behaviour");
  const box = page.locator("#follow");
  const left = () => box.evaluate((b) => b.scrollHeight - b.scrollTop - b.clientHeight);
  const add = async (count) => {
    await page.getByRole("button", { name: "Add lines" }).click();
    await page.getByText(`line ${count - 1}`, { exact: true }).waitFor();
  };
  await add(20);
  await eventually(async () => assert.ok((await left()) <= 1));
  await add(40);
  await eventually(async () => assert.ok((await left()) <= 1));
  await box.evaluate((b) => b.scrollTo(0, 0));
  await sleep(100);
  await add(60);
  assert.equal(await box.evaluate((b) => b.scrollTop), 0);
});

test("scripts of the author's run once, those of a text do not", async (context) => {
  const expected = [/missing\.js/, /404/, /inline event handler/];
  const { page } = await open(context, "scripts", { expected });
  await eventually(async () => {
    const ran = JSON.parse(await page.locator("#scripts").textContent()).sort();
    assert.deepEqual(ran, ["inline", "missing", "own", "ready"]);
  });
  const globals = await page.evaluate(() => [globalThis.inline, globalThis.own]);
  assert.deepEqual(globals, [1, 1]);
  assert.equal(await page.evaluate(() => globalThis.element), "ran");
  assert.equal(await page.evaluate(() => globalThis.bad), undefined);
  assert.equal(await page.frameLocator("iframe").locator("p").textContent(), "framed");
});

test("dates are in the language, the zone and the format asked for", async (context) => {
  const { page } = await open(context, "dates");
  const shown = { french: "vendredi 17 mai", zone: "08:00", english: "Friday", duration: "2:30" };
  for (const [id, text] of Object.entries(shown)) await says(page, id, text);
  await says(page, "added", "18");
  await says(page, "provided", "2024");
  await says(page, "dates", '["Friday"]');
});

test("a player tells what it knows of its file, and loads nothing else", async (context) => {
  const { page, loaded } = await open(context, "media");
  await eventually(async () => {
    const told = JSON.parse(await page.locator("#media").textContent());
    assert.ok(told.includes("duration 0.5"), told.join());
    assert.ok(told.includes("ready"), told.join());
  });
  assert.equal(await page.locator("audio[controls]").count(), 1);
  const others = (await loaded()).filter((name) => /hls|dash|youtube|vimeo/.test(name));
  assert.deepEqual(others, []);
});

test("messages stand where the page wants them", async (context) => {
  const { page } = await open(context, "behaviour");
  await page.getByRole("button", { name: "Toast" }).click();
  await page.getByText("hello", { exact: true }).waitFor();
  const area = page.locator("[data-sonner-toaster]");
  assert.equal(await area.getAttribute("data-y-position"), "top");
  assert.equal(await area.getAttribute("data-x-position"), "left");
});
