/** Apps with Tailwind: what its classes do beside Radix's and the author's own styles. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";
import { ROOT } from "./server.mjs";

const site = useSite(path.join(ROOT, "tests/browser/apps"));

/** A property of an element as the browser computes it. */
const computed = (tab, selector, property) =>
  tab.page.evaluate(
    ([selector, property]) =>
      getComputedStyle(document.querySelector(selector)).getPropertyValue(property),
    [selector, property],
  );

/** Asserts a table of selector, property, value. */
async function look(tab, table) {
  for (const [selector, property, expected] of table) {
    const found = await computed(tab, selector, property);
    assert.equal(found, expected, `${property} of ${selector}`);
  }
}

test("classes override Radix's styles, and the author's props override classes", async (context) => {
  const tab = await site.open(context, "tailwind");
  await look(tab, [
    ["#button", "background-color", "rgb(18, 52, 86)"],
    ["#button", "border-top-left-radius", "0px"],
    ["#button", "padding-left", "40px"],
    ["#heading", "font-size", "48px"],
    ["#heading", "font-family", "Oswald, sans-serif"],
    ["#heading", "color", "rgb(18, 52, 86)"],
    ["#prop", "margin-top", "3px"],
    ["#prop", "padding-top", "32px"],
    ["#card", "max-width", "448px"],
    ["#own", "color", "rgb(18, 52, 86)"],
    ["#own", "letter-spacing", "1.6px"],
  ]);
  // What no class is about is as Radix has it: the reset does not reach it.
  assert.notEqual(await computed(tab, "#plain", "background-color"), "rgba(0, 0, 0, 0)");
  assert.notEqual(await computed(tab, "#plain", "padding-left"), "0px");
});

test("arbitrary values, variants and plugins", async (context) => {
  const tab = await site.open(context, "tailwind");
  await look(tab, [
    ["#group", "padding-top", "13px"],
    ["#group", "border-top-width", "1px"],
    ["#group", "column-gap", "24px"],
    ["#title", "font-weight", "700"],
    [".prose li", "list-style-type", "disc"],
    ["#hovered", "opacity", "0.5"],
    ["#conditional", "letter-spacing", "-0.8px"],
  ]);
  await tab.page.hover("#group");
  await look(tab, [["#hovered", "opacity", "1"]]);
  await tab.page.setViewportSize({ width: 500, height: 700 });
  await look(tab, [["#group", "column-gap", "normal"]]);
});

test("classes that handlers put into the state have their rules", async (context) => {
  const tab = await site.open(context, "tailwind");
  const before = await computed(tab, "#state", "background-color");
  assert.notEqual(before, "rgba(0, 0, 0, 0)");
  await tab.page.click("#change");
  await eventually(async () => {
    await look(tab, [["#state", "text-decoration-line", "underline"]]);
  });
  assert.notEqual(await computed(tab, "#state", "background-color"), before);
  await look(tab, [["#conditional", "letter-spacing", "0.4px"]]);
});

test("dark: follows the colour mode that is shown, whoever chose it", async (context) => {
  const tab = await site.open(context, "tailwind");
  const light = "rgb(254, 220, 186)";
  await look(tab, [["#mode", "color", light]]);
  await tab.page.click("#toggle");
  await eventually(async () => assert.notEqual(await computed(tab, "#mode", "color"), light));
  await look(tab, [["#card", "background-color", "rgb(0, 0, 0)"]]);
});

test("only classes in use are in the stylesheet, which comes after Radix's", async (context) => {
  const tab = await site.open(context, "tailwind");
  const sheets = await tab.page.evaluate(() =>
    [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.href),
  );
  const names = sheets.map((address) => path.basename(address).split("-")[0]);
  assert.deepEqual(names, ["reset", "radix", "tailwind", "own.css", "index"]);
  const response = await tab.page.request.get(sheets[2]);
  const css = await response.text();
  assert.match(css, /\.bg-orange-500/);
  assert.doesNotMatch(css, /\.bg-orange-600|--color-orange-600|aspect-w/);
  assert.ok(css.length < 40_000, `${css.length} bytes`);
});

test("a configuration of former versions is one of Tailwind 3", async (context) => {
  const tab = await site.open(context, "tailwind_former");
  await look(tab, [
    ["#button", "background-color", "color(srgb 0 1 0)"],
    ["#button", "border-top-left-radius", "2px"],
    ["#button", "padding-left", "40px"],
    ["#prop", "margin-top", "3px"],
    ["#border", "border-top-color", "rgb(229, 231, 235)"],
    ["#overlay", "background-color", "color(srgb 0 0 0 / 0.5)"],
    ["#overlay", "color", "rgb(255, 255, 255)"],
    ["#palette", "color", "rgb(59, 130, 246)"],
    ["#plain", "cursor", "pointer"],
  ]);
  await tab.page.emulateMedia({ colorScheme: "dark" });
  await eventually(async () => {
    await look(tab, [["#palette", "color", "rgb(239, 68, 68)"]]);
  });
});

test("an app that uses no class of Tailwind has no stylesheet of it", async (context) => {
  const tab = await site.open(context, "forms");
  assert.equal(await tab.page.locator('link[href*="/tailwind-"]').count(), 0);
});
