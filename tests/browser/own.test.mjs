/** Components of an app's own classes: their libraries, props, events, hooks and code. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";
import { startServer } from "./server.mjs";

const site = useSite(path.join(import.meta.dirname, "apps"));

const open = (context) => site.open(context, "own");
const button = (page, name) => page.getByRole("button", { name, exact: true });
const shown = (page, text) => page.getByText(text, { exact: true }).waitFor();

test("a module in the app's assets is a component", async (context) => {
  const { page } = await open(context);
  await shown(page, "0 picks, red selected, 2 wide");
  await shown(page, "picked red");
  assert.equal(await page.locator("fieldset").getAttribute("id"), "swatches");
  const style = await page.locator("legend").evaluate((legend) => getComputedStyle(legend).fontStyle);
  assert.equal(style, "italic");
});

test("its events reach the state with what the spec makes of them", async (context) => {
  const { page } = await open(context);
  await button(page, "pick blue").click();
  await shown(page, "1 picks, blue selected, 2 wide");
  await shown(page, "picked blue");
  await shown(page, "index 1");
});

test("default exports, local files and derived elements", async (context) => {
  const { page } = await open(context);
  await page.getByRole("region", { name: "framed" }).getByText("inside").waitFor();
  const local = page.getByText("local red", { exact: true });
  assert.equal(await local.getAttribute("title"), "local");
  assert.equal(await local.evaluate((element) => getComputedStyle(element).color), "rgb(1, 2, 3)");
});

test("hooks and custom code run, in rows as well", async (context) => {
  const { page } = await open(context);
  await button(page, "counted 0").click();
  await button(page, "counted 2").click();
  await button(page, "counted 4").waitFor();
  await eventually(async () => assert.match(await page.title(), /^counted/));
  await button(page, "b 0").click();
  await button(page, "b 2").waitFor();
  await button(page, "a 0").waitFor();
});

test("event chains stand where values do", async (context) => {
  const { page } = await open(context);
  // Nothing listens to the whole document before the effects have run, as the one that counts has.
  await eventually(async () => assert.equal(await page.title(), "counted 0"));
  await page.keyboard.press("a");
  await page.keyboard.press("b");
  await page.keyboard.press("c");
  await shown(page, "keys a,other");
});

test("memos and derived classes", async (context) => {
  const { page } = await open(context);
  const choose = button(page, "choose b");
  assert.match((await choose.getAttribute("class")) ?? "", /\bloud\b/);
  await choose.click();
  await shown(page, "index 7");
});

test("a library that is nowhere is named, with what to do", async (context) => {
  const server = await startServer(path.join(import.meta.dirname, "apps", "unvendored.py"));
  context.after(() => server.stop());
  const answer = await fetch(`${server.url}/`);
  const text = (await answer.text()).replaceAll("&quot;", '"');
  assert.equal(answer.ok, false);
  assert.match(text, /"react-colorful"/);
  assert.match(text, /assets\/_modules\/react-colorful\.js/);
});
