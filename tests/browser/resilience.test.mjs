/** A network that fails in the middle: nothing that the user did is lost, nothing happens twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connected, eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const DELAY_MS = 60;
/** Long enough for a late duplicate to show. */
const SETTLE_MS = 1_000;
/** Chromium reports a socket that it could not open; these tests see to it that it cannot. */
const expected = [/WebSocket connection to .* failed/];

const site = useSite();

const clicks = async (tab, count) => {
  const increment = tab.page.getByRole("button", { name: "Increment" });
  for (let click = 0; click < count; click += 1) await increment.click();
};
const count = (tab) => tab.page.getByTestId("count").textContent();

async function endsAt(tab, total) {
  await eventually(async () => assert.equal(await count(tab), `${total}`), 15_000);
  await sleep(SETTLE_MS);
  assert.equal(await count(tab), `${total}`, "a late duplicate");
}

test("the socket is cut in the middle of ten clicks: exactly ten", async (context) => {
  const tab = await site.openThroughProxy(context, "counter", DELAY_MS, { expected });
  await clicks(tab, 5);
  tab.proxy.cut();
  await clicks(tab, 5);
  await endsAt(tab, 10);
});

test("three cuts, one after the other, while clicking: exactly thirty", async (context) => {
  const tab = await site.openThroughProxy(context, "counter", DELAY_MS, { expected });
  await tab.page.evaluate(() => (globalThis.samePage = true));
  for (let round = 0; round < 3; round += 1) {
    const before = tab.frames.length;
    await clicks(tab, 5);
    tab.proxy.cut();
    await clicks(tab, 5);
    await connected(tab, before);
  }
  await endsAt(tab, 30);
  assert.ok(await tab.page.evaluate(() => globalThis.samePage), "the page was loaded again");
});

test("clicks while the server cannot be reached are run when it can", async (context) => {
  const tab = await site.openThroughProxy(context, "counter", DELAY_MS, { expected });
  tab.proxy.refuse(true);
  tab.proxy.cut();
  await clicks(tab, 10);
  await sleep(SETTLE_MS);
  tab.proxy.refuse(false);
  await endsAt(tab, 10);
});

test("the caret and the text stay where they are through a cut", async (context) => {
  const tab = await site.openThroughProxy(context, "todo", DELAY_MS, { expected });
  const draft = tab.page.getByLabel("New to-do");
  await draft.pressSequentially("hello", { delay: 25 });
  const before = tab.frames.length;
  tab.proxy.cut();
  await draft.pressSequentially(" world", { delay: 25 });
  await connected(tab, before);
  await sleep(SETTLE_MS);
  const held = await draft.evaluate((element) => [element.value, element.selectionStart]);
  assert.deepEqual(held, ["hello world", 11]);
  assert.ok(await draft.evaluate((element) => element === document.activeElement));
  await draft.press("Enter");
  await tab.page.getByTestId("todo").filter({ hasText: "hello world" }).waitFor();
});
