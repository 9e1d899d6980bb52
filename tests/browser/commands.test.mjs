/** Special events: what a person sees of each, bound in a page and returned by a handler. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { BROWSER_COOKIE, connected, eventually, received } from "./browser.mjs";
import { useSite } from "./harness.mjs";

const PLACES = ["page", "handler"];
const QUIET_MS = 300;
/** Bytes that the app's largest download has. */
const MUCH = 8 << 20;

const site = useSite(path.join(import.meta.dirname, "apps"));

const open = (context, options) => site.open(context, "commands", options);

/** Runs the test once for each place from which an event may come. */
function testBoth(name, options, run) {
  for (const place of PLACES) {
    test(`${name} (${place})`, async (context) => {
      const tab = await open(context, options);
      const { page } = tab;
      const button = (event) => buttonOf(page, `${place}: ${event}`);
      const press = (event) => button(event).click();
      await run({ tab, page, button, press, context: page.context() });
    });
  }
}

const buttonOf = (page, name) => page.getByRole("button", { name, exact: true });
const clickOn = (tab, name) => buttonOf(tab.page, name).click();

/** Waits until exactly these have come back to the server. */
const got = (tab, expected) =>
  eventually(async () => {
    assert.deepEqual(await tab.page.locator(".got").allTextContents(), expected);
  });

const stored = (page, area) => page.evaluate((name) => ({ ...window[name] }), area);

testBoth("redirects", {}, async ({ tab, page, press }) => {
  await press("redirect");
  await page.getByRole("heading", { name: "The second page" }).waitFor();
  assert.match(page.url(), /\/commands\/second$/);
  await buttonOf(page, "back").click();
  await buttonOf(page, "page: redirect").waitFor();
  await page.waitForURL(/\/commands\/$/);
  assert.equal(received(tab, "state").length, 1, "the document was loaded again");
});

testBoth("a redirect in place of the page", {}, async ({ page, press }) => {
  const length = await page.evaluate(() => history.length);
  await press("redirect and replace");
  await page.getByRole("heading", { name: "The second page" }).waitFor();
  assert.equal(await page.evaluate(() => history.length), length);
});

testBoth("redirects to other windows", {}, async ({ page, press, context }) => {
  for (const event of ["redirect outside", "popup"]) {
    const opened = context.waitForEvent("page");
    await press(event);
    const other = await opened;
    await other.getByRole("heading", { name: "The second page" }).waitFor();
    assert.equal(await other.evaluate(() => window.opener), null);
    await other.close();
  }
  assert.match(page.url(), /\/commands\/$/);
});

test("a redirect to what was typed leads out of the app", async (context) => {
  const tab = await open(context);
  const address = new URL("/elsewhere/", tab.page.url()).href;
  const before = tab.frames.length;
  await tab.page.locator("#address").fill(address);
  await tab.page.getByRole("heading", { name: "Elsewhere" }).waitFor();
  await connected(tab, before);
});

testBoth("alerts and the console", {}, async ({ tab, page, press }) => {
  const dialog = page.waitForEvent("dialog").then(async (shown) => {
    const text = shown.message();
    await shown.accept();
    return text;
  });
  await press("alert");
  assert.equal(await dialog, "Look");
  const logged = page.waitForEvent("console");
  await press("log");
  const [value] = (await logged).args();
  assert.deepEqual(await value.jsonValue(), { here: [1, null] });
  const texts = [];
  page.on("console", (message) => texts.push(message.text()));
  await press("several");
  await eventually(() => assert.deepEqual(texts, ["one", "two"]));
  await press("nothing");
  assert.deepEqual(tab.problems, []);
});

testBoth("values and focus", {}, async ({ page, press, button }) => {
  const field = page.locator("#field");
  await press("value");
  await eventually(async () => assert.equal(await field.inputValue(), "written"));
  const isFocused = () => field.evaluate((element) => element === document.activeElement);
  await press("focus");
  await eventually(async () => assert.ok(await isFocused()));
  // A real click would take the focus away by itself.
  await button("blur").dispatchEvent("click");
  await eventually(async () => assert.ok(!(await isFocused())));
});

testBoth("scrolling", {}, async ({ page, press }) => {
  const far = page.locator("#far");
  const top = () => far.evaluate((element) => element.getBoundingClientRect().top);
  const bottom = () =>
    far.evaluate((element) => innerHeight - element.getBoundingClientRect().bottom);
  await press("scroll");
  await eventually(async () => assert.ok(Math.abs(await top()) < 2, `top at ${await top()}`));
  await page.evaluate(() => scrollTo(0, 0));
  await press("scroll to the bottom");
  await eventually(async () => assert.ok(Math.abs(await bottom()) < 2));
});

testBoth("the clipboard", {}, async ({ page, press, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await press("copy");
  await eventually(async () => assert.equal(await copied(), "copied"));
});

testBoth("the colour mode", {}, async ({ page, press }) => {
  const mode = () => page.evaluate(() => document.documentElement.className);
  await press("dark");
  await eventually(async () => assert.equal(await mode(), "dark"));
  await press("toggle");
  await eventually(async () => assert.equal(await mode(), "light"));
});

async function downloaded(page, press, event) {
  const started = page.waitForEvent("download");
  await press(event);
  const download = await started;
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

testBoth("downloads", {}, async ({ tab, page, press }) => {
  const names = await downloaded(page, press, "download an address");
  assert.equal(names.name, "names.json");
  assert.ok(JSON.parse(names.content).handlers.length > 0);
  const text = await downloaded(page, press, "download text");
  assert.deepEqual([text.name, text.content.toString()], ["a.txt", "Grüße\n"]);
  const bytes = await downloaded(page, press, "download bytes");
  assert.equal(bytes.name, "b.bin");
  assert.deepEqual([...bytes.content], Array.from({ length: 256 }, (_, index) => index));
  const json = await downloaded(page, press, "download JSON");
  assert.deepEqual([json.name, JSON.parse(json.content)], ["c.json", { a: [1, null] }]);
  assert.deepEqual(tab.problems, []);
});

test("a download of megabytes out of a handler", async (context) => {
  const tab = await open(context);
  const much = await downloaded(tab.page, (name) => clickOn(tab, name), "download much");
  assert.equal(much.name, "much.bin");
  assert.equal(much.content.length, MUCH);
  assert.ok(much.content.every((byte) => byte === 120));
  await clickOn(tab, "yields");
  await got(tab, ["between", "third"]);
});

testBoth("cookies", {}, async ({ page, press, context }) => {
  const domain = new URL(page.url()).hostname;
  const add = (place) => context.addCookies([{ name: "mine", value: "1", domain, path: place }]);
  const names = async () => (await context.cookies()).map(({ name }) => name);
  const none = () => eventually(async () => assert.deepEqual(await names(), [BROWSER_COOKIE]));
  await add("/");
  await press("forget a cookie");
  await none();
  await add("/commands");
  await press("forget a cookie below");
  await none();
});

testBoth("storages, but for what the shell keeps there", {}, async ({ tab, page, press }) => {
  await press("dark");
  const colorMode = async () => (await stored(page, "localStorage"))["ferroflex:color_mode"];
  await eventually(async () => assert.equal(await colorMode(), "dark"));
  const own = {
    local: await stored(page, "localStorage"),
    session: await stored(page, "sessionStorage"),
  };
  assert.ok(own.session["ferroflex:token:/commands"]);
  const fill = () =>
    page.evaluate(() => {
      for (const area of [localStorage, sessionStorage]) {
        area.setItem("mine", "1");
        area.setItem("other", "2");
      }
    });
  const isLeft = (area, expected) =>
    eventually(async () => assert.deepEqual(await stored(page, `${area}Storage`), expected));
  await fill();
  await press("forget one");
  await isLeft("local", { ...own.local, other: "2" });
  await press("forget all");
  await isLeft("local", own.local);
  await press("forget one of the session");
  await isLeft("session", { ...own.session, other: "2" });
  await press("forget the token");
  await press("forget the session");
  await isLeft("session", own.session);
  const before = tab.frames.length;
  await page.reload();
  await connected(tab, before);
  assert.deepEqual(await stored(page, "sessionStorage"), own.session, "the session goes on");
});

const toastOf = (page, text) => page.locator("[data-sonner-toast]").filter({ hasText: text });

testBoth("toasts of every level", {}, async ({ page, press }) => {
  const shown = [
    ["toast", "plain", "default"],
    ["toast success", "good", "success"],
    ["toast error", "bad", "error"],
    ["toast loading", "slow", "loading"],
    ["toast level", "leveled", "info"],
  ];
  for (const [event, text, level] of shown) {
    await press(event);
    await toastOf(page, text).waitFor();
    const type = await toastOf(page, text).getAttribute("data-type");
    assert.equal(type ?? "default", level);
  }
  await press("dismiss");
  await toastOf(page, "slow").waitFor({ state: "detached" });
  assert.equal(await toastOf(page, "leveled").count(), 1);
  await press("dismiss all");
  await eventually(async () => assert.equal(await page.locator("[data-sonner-toast]").count(), 0));
});

testBoth("a toast with all that it may have", {}, async ({ tab, page, press }) => {
  const toast = toastOf(page, "title");
  await press("toast with all");
  await toast.waitFor();
  assert.match(await toast.textContent(), /title.*message/);
  assert.equal(await toast.getAttribute("data-y-position"), "top");
  assert.equal(await toast.getAttribute("data-x-position"), "center");
  assert.match(await toast.getAttribute("class"), /marked/);
  assert.equal(
    await toast.evaluate((element) => getComputedStyle(element).backgroundColor),
    "rgb(1, 2, 3)",
  );
  await toast.getByRole("button", { name: "Undo" }).click();
  await got(tab, ["undone"]);
  await toast.waitFor({ state: "detached" });
  await press("toast with all");
  await toast.getByRole("button", { name: "Never mind" }).click();
  await got(tab, ["undone", "cancelled"]);
  await toast.waitFor({ state: "detached" });
  await press("toast with all");
  await toast.getByRole("button", { name: "Close toast" }).click();
  await got(tab, ["undone", "cancelled", "'many'"]);
});

testBoth("a toast that goes by itself", {}, async ({ tab, page, press }) => {
  await press("toast that goes");
  await got(tab, ["gone"]);
  await toastOf(page, "brief").waitFor({ state: "detached" });
});

testBoth("scripts and what follows from them", {}, async ({ tab, page, press }) => {
  const events = [
    ["expression", "2"],
    ["statements", "[1, 'a; b']"],
    ["promise", "'now' and 5"],
    ["further arguments", "'given' and 'r'"],
    ["several callbacks", '"it\'s 42"'],
    ["scripts in turn", "'inner'"],
    ["function", "'Commands'"],
    ["no value", "None"],
  ];
  const all = [];
  for (const [event, result] of events) {
    await press(event);
    all.push(result);
    await got(tab, all);
  }
  await toastOf(page, "it's 42").waitFor();
  assert.equal(await page.locator("#field").inputValue(), "it's 42");
  assert.equal(await page.evaluate(() => window.ran), 1);
  await press("statements");
  await got(tab, [...all, "[1, 'a; b']"]);
});

const FAILURES = [/no is not defined/, /refused/, /Unexpected identifier|missing \)/i];

testBoth("scripts that fail are reported", { expected: FAILURES }, async ({ tab, page, press }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const events = ["script that fails", "script that rejects", "no script"];
  for (const [index, event] of events.entries()) {
    await press(event);
    await eventually(() => assert.equal(errors.length, index + 1, `${event}: ${errors}`));
    assert.match(errors[index], FAILURES[index]);
  }
  await press("expression");
  await got(tab, ["2"]);
});

test("events take Vars and what a trigger gives", async (context) => {
  const tab = await open(context);
  const { page } = tab;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await clickOn(tab, "copy a Var");
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await eventually(async () => assert.equal(await copied(), "Grüße"));
  await clickOn(tab, "toast a Var");
  await toastOf(page, "Grüße, 7").waitFor();
  const table = await downloaded(page, (name) => clickOn(tab, name), "download a Var");
  assert.deepEqual([table.name, JSON.parse(table.content)], ["table.json", { a: [1, 2] }]);
  await clickOn(tab, "script of a Var");
  await got(tab, ["'Grüße7'"]);
  await clickOn(tab, "call a Var");
  await got(tab, ["'Grüße7'", "called"]);
  await page.locator("#typed").fill("t");
  await got(tab, ["'Grüße7'", "called", "'t' and 'result'"]);
  const logged = page.waitForEvent("console");
  await page.locator("#logged").fill("typed");
  assert.equal((await logged).text(), "typed");
});

test("events that a handler yields come in order, with its changes", async (context) => {
  const tab = await open(context);
  await clickOn(tab, "yields");
  await toastOf(tab.page, "first").waitFor();
  await toastOf(tab.page, "second").waitFor();
  await got(tab, ["between", "third"]);
});

test("stop_propagation and prevent_default in a list of events", async (context) => {
  const tab = await open(context);
  await clickOn(tab, "stopped");
  await got(tab, ["inner"]);
  await tab.page.getByRole("link", { name: "prevented" }).click();
  await got(tab, ["inner", "stayed"]);
  await sleep(QUIET_MS);
  await got(tab, ["inner", "stayed"]);
  assert.match(tab.page.url(), /\/commands\/$/);
});
