/** The styled app: what an author says of its look, as Chromium computes it. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { PNG } from "pngjs";

import { eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";
import { ROOT } from "./server.mjs";

const site = useSite(path.join(ROOT, "tests/browser/apps"));

/** A property of an element as the browser computes it. */
const computed = (tab, selector, property, pseudo = null) =>
  tab.page.evaluate(
    ([selector, property, pseudo]) =>
      getComputedStyle(document.querySelector(selector), pseudo).getPropertyValue(property),
    [selector, property, pseudo],
  );

/** Asserts a table of selector, property, value. */
async function look(tab, table) {
  for (const [selector, property, expected, pseudo] of table) {
    const found = await computed(tab, selector, property, pseudo);
    assert.equal(found, expected, `${property} of ${selector}`);
  }
}

/** The colour of a step of a scale, on the element that the theme is for. */
const step = (tab, name) =>
  tab.page.evaluate((name) => {
    const probe = document.createElement("i");
    probe.style.color = `var(--${name})`;
    document.querySelector(".radix-themes").append(probe);
    const color = getComputedStyle(probe).color;
    probe.remove();
    return color;
  }, name);

test("styles of the app, its stylesheets and its elements hold", async (context) => {
  const tab = await site.open(context, "styled");
  await look(tab, [
    [".radix-themes", "font-size", "19px"],
    [".radix-themes", "background-color", "rgb(250, 240, 230)"],
    ["#heading", "font-family", "monospace"],
    ["#text", "font-family", "monospace"],
    ["#theme", "background-color", "rgb(250, 240, 230)"],
    ["#heading", "letter-spacing", "3px"],
    ["#own-heading", "letter-spacing", "7px"],
    ["#text", "letter-spacing", "normal"],
    ["#paragraph", "margin-top", "11px"],
    ["#link", "color", "rgb(9, 8, 7)"],
    ["#text", "background-color", "rgb(6, 6, 6)", "::selection"],
    ["#folder", "color", "rgb(4, 5, 6)"],
    ["#pseudo", "content", '"b"', "::before"],
    ["#responsive", "width", "30px"],
    ["#chosen", "width", "40px"],
    ["#clamp", "-webkit-line-clamp", "3"],
    ["#clamp", "padding-right", "5px"],
    ["#animated", "animation-name", "blink"],
    ["#paragraph", "box-sizing", "border-box"],
  ]);
  assert.equal(await computed(tab, "#sheet", "color"), await step(tab, "ruby-9"));
  assert.notEqual(await step(tab, "ruby-9"), await step(tab, "no-such-color"));
  assert.equal(await computed(tab, "#scale", "background-color"), await step(tab, "plum-9"));
  await tab.page.hover("#pseudo");
  assert.equal(await computed(tab, "#pseudo", "color"), "rgb(1, 2, 3)");
  await tab.page.setViewportSize({ width: 500, height: 700 });
  assert.equal(await computed(tab, "#responsive", "width"), "20px");
});

test("addresses of the app's files have its base before them", async (context) => {
  const tab = await site.open(context, "styled");
  assert.ok(await tab.page.evaluate(() => document.querySelector("#image").naturalWidth > 0));
  const background = await computed(tab, "#sheet", "background-image");
  const address = background.slice('url("'.length, -'")'.length);
  assert.equal(new URL(address).pathname, "/styled/dot.svg");
  assert.equal((await tab.page.request.get(address)).status(), 200);
});

test("the head and the root element are as the author says", async (context) => {
  const tab = await site.open(context, "styled");
  const found = await tab.page.evaluate(() => ({
    lang: document.documentElement.lang,
    app: document.documentElement.dataset.app,
    meta: document.querySelector('meta[name="color"]').content,
    author: document.querySelector('link[rel="author"]').getAttribute("href"),
    script: window.fromHead,
  }));
  assert.deepEqual(found, {
    lang: "de",
    app: "styled",
    meta: "plum & more",
    author: "/styled/humans.txt",
    script: true,
  });
});

test("a theme in the tree is for what stands in it, and follows the state", async (context) => {
  const tab = await site.open(context, "styled");
  const accents = await tab.page.evaluate(() =>
    ["#inner", "#change"].map(
      (selector) => document.querySelector(selector).closest(".radix-themes").dataset,
    ),
  );
  assert.deepEqual(
    accents.map((data) => data.accentColor),
    ["tomato", "grass"],
  );
  assert.equal(await computed(tab, "#inner", "background-color"), await step(tab, "tomato-9"));
  assert.equal(await computed(tab, "#change", "background-color"), await step(tab, "grass-9"));
  const isDark = () => tab.page.locator("#theme").evaluate((it) => it.classList.contains("dark"));
  assert.equal(await isDark(), true);
  await tab.page.click("#change");
  await eventually(async () => assert.equal(await isDark(), false));
  await eventually(async () => assert.equal(await computed(tab, "#chosen", "width"), "50px"));
});

test("the colour mode is there at the first paint, and follows the system", async (context) => {
  const tab = await site.open(context, "styled");
  const color = () => computed(tab, "#mode", "color");
  assert.equal(await color(), "rgb(1, 1, 1)");
  await tab.page.emulateMedia({ colorScheme: "dark" });
  await eventually(async () => assert.equal(await color(), "rgb(2, 2, 2)"));
  await tab.page.emulateMedia({ colorScheme: "light" });
  await tab.page.click("#toggle");
  await eventually(async () => assert.equal(await color(), "rgb(2, 2, 2)"));
  assert.ok((await darkness(tab.page.context(), tab.page.url())) < 60, "a flash of light");
});

/** The brightness, 0 to 255, of what is painted before any module of the shell has come. */
async function darkness(profile, url) {
  const page = await profile.newPage();
  await page.route("**/_shell/**/*.js", (route) =>
    /\/early-/.test(route.request().url()) ? route.continue() : route.abort(),
  );
  await page.goto(url);
  const { data } = PNG.sync.read(await page.screenshot());
  await page.close();
  return Math.max(...data.subarray(0, 3));
}

test("a colour mode chosen in one tab is that of the others", async (context) => {
  const [first, second] = await site.openTabs(context, "styled", 2);
  await first.page.click("#toggle");
  for (const tab of [first, second]) {
    await eventually(async () => {
      assert.equal(await computed(tab, "#mode", "color"), "rgb(2, 2, 2)");
    });
  }
});
