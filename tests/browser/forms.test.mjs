/** Forms: what a handler is given of each kind of control, and that nothing typed is lost. */
import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { connected, eventually, openTab } from "./browser.mjs";
import { useSite } from "./harness.mjs";
import { ROOT, startServer } from "./server.mjs";

const APPS = path.join(ROOT, "tests", "browser", "apps");
const DELAY_MS = 20;
/** Chromium reports a socket that it could not open; these tests see to it that it cannot. */
const expected = [/WebSocket connection to .* failed/, /net::ERR_CONNECTION_REFUSED/];

const site = useSite(APPS);

const told = ({ page }) => page.locator("#told").textContent();
const eventuallyTold = (tab, text) => eventually(async () => assert.equal(await told(tab), text));

test("each kind of control is there by its name as the browser sends it", async (context) => {
  const tab = await site.open(context, "forms");
  await tab.page.locator("[name=password]").fill("p w");
  await tab.page.locator("#send").click();
  await eventuallyTold(
    tab,
    "{'text': 'hello', 'number': '7', 'password': 'p w', 'date': '2026-02-03', " +
      "'color': '#ff0000', 'hidden': 'h', 'note': 'a\\nb', 'ticked': 'on', 'switched': 'on', " +
      "'native': 'on', 'valued': 'yes', 'many': 'c', 'select': 'two', 'radio': 'm', " +
      "'slider': '30', 'range[]': '60'}",
  );
});

test("controls that the user changed are sent as they are", async (context) => {
  const tab = await site.open(context, "forms");
  const form = tab.page.locator("#named");
  await form.locator("[name=text]").fill("changed");
  await form.getByText("unticked", { exact: true }).click();
  await form.getByRole("switch").first().click();
  await form.getByRole("radio", { name: "s", exact: true }).click();
  await form.getByRole("combobox").click();
  await tab.page.getByRole("option", { name: "one" }).click();
  await form.getByRole("slider").first().press("ArrowRight");
  await form.locator("[name=text]").press("Enter");
  await eventually(async () => {
    const text = await told(tab);
    for (const part of [
      "'text': 'changed'",
      "'unticked': 'on'",
      "'radio': 's'",
      "'select': 'one'",
      "'slider': '31'",
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    assert.ok(!text.includes("'switched'"), text);
  });
  assert.equal(await tab.page.locator("#count").textContent(), "1");
});

test("each kind of control is there by its id, ticks as booleans", async (context) => {
  const tab = await site.open(context, "forms");
  await tab.page.locator("#send-ids").click();
  await eventuallyTold(
    tab,
    "{'id_text': 'hello', 'id_note': 'n', 'id_ticked': True, 'id_unswitched': False, " +
      "'id_native': False, 'id_slider': '30'}",
  );
});

test("a TypedDict gets numbers, booleans and lists", async (context) => {
  const tab = await site.open(context, "forms");
  await tab.page.locator("#send-order").click();
  await eventually(async () => {
    const text = await told(tab);
    assert.match(text, /'amount': 3\b/);
    assert.match(text, /'gift': False/);
    assert.match(text, /'tags': \['x', 'y'\]/);
  });
  await tab.page.locator("#order_gift").click();
  await tab.page.locator("#send-order").click();
  await eventually(async () => assert.match(await told(tab), /'gift': True/));
});

test("a dataclass is made of the fields", async (context) => {
  const tab = await site.open(context, "forms");
  await tab.page.locator("#send-person").click();
  await eventuallyTold(tab, "Ada is 36, member: True");
});

test("a button outside sends a form, with arguments besides its data", async (context) => {
  const tab = await site.open(context, "forms");
  await tab.page.locator("#send-outside").click();
  await eventuallyTold(tab, "({'one': '1'}, '1', 5)");
});

test("a form is sent only when its fields are valid", async (context) => {
  const tab = await site.open(context, "forms");
  const { page } = tab;
  await page.locator("#send-valid").click();
  assert.ok(await page.locator("#required").evaluate((input) => input.matches(":invalid:focus")));
  await page.locator("#required").fill("x");
  await page.locator("#pattern").fill("letters");
  await page.locator("#mail").fill("no address");
  await page.locator("#send-valid").click();
  assert.ok(await page.locator("#pattern").evaluate((input) => input.matches(":invalid:focus")));
  await page.locator("#pattern").fill("12");
  await page.locator("#mail").fill("a@b.c");
  await page.locator("#send-valid").click();
  await eventuallyTold(
    tab,
    "{'first': 'x', 'second': '12', 'mail': 'a@b.c', 'required': 'x', 'pattern': '12'}",
  );
  assert.equal(await page.locator("#count").textContent(), "1");
});

test("a form says what is wrong with a field, also when only the server knows", async (context) => {
  const tab = await site.open(context, "forms");
  const { page } = tab;
  const checkIn = page.getByRole("button", { name: "Check in" });
  const invalid = () => page.locator("#code").getAttribute("data-invalid");
  await checkIn.click();
  await page.getByText("A code is needed").waitFor();
  assert.equal(await told(tab), "", "an invalid form was sent");
  await page.locator("#code").fill("taken");
  await checkIn.click();
  await page.getByText("This code is taken").waitFor();
  assert.equal(await page.getByText("A code is needed").count(), 0);
  assert.equal(await invalid(), "true");
  await page.locator("#code").fill("free");
  await checkIn.click();
  await eventuallyTold(tab, "{'code': 'free'}");
  await eventually(async () => assert.equal(await invalid(), null));
  assert.equal(await page.getByText("This code is taken").count(), 0);
  assert.notEqual(await page.locator("#cleared").textContent(), "0");
});

test("a form without a handler does not leave the page", async (context) => {
  const { page } = await site.open(context, "forms");
  await page.evaluate(() => (globalThis.samePage = true));
  await page.locator("#lonely").fill("x");
  await page.locator("#lonely").press("Enter");
  await page.locator("#send").click();
  await eventually(async () => assert.equal(await page.locator("#count").textContent(), "1"));
  assert.ok(await page.evaluate(() => globalThis.samePage));
});

test("a form that is reset is empty once it was sent", async (context) => {
  const tab = await site.open(context, "forms");
  const { page } = tab;
  await page.locator("#gone").fill("text");
  await page.locator("#gone_tick").click();
  await page.locator("#send-emptied").click();
  await eventuallyTold(tab, "{'gone': 'text', 'tick': 'on', 'gone_tick': True}");
  assert.equal(await page.locator("#gone").inputValue(), "");
  await eventually(async () =>
    assert.equal(await page.locator("#gone_tick").getAttribute("aria-checked"), "false"),
  );
});

test("set_value changes an input that the state does not hold", async (context) => {
  const { page } = await site.open(context, "forms");
  await page.locator("#set").click();
  assert.equal(await page.locator("#free-text").inputValue(), "set by a button");
});

test("what was entered is still there after the socket was cut", async (context) => {
  const tab = await site.openThroughProxy(context, "forms", DELAY_MS, { expected });
  await enter(tab.page);
  const before = tab.frames.length;
  tab.proxy.cut();
  await tab.page.locator("#held-text").press("End");
  await tab.page.locator("#held-text").pressSequentially(" more");
  await connected(tab, before);
  await entered(tab.page, "held more");
});

test("what was entered is still there with another session", async (context) => {
  const folder = await folderOfForms(context);
  const { tab, restart } = await openAlone(context, folder);
  await enter(tab.page);
  await tab.page.evaluate(() => (globalThis.samePage = true));
  const before = tab.frames.length;
  await restart();
  await connected(tab, before);
  await entered(tab.page, "held");
  assert.ok(await tab.page.evaluate(() => globalThis.samePage), "the page was loaded again");
});

test("what was entered is still there after the page was loaded again", async (context) => {
  const folder = await folderOfForms(context);
  const { tab, restart } = await openAlone(context, folder);
  await enter(tab.page);
  await tab.page.evaluate(() => (globalThis.samePage = true));
  const before = tab.frames.length;
  const file = path.join(folder, "forms.py");
  const source = await readFile(file, "utf8");
  await writeFile(file, source.replace("a button outside", "").replace("Outside", "Beside"));
  await restart();
  await tab.page.getByText("Beside").waitFor();
  await connected(tab, before);
  assert.ok(!(await tab.page.evaluate(() => globalThis.samePage)), "the page is the old one");
  await entered(tab.page, "held", { sliders: false });
});

/** Enters something into every control of the app's last part. */
async function enter(page) {
  await page.locator("#held-text").fill("held");
  await page.locator("#held-check").click();
  await page.locator("#held-radio").getByRole("radio", { name: "m" }).click();
  await page.getByRole("combobox").last().click();
  await page.getByRole("option", { name: "pear" }).click();
  await page.locator("#held-level").getByRole("slider").press("ArrowRight");
  await page.locator("#free-text").fill("free");
  await page.locator("#free-check").click();
  await page.locator("#free-radio").getByRole("radio", { name: "m" }).click();
  await page.locator("#free-level").getByRole("slider").press("ArrowRight");
  await heldIs(page, "held|true|m|pear|[11]");
}

/** Whether it is all there, in the page and in the state. */
async function entered(page, text, { sliders = true } = {}) {
  const checked = (selector) => page.locator(selector).getAttribute("aria-checked");
  const radio = (group) => page.locator(group).getByRole("radio", { name: "m" });
  const level = (slider) => page.locator(slider).getByRole("slider").getAttribute("aria-valuenow");
  await heldIs(page, sliders ? `${text}|true|m|pear|[11]` : new RegExp(`^${text}\\|true\\|m\\|`));
  assert.equal(await page.locator("#held-text").inputValue(), text);
  assert.equal(await checked("#held-check"), "true");
  assert.equal(await radio("#held-radio").getAttribute("aria-checked"), "true");
  assert.equal(await page.locator("#free-text").inputValue(), "free");
  assert.equal(await checked("#free-check"), "true");
  assert.equal(await radio("#free-radio").getAttribute("aria-checked"), "true");
  if (sliders) assert.equal(await level("#held-level"), "11");
  if (sliders) assert.equal(await level("#free-level"), "11");
}

async function heldIs(page, wanted) {
  await eventually(async () => {
    const held = (await page.locator("#held").textContent()).replace("True", "true");
    if (typeof wanted === "string") assert.equal(held, wanted);
    else assert.match(held, wanted);
  }, 15_000);
}

async function folderOfForms(context) {
  const folder = await mkdtemp(path.join(tmpdir(), "ferroflex-forms-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await copyFile(path.join(APPS, "forms.py"), path.join(folder, "forms.py"));
  return folder;
}

/** Opens the only app of a folder on a server that can be started anew at the same address. */
async function openAlone(context, folder) {
  let server = await startServer(folder);
  const port = new URL(server.url).port;
  const profile = await site.profile(context);
  context.after(() => server.stop());
  const tab = await openTab(profile, server.url, expected);
  context.after(() => assert.deepEqual(tab.problems, [], "the console has something to say"));
  const restart = async () => {
    await server.stop();
    server = await startServer(folder, port);
  };
  return { tab, restart };
}
