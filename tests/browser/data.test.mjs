/** What libraries draw: charts, tables, spreadsheets, Plotly, drop zones, icons by name. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { eventually } from "./browser.mjs";
import { useSite } from "./harness.mjs";
import { ROOT } from "./server.mjs";

const site = useSite(path.join(ROOT, "tests", "browser", "apps"));

/** The heights of a grid's header and of its rows, as Glide has them. */
const HEADER_PX = 36;
const ROW_PX = 34;

/** A library of five megabytes has to be read before the first chart is drawn. */
const PLOTLY_MS_MAX = 60_000;

const click = (tab, name) => tab.page.getByRole("button", { name, exact: true }).click();
const told = (tab, text) =>
  eventually(async () => assert.equal(await tab.page.locator("#told").textContent(), text));

test("a chart has a bar for each row, and moves them when a value changes", async (context) => {
  const tab = await site.open(context, "data");
  const bars = tab.page.locator(".recharts-bar-rectangle path");
  const heights = () =>
    bars.evaluateAll((list) => list.map((bar) => Math.round(bar.getBoundingClientRect().height)));
  await eventually(async () => assert.equal(await bars.count(), 2));
  const [before, whole] = await heights();
  assert.ok(Math.abs(before * 3 - whole) <= 3, `${before} is no third of ${whole}`);
  await click(tab, "Sell");
  await eventually(async () => assert.deepEqual(await heights(), [whole, whole, whole / 2]));
  await bars.first().click();
  await told(tab, "bar");
});

test("icons whose names the state has are drawn, others stand in for unknown ones", async (context) => {
  const tab = await site.open(context, "data");
  const icon = tab.page.locator("#icon");
  const drawn = (name) => eventually(async () => assert.match(await icon.getAttribute("class"), name));
  await drawn(/lucide-plus/);
  await tab.page.locator(".lucide-circle-plus[width='12']").waitFor();
  await tab.page.locator(".lucide-circle-help[width='12']").waitFor();
  await click(tab, "Redraw");
  await drawn(/lucide-minus/);
});

test("a table is sorted and searched by the user, and shows what the state gets", async (context) => {
  const tab = await site.open(context, "data/tables");
  const names = async () => tab.page.locator("td[data-column-id='name']").allTextContents();
  const shows = (...expected) => eventually(async () => assert.deepEqual(await names(), expected));
  await shows("Grace", "Ada", "Emmy");
  await tab.page.locator("th[data-column-id='name'] button").click();
  await shows("Ada", "Emmy", "Grace");
  await tab.page.locator(".gridjs-search-input").fill("mm");
  await shows("Emmy");
  await click(tab, "Meet");
  await shows("Grace", "Ada", "Emmy", "Alan");
});

test("an edited cell arrives in the state", async (context) => {
  const tab = await site.open(context, "data/tables");
  const grid = tab.page.locator("canvas[data-testid='data-grid-canvas']");
  await grid.waitFor();
  const cell = tab.page.locator("[data-testid='glide-cell-0-1']");
  await eventually(async () => assert.equal(await cell.textContent(), "Grace"));
  const { x, y } = await grid.boundingBox();
  await tab.page.mouse.click(x + 30, y + HEADER_PX + 1.5 * ROW_PX);
  await tab.page.locator("[data-testid='glide-cell-0-1'][aria-selected='true']").waitFor({
    state: "attached",
  });
  await tab.page.keyboard.press("Enter");
  await tab.page.locator("#portal textarea").fill("Emmy");
  await tab.page.keyboard.press("Enter");
  await told(tab, "edited 0,1: Emmy");
  await eventually(async () => assert.equal(await cell.textContent(), "Emmy"));
});

test("a spreadsheet is as high as its rows, and no higher than its box", async (context) => {
  const tab = await site.open(context, "data/grids");
  const height = async (id) => {
    const box = await tab.page.locator(`#${id} canvas[data-testid='data-grid-canvas']`).boundingBox();
    return box.height;
  };
  const least = HEADER_PX + 2 * ROW_PX;
  await eventually(async () => assert.ok((await height("free")) >= least, await height("free")));
  await eventually(async () => assert.ok((await height("low")) > 0));
  assert.ok((await height("low")) <= 120, `${await height("low")} is more than the box has`);
});

test("Plotly draws, tells of clicks, and draws again", async (context) => {
  const tab = await site.open(context, "data/plots");
  const bars = tab.page.locator("#plot .bars .point path");
  await eventually(async () => assert.equal(await bars.count(), 2), PLOTLY_MS_MAX);
  const basic = tab.page.locator("#basic .bars .point path");
  await eventually(async () => assert.equal(await basic.count(), 2), PLOTLY_MS_MAX);
  const height = async (bar) => Math.round((await bars.nth(bar).boundingBox()).height);
  const [low, high] = [await height(0), await height(1)];
  assert.ok(high > low * 1.8, `${high} is not twice ${low}`);
  const box = await bars.nth(1).boundingBox();
  await tab.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await told(tab, "point b");
  await click(tab, "Redraw");
  await eventually(async () => assert.deepEqual([await height(0), await height(1)], [high, low]));
});

test("chosen files are shown until they are cleared, refused ones are told of", async (context) => {
  const tab = await site.open(context, "data/files");
  const file = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from("text") });
  const input = tab.page.locator("#one input[type='file']");
  const chosen = (...names) =>
    eventually(async () => {
      assert.deepEqual(await tab.page.locator("#chosen > *").allTextContents(), names);
      assert.equal(await tab.page.locator("#count").textContent(), `${names.length}`);
    });
  await chosen();
  await input.setInputFiles([file("a.txt"), file("b.txt")]);
  await chosen("a.txt", "b.txt");
  await click(tab, "Clear");
  await chosen();
  await input.setInputFiles([{ ...file("c.png"), mimeType: "image/png" }]);
  await tab.page.getByText("Files not accepted").waitFor();
});

test("chosen files reach a handler, with progress; dropped ones at once", async (context) => {
  const tab = await site.open(context, "data/files");
  const file = (name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(`of ${name}`) });
  await tab.page.locator("#one input[type='file']").setInputFiles([file("a.txt"), file("b.txt")]);
  await click(tab, "Send");
  await told(tab, "sent: ['a.txt', 'b.txt'] ['of a.txt', 'of b.txt'] 8 text/plain");
  await eventually(async () => {
    assert.equal(await tab.page.locator("#progress").textContent(), "100");
  });
  await tab.page.locator("#two input[type='file']").setInputFiles([file("c.txt")]);
  await told(tab, "dropped: ['c.txt'] ['of c.txt'] 8 text/plain");
});

test("a background handler reads files piece by piece", async (context) => {
  const { page } = await site.open(context, "chunked");
  const file = (name, size) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "x") });
  const files = [file("a.txt", 300_000), file("b.txt", 5)];
  await page.locator("#one input[type='file']").setInputFiles(files);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const read = "a.txt 0+262144, a.txt 262144+37856, b.txt 0+5, all";
  await page.locator("#read", { hasText: read }).waitFor();
});
