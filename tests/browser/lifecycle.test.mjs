/** What happens to a page over time: loading, mounting, background work, failures. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const OUTPUT = path.join(import.meta.dirname, "..", "output");
const site = useSite(path.join(import.meta.dirname, "apps"));

const open = (context, options) => site.open(context, "lifecycle", options);
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const textOf = (page, id) => page.locator(`#${id}`).textContent();
const shows = (page, id, expected) =>
  eventually(async () => assert.equal(await textOf(page, id), expected));

test("on_load runs sync and async handlers in their order, and on_mount", async (context) => {
  const { page } = await open(context);
  await eventually(async () => {
    const log = (await textOf(page, "log")).split(", ");
    assert.deepEqual(log.toSorted(), ["first", "from second", "mounted", "second"]);
    const loaded = log.filter((entry) => entry !== "mounted");
    assert.deepEqual(loaded, ["first", "second", "from second"]);
  });
  await shows(page, "hydrated", "hydrated");
});

test("a component that comes and goes tells so", async (context) => {
  const { page } = await open(context);
  const count = async (entry) => (await textOf(page, "log")).split(", ").filter((e) => e === entry);
  await eventually(async () => assert.equal((await count("mounted")).length, 1));
  await press(page, "toggle");
  await eventually(async () => assert.equal((await count("unmounted")).length, 1));
  await press(page, "toggle");
  await eventually(async () => assert.equal((await count("mounted")).length, 2));
});

test("an async handler's steps are seen as they are made", async (context) => {
  const { page } = await open(context);
  await page.evaluate(() => {
    const shown = () => document.querySelector("#steps").textContent;
    window.seen = [shown()];
    const note = () => window.seen.at(-1) === shown() || window.seen.push(shown());
    const anything = { subtree: true, childList: true, characterData: true };
    new MutationObserver(note).observe(document, anything);
  });
  await press(page, "stream");
  await shows(page, "steps", "step 0 | step 1 | step 2");
  const steps = ["", "step 0", "step 0 | step 1", "step 0 | step 1 | step 2"];
  assert.deepEqual(await page.evaluate(() => window.seen), steps);
});

test("background work goes on while other buttons answer", async (context) => {
  const { page } = await open(context);
  await press(page, "work");
  await page.waitForFunction(() => Number(document.querySelector("#progress").textContent) > 3);
  await press(page, "toggle");
  await page.locator("#box").waitFor({ state: "detached" });
  assert.ok(Number(await textOf(page, "progress")) < 40, "the work was over already");
  await shows(page, "progress", "40");
  await page.screenshot({ path: path.join(OUTPUT, "lifecycle.png") });
});

test("a failed handler's changes are shown at once, with a message", async (context) => {
  const { page } = await open(context, { expected: [/something went wrong/] });
  await press(page, "fail");
  await eventually(async () => assert.match(await textOf(page, "log"), /before the failure/));
  await page.getByText("ValueError: something went wrong").first().waitFor();
  await page.screenshot({ path: path.join(OUTPUT, "failure.png") });
});

test("background work outlives a cut connection", async (context) => {
  const tab = await site.openThroughProxy(context, "lifecycle", 0, {
    expected: [/WebSocket connection/],
  });
  const { page, proxy } = tab;
  await press(page, "work");
  await page.waitForFunction(() => Number(document.querySelector("#progress").textContent) > 3);
  proxy.cut();
  await shows(page, "progress", "40");
});
