/** The counter app: clicks, a typed step, the history, dark mode, reload and two tabs. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { connected, eventually, screenshots } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const site = useSite();

const button = (tab, name) => tab.page.getByRole("button", { name, exact: true });
const shows = (tab, count) =>
  eventually(async () => {
    assert.equal(await tab.page.getByTestId("count").textContent(), `${count}`);
  });

test("increment, decrement and reset", async (context) => {
  const tab = await site.open(context, "counter");
  await shows(tab, 0);
  await button(tab, "Increment").click();
  await button(tab, "Increment").click();
  await shows(tab, 2);
  for (let click = 0; click < 3; click += 1) await button(tab, "Decrement").click();
  await shows(tab, -1);
  await screenshots(tab.page, "counter");
  await button(tab, "Reset").click();
  await shows(tab, 0);
});

test("the typed step counts, and nonsense counts as one", async (context) => {
  const tab = await site.open(context, "counter");
  await tab.page.getByLabel("Step").fill("25");
  await button(tab, "Increment").click();
  await shows(tab, 25);
  await tab.page.getByLabel("Step").fill("many");
  await button(tab, "Increment").click();
  await shows(tab, 26);
});

test("the history shows the last six counts, the newest first", async (context) => {
  const tab = await site.open(context, "counter");
  for (let click = 0; click < 8; click += 1) await button(tab, "Increment").click();
  await shows(tab, 8);
  const history = tab.page.getByRole("group", { name: "History" }).locator("> *");
  await eventually(async () => {
    assert.deepEqual(await history.allTextContents(), ["7", "6", "5", "4", "3", "2"]);
  });
});

test("a reload keeps the state", async (context) => {
  const tab = await site.open(context, "counter");
  await button(tab, "Increment").click();
  await shows(tab, 1);
  const before = tab.frames.length;
  await tab.page.reload();
  await connected(tab, before);
  await shows(tab, 1);
  await button(tab, "Increment").click();
  await shows(tab, 2);
});

test("two tabs count for themselves", async (context) => {
  const [first, second] = await site.openTabs(context, "counter", 2);
  await button(first, "Increment").click();
  await shows(first, 1);
  await button(second, "Decrement").click();
  await shows(second, -1);
  await shows(first, 1);
});

test("the button at the top switches between light and dark", async (context) => {
  const tab = await site.open(context, "counter");
  const theme = tab.page.locator(".radix-themes").first();
  const background = () => theme.evaluate((element) => getComputedStyle(element).backgroundColor);
  const light = await background();
  await button(tab, "Toggle dark mode").click();
  await eventually(async () => assert.notEqual(await background(), light));
  await button(tab, "Toggle dark mode").click();
  await eventually(async () => assert.equal(await background(), light));
});
