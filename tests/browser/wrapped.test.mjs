/** What `rx.App` puts around and beside its pages, and what it is told of errors. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { eventually, screenshots } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const site = useSite(path.join(import.meta.dirname, "apps"));

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();

test("components stand around every page, in the order of their numbers", async (context) => {
  const { page } = await site.open(context, "wrapped");
  const html = await (await fetch(page.url())).text();
  assert.match(html, /id="outer".*counted .*id="inner".*Wrapped/s);
  await page.locator("#outer > #inner h1").waitFor();
  await press(page, "add");
  await page.locator("#bar", { hasText: "counted 1" }).waitFor();
  await page.getByRole("link", { name: "other" }).click();
  await heading(page, "Other");
  await page.locator("#outer > #inner h1").waitFor();
  await page.locator("#bar", { hasText: "counted 1" }).waitFor();
});

test("what stands around the pages stays when one follows another", async (context) => {
  const { page } = await site.open(context, "wrapped");
  const note = page.getByLabel("note");
  await page.locator("#begun", { hasText: "begun 1" }).waitFor();
  await note.fill("kept");
  for (const [link, title] of [
    ["other", "Other"],
    ["back", "Wrapped"],
    ["other", "Other"],
  ]) {
    await page.getByRole("link", { name: link }).click();
    await heading(page, title);
    assert.equal(await note.inputValue(), "kept", title);
  }
  await page.goBack();
  await heading(page, "Wrapped");
  // By now it would have been told that something began anew.
  await press(page, "add");
  await page.locator("#bar", { hasText: "counted 1" }).waitFor();
  assert.equal(await page.locator("#begun").textContent(), "begun 1");
  await press(page, "add");
  await page.locator("#bar", { hasText: "counted 2" }).waitFor();
});

test("an app without a toaster shows messages only where a page has one", async (context) => {
  const { page } = await site.open(context, "silent");
  const messages = page.locator("[data-sonner-toast]");
  await press(page, "say");
  await page.locator("#said", { hasText: "said 1" }).waitFor();
  await press(page, "say");
  await page.locator("#said", { hasText: "said 2" }).waitFor();
  assert.equal(await page.locator("[data-sonner-toaster]").count(), 0);
  await page.getByRole("link", { name: "heard" }).click();
  await heading(page, "Heard");
  await press(page, "say");
  await messages.filter({ hasText: "message 3" }).waitFor();
  assert.equal(await messages.count(), 1);
});

test("messages are shown by the toaster that the app has given", async (context) => {
  const { page } = await site.open(context, "wrapped");
  await press(page, "say");
  await page.locator("[data-sonner-toast]", { hasText: "said" }).waitFor();
  const area = page.locator("[data-sonner-toaster]");
  assert.equal(await area.getAttribute("data-y-position"), "top");
  assert.equal(await area.getAttribute("data-x-position"), "left");
  await screenshots(page, "wrapped");
});

test("the app is told of errors in handlers and in the browser", async (context) => {
  const expected = [/exploded/, /rejected/, /no such thing/];
  const { page } = await site.open(context, "wrapped", { expected });
  await press(page, "fail");
  await page.getByText("ValueError: no such thing").first().waitFor();
  await page.evaluate(() => {
    setTimeout(() => {
      throw new TypeError("it exploded");
    });
    Promise.reject(new Error("it was rejected"));
  });
  await eventually(async () => {
    await press(page, "look");
    const told = await page.locator("#told").textContent();
    assert.match(told, /TypeError: it exploded/);
    assert.match(told, /Error: it was rejected/);
  });
});
