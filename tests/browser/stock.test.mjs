/** The stock app: one cell of a thousand rows costs one small frame and one block of rows. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { connected, eventually, received, screenshots } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const FRAME_BYTES_MAX = 120;
/** A thousand rows in blocks of a hundred. */
const BLOCKS = 10;
const COLUMNS = ["item", "material", "shelf", "quantity", "price"];

const site = useSite();

/** The cell in a row (from 1) and a column. */
const cell = (tab, row, column) => {
  const position = COLUMNS.indexOf(column) + 1;
  return tab.page.locator(`tbody tr:nth-child(${row}) td:nth-child(${position})`);
};
const text = (tab, row, column, expected) =>
  eventually(async () => assert.equal(await cell(tab, row, column).textContent(), expected));

/** Opens the app with all of its rows: React takes them over in slices, which are not counted. */
async function openTraced(context) {
  const tab = await site.open(context, "stock", { trace: true });
  const rendered = () => performance.getEntriesByName("ferroflex:block").length;
  await eventually(async () => assert.ok((await tab.page.evaluate(rendered)) >= BLOCKS));
  return tab;
}

async function edit(tab, row, column, value) {
  await cell(tab, row, column).getByRole("button").click();
  await cell(tab, row, column).getByRole("textbox").fill(value);
  await cell(tab, row, column).getByRole("textbox").press("Enter");
  await cell(tab, row, column).getByRole("button").waitFor();
}

/** Runs `action` and tells what it cost: its patch frames, and the blocks of rows rendered. */
async function cost(tab, action) {
  await tab.page.evaluate(() => performance.clearMarks("ferroflex:block"));
  const before = tab.frames.length;
  await action();
  const blocks = await tab.page.evaluate(
    () => performance.getEntriesByName("ferroflex:block").length,
  );
  return { patches: received(tab, "patch", before), blocks };
}

test("a thousand rows of five cells", async (context) => {
  const tab = await site.open(context, "stock");
  assert.equal(await tab.page.locator("tbody tr").count(), 1000);
  assert.equal(await tab.page.locator("tbody td").count(), 5000);
  await screenshots(tab.page, "stock");
});

test("a new price is one small frame and one block of rows", async (context) => {
  const tab = await openTraced(context);
  const status = tab.page.getByRole("status").filter({ hasText: "repriced" });
  const { patches, blocks } = await cost(tab, async () => {
    await tab.page.getByRole("button", { name: "Change a random price" }).click();
    await status.waitFor();
  });
  assert.equal(patches.length, 1);
  const [{ bytes, message }] = patches;
  assert.ok(bytes < FRAME_BYTES_MAX, `${bytes} bytes: ${JSON.stringify(message)}`);
  assert.equal(blocks, 1, "blocks rendered");

  const row = Number((await status.textContent()).match(/\d+/)[0]);
  const ops = message.ops.flatMap(([, ...ops]) => ops);
  const [, , price] = ops.find(([, path]) => path.at(-1) === "price");
  await text(tab, row, "price", price.toFixed(2));
});

test("an edited cell is small frames and one block at a time", async (context) => {
  const tab = await openTraced(context);
  const editor = cell(tab, 513, "price").getByRole("textbox");
  const opened = await cost(tab, async () => {
    await cell(tab, 513, "price").getByRole("button").click();
    await editor.waitFor();
  });
  await editor.fill("12.5");
  const saved = await cost(tab, async () => {
    await editor.press("Enter");
    await text(tab, 513, "price", "12.50");
  });
  for (const { patches, blocks } of [opened, saved]) {
    assert.equal(patches.length, 1);
    assert.ok(patches[0].bytes < FRAME_BYTES_MAX, JSON.stringify(patches[0]));
    assert.equal(blocks, 1, "blocks rendered");
  }
});

test("a cell of every column is edited and survives a reload", async (context) => {
  const tab = await site.open(context, "stock");
  const values = { item: "Anchor", material: "Oak", shelf: "Z-999", quantity: "7", price: "1.50" };
  for (const column of COLUMNS) await edit(tab, 1000, column, values[column]);
  const before = tab.frames.length;
  await tab.page.reload();
  await connected(tab, before);
  for (const column of COLUMNS) await text(tab, 1000, column, values[column]);
});

test("a quantity that is no number is refused with a message", async (context) => {
  const tab = await site.open(context, "stock");
  const old = await cell(tab, 3, "quantity").textContent();
  await edit(tab, 3, "quantity", "plenty");
  await tab.page.getByText("Quantity must be a number, not 'plenty'").waitFor();
  await text(tab, 3, "quantity", old);
});

test("leaving a cell saves it", async (context) => {
  const tab = await site.open(context, "stock");
  await cell(tab, 2, "shelf").getByRole("button").click();
  await cell(tab, 2, "shelf").getByRole("textbox").fill("H-123");
  await tab.page.getByRole("heading", { name: "Stock" }).click();
  await text(tab, 2, "shelf", "H-123");
  await cell(tab, 2, "shelf").getByRole("button").waitFor();
});
