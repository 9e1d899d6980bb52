/** The to-do app: every button, a thousand rows, and typing at a distance. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connected, eventually, screenshots } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const DELAY_MS = 150;
const KEY_MS = 25;

const site = useSite();

const button = (tab, name) => tab.page.getByRole("button", { name, exact: true });
const draft = (tab) => tab.page.getByLabel("New to-do");
const row = (tab, text) => tab.page.getByTestId("todo").filter({ hasText: text });
const rowCount = (tab, count) =>
  eventually(async () => assert.equal(await tab.page.getByTestId("todo").count(), count));
const openCount = (tab, count) =>
  eventually(async () => {
    const status = tab.page.getByRole("status").filter({ hasText: "open" });
    assert.equal(await status.textContent(), `${count} open`);
  });

async function add(tab, title) {
  await draft(tab).fill(title);
  await draft(tab).press("Enter");
  await row(tab, title).waitFor();
}

/** What the input holds, and where its caret stands. */
const held = (input) => input.evaluate((element) => [element.value, element.selectionStart]);

test("add, tick off and remove", async (context) => {
  const tab = await site.open(context, "todo");
  await rowCount(tab, 3);
  await add(tab, "buy milk");
  await eventually(async () => assert.equal(await draft(tab).inputValue(), ""));
  await openCount(tab, 2);
  await screenshots(tab.page, "todo");
  await row(tab, "buy milk").getByRole("checkbox").click();
  await openCount(tab, 1);
  await row(tab, "buy milk").getByRole("button", { name: "Remove" }).click();
  await rowCount(tab, 3);
});

test("an empty title adds nothing", async (context) => {
  const tab = await site.open(context, "todo");
  await draft(tab).fill("   ");
  await button(tab, "Add").click();
  await eventually(async () => assert.equal(await draft(tab).inputValue(), ""));
  await rowCount(tab, 3);
});

test("edit in place", async (context) => {
  const tab = await site.open(context, "todo");
  await add(tab, "buy milk");
  await row(tab, "buy milk").getByRole("button", { name: "Edit" }).click();
  await tab.page.getByLabel("Title").fill("buy oat milk");
  await tab.page.getByLabel("Title").press("Enter");
  await row(tab, "buy oat milk").waitFor();
  assert.equal(await tab.page.getByLabel("Title").count(), 0, "the editor has gone");
  await rowCount(tab, 4);
});

test("the filters show all, open and done ones", async (context) => {
  const tab = await site.open(context, "todo");
  await button(tab, "Active").click();
  await rowCount(tab, 1);
  await button(tab, "Done").click();
  await rowCount(tab, 2);
  await button(tab, "Clear done").click();
  await tab.page.getByText("Nothing here.").waitFor();
  await button(tab, "All").click();
  await rowCount(tab, 1);
});

test("a thousand rows are added at once, and each one still works", async (context) => {
  const tab = await site.open(context, "todo");
  await button(tab, "Add 1,000 rows").click();
  await rowCount(tab, 1003);
  await openCount(tab, 1001);
  await tab.page.getByTestId("todo").nth(1002).getByRole("checkbox").click();
  await openCount(tab, 1000);
  const before = tab.frames.length;
  await tab.page.reload();
  await connected(tab, before);
  await rowCount(tab, 1003);
});

test("fast typing at a distance loses no key", async (context) => {
  const tab = await site.openThroughProxy(context, "todo", DELAY_MS);
  await draft(tab).pressSequentially("hello world", { delay: KEY_MS });
  assert.deepEqual(await held(draft(tab)), ["hello world", 11]);
  await sleep(4 * DELAY_MS);
  assert.deepEqual(await held(draft(tab)), ["hello world", 11], "after the last answer");
  await draft(tab).press("Enter");
  await row(tab, "hello world").waitFor();
  await eventually(async () => assert.equal(await draft(tab).inputValue(), ""));
});

test("typing in the middle at a distance keeps the caret", async (context) => {
  const tab = await site.openThroughProxy(context, "todo", DELAY_MS);
  await draft(tab).pressSequentially("hello world", { delay: KEY_MS });
  for (let step = 0; step < "world".length; step += 1) await draft(tab).press("ArrowLeft");
  await draft(tab).pressSequentially("wide ", { delay: KEY_MS });
  assert.deepEqual(await held(draft(tab)), ["hello wide world", 11]);
  await sleep(4 * DELAY_MS);
  assert.deepEqual(await held(draft(tab)), ["hello wide world", 11], "after the last answer");
  await draft(tab).press("Enter");
  await row(tab, "hello wide world").waitFor();
});
