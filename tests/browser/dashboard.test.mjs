/** The dashboard: figures, charts, tables that are searched and sorted, a drawer on a phone. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";

import { seriousFaults } from "./accessibility.mjs";
import { closeProfile, eventually, launchBrowser, openTab } from "./browser.mjs";
import { looksAsBefore } from "./pictures.mjs";
import { ROOT, startServer } from "./server.mjs";

const PAGES = {
  overview: "/",
  orders: "/orders",
  customers: "/customers",
  settings: "/settings",
};
const ORDER_COUNT = 2680;
const PAGE_SIZE = 12;
const PHONE = { width: 390, height: 844 };

let server, browser;
before(async () => {
  server = await startServer(path.join(ROOT, "apps", "dashboard"));
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens a page in a profile of the test's own, whose console must stay empty. */
async function open(context, address, options = {}) {
  const profile = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: "reduce",
    ...options,
  });
  context.after(() => closeProfile(profile));
  const tab = await openTab(profile, server.url + address);
  context.after(() => assert.deepEqual(tab.problems, [], "the console has something to say"));
  return tab.page;
}

const rows = (page) => page.locator("tbody tr");
const counted = (page, text) => page.getByRole("status").filter({ hasText: text }).waitFor();
/** The texts of a column, from 1. */
const column = (page, number) =>
  page.locator(`tbody tr > :nth-child(${number})`).allTextContents();

async function choose(page, label, option) {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("figures and charts follow the period", async (context) => {
  const page = await open(context, "/");
  await page.getByText("€41,118").waitFor();
  await page.getByText("+7.7%").waitFor();
  assert.equal(await page.locator(".recharts-bar-rectangle").count(), 18);
  assert.equal(await page.locator(".recharts-pie-sector").count(), 4);
  const curve = () => page.locator(".recharts-area-curve").last().getAttribute("d");
  const before = await curve();

  await page.getByRole("radio", { name: "90 days" }).click();
  await page.getByText("+28.4%").waitFor();
  await eventually(async () => assert.notEqual(await curve(), before));
});

test("orders are searched, filtered by status and by date", async (context) => {
  const page = await open(context, "/orders");
  await counted(page, `${ORDER_COUNT} orders`);
  assert.equal(await rows(page).count(), PAGE_SIZE);

  await choose(page, "Status", "Refunded");
  await eventually(async () => {
    const statuses = new Set(await column(page, 5));
    assert.deepEqual([...statuses], ["Refunded"]);
  });
  await page.getByLabel("From", { exact: true }).fill("2026-06-01");
  await page.getByLabel("To", { exact: true }).fill("2026-06-15");
  await eventually(async () => {
    const dates = await column(page, 3);
    assert.ok(dates.length > 0 && dates.every((date) => /^2026-06-(0.|1[0-5])$/.test(date)), dates);
  });
  await page.getByLabel("Search orders").fill("nobody of this name");
  await page.getByText("No order matches.").waitFor();
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await counted(page, `${ORDER_COUNT} orders`);
});

test("a click on a header sorts, a second one turns the order around", async (context) => {
  const page = await open(context, "/orders");
  const header = page.getByRole("columnheader", { name: "Total" });
  const amounts = async () =>
    (await column(page, 6)).map((text) => Number(text.replace(/[€,]/g, "")));
  for (const [direction, compare] of [
    ["descending", (a, b) => b - a],
    ["ascending", (a, b) => a - b],
  ]) {
    await header.getByRole("button").click();
    await eventually(async () => assert.equal(await header.getAttribute("aria-sort"), direction));
    const seen = await amounts();
    assert.deepEqual(seen, seen.toSorted(compare));
    assert.equal(seen.length, PAGE_SIZE);
  }
});

test("pages of orders follow each other up to the last", async (context) => {
  const page = await open(context, "/orders");
  const [first] = await column(page, 1);
  assert.ok(await page.getByRole("button", { name: "Previous page" }).isDisabled());
  await page.getByRole("button", { name: "Next page" }).click();
  await page.getByText("Page 2 of 224").waitFor();
  assert.ok(!(await column(page, 1)).includes(first));

  await page.getByLabel("Search orders").fill("#12680");
  await page.getByText("Page 1 of 1").waitFor();
  assert.deepEqual(await column(page, 1), [first]);
  assert.ok(await page.getByRole("button", { name: "Next page" }).isDisabled());
});

test("an order opens in a dialog whose lines add up", async (context) => {
  const page = await open(context, "/orders");
  await page.getByRole("button", { name: "Order #12678" }).click();
  const dialog = page.getByRole("dialog", { name: "Order #12678" });
  await dialog.getByText("ada.novak@example.com").waitFor();
  const cells = await dialog.locator("tbody tr").evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent.replace(/[€,]/g, ""))),
  );
  const [, total] = cells.pop();
  const sum = cells.reduce((sum, [, quantity, price]) => sum + quantity * price, 0);
  assert.equal(sum.toFixed(2), total);
  assert.deepEqual(await seriousFaults(page), []);

  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
});

test("what was found is exported", async (context) => {
  const page = await open(context, "/orders");
  await page.getByLabel("Search orders").fill("#12680");
  await counted(page, /^1 orders/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "orders.csv");
  const lines = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
  assert.equal(lines[0], "number,customer,date,channel,status,total");
  assert.match(lines[1], /^#12680,/);
  assert.equal(lines.length, 2);
});

test("customers are found by name and by segment", async (context) => {
  const page = await open(context, "/customers");
  await choose(page, "Segment", "Silver");
  await eventually(async () => {
    assert.deepEqual([...new Set(await column(page, 3))], ["Silver"]);
  });
  await choose(page, "Segment", "Everyone");
  await page.getByLabel("Search customers").fill("oslo");
  await eventually(async () => {
    assert.deepEqual([...new Set(await column(page, 2))], ["Oslo"]);
  });
});

test("the profile is checked and saved", async (context) => {
  const page = await open(context, "/settings");
  await page.getByLabel("Email").fill("nowhere");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("That is not an email address.").waitFor();
  await page.getByLabel("Email").fill("mira@kestrel.test");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Your profile is saved.").waitFor();
});

test("compact tables are lower, and stay so over a reload", async (context) => {
  const page = await open(context, "/orders");
  const height = () => rows(page).first().evaluate((row) => row.offsetHeight);
  const before = await height();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("switch", { name: "Compact tables" }).click();
  await page.getByRole("switch", { name: "Compact tables", checked: true }).waitFor();
  await page.getByRole("link", { name: "Orders" }).click();
  await eventually(async () => assert.ok((await height()) < before));
  await page.reload();
  await eventually(async () => assert.ok((await height()) < before));
});

test("dark mode is switched in the settings", async (context) => {
  const page = await open(context, "/settings", { colorScheme: "light" });
  await page.getByRole("switch", { name: "Dark mode" }).click();
  const classes = () => page.locator("html").getAttribute("class");
  await eventually(async () => assert.match(await classes(), /dark/));
});

test("the sidebar is a drawer on a phone", async (context) => {
  const page = await open(context, "/", { viewport: PHONE });
  assert.equal(await page.getByRole("navigation", { name: "Main" }).count(), 0);
  await page.getByRole("button", { name: "Open the navigation" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("link", { name: "Customers" }).click();
  await page.getByRole("heading", { level: 1, name: "Customers" }).waitFor();
  await drawer.waitFor({ state: "hidden" });
});

test("a phone shows every page without scrolling sideways", async (context) => {
  for (const address of Object.values(PAGES)) {
    const page = await open(context, address, { viewport: PHONE });
    await page.getByRole("heading", { level: 1 }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, PHONE.width, address);
  }
});

test("without JavaScript, the figures and the first orders are there", async (context) => {
  const profile = await browser.newContext({ javaScriptEnabled: false });
  context.after(() => profile.close());
  const page = await profile.newPage();
  await page.goto(`${server.url}/`);
  await page.getByText("€41,118").waitFor();
  const navigation = page.getByRole("navigation", { name: "Main" });
  await navigation.getByRole("link", { name: "Orders" }).click();
  assert.equal(await page.title(), "Orders · Kestrel");
  assert.equal(await rows(page).count(), PAGE_SIZE);
});

for (const colorScheme of ["light", "dark"]) {
  for (const [name, address] of Object.entries(PAGES)) {
    test(`${name} looks as it did, nothing serious for axe, ${colorScheme}`, async (context) => {
      const page = await open(context, address, { colorScheme });
      await looksAsBefore(page, `dashboard-${name}-${colorScheme}`);
      assert.deepEqual(await seriousFaults(page), []);
    });
  }

  test(`a phone's overview and orders look as they did, ${colorScheme}`, async (context) => {
    for (const name of ["overview", "orders"]) {
      const page = await open(context, PAGES[name], { colorScheme, viewport: PHONE });
      await looksAsBefore(page, `dashboard-${name}-phone-${colorScheme}`);
      assert.deepEqual(await seriousFaults(page), []);
    }
  });
}
