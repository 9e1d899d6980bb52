/**
 * What users see of a store that is away, and of a newer version of the app: a calm banner, what they
 * type and do is kept, and a page that loads itself at most once.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

import { eventually, launchBrowser, openTab, screenshots } from "./browser.mjs";
import { useSite } from "./harness.mjs";
import { startServer } from "./server.mjs";

/** While a server restarts its address is refused, which Chromium reports. */
const expected = [/WebSocket connection to .* failed/];

const site = useSite();

test("a store that is away has a banner over the page, which stays usable", async (context) => {
  const { page, sockets } = await openWithSockets(context);
  const button = page.getByRole("button", { name: "Increment" });
  const before = await button.boundingBox();
  sockets[0].send('{"t":"store","waiting":true}');
  const banner = page.getByRole("status").filter({ hasText: "Saving takes longer" });
  await banner.waitFor();
  assert.deepEqual(await button.boundingBox(), before, "the banner moves the page");
  await button.click();
  await eventually(async () => assert.equal(await page.getByTestId("count").textContent(), "1"));
  await screenshots(page, "store-away");
  sockets[0].send('{"t":"store","waiting":false}');
  await banner.waitFor({ state: "detached" });
});

test("a newer version is loaded once; what was typed and done goes over", async (context) => {
  const { tab, page, stop, renew } = await openFirstVersion(context);
  const loads = [];
  page.on("load", () => loads.push(page.url()));
  await stop();
  await page.getByLabel("free text").fill("half a sen");
  await page.getByRole("button", { name: "Note" }).click();
  await renew();
  await showsSecondVersion(page, "1 noted", "half a sen");
  assert.equal(loads.length, 1);
  assert.deepEqual(tab.problems, []);
});

test("what is done until the newer version is there goes over as well", async (context) => {
  const { tab, page, stop, renew } = await openFirstVersion(context);
  let show;
  const isShown = new Promise((resolve) => (show = resolve));
  await page.route("**/", async (route) => {
    await isShown;
    await route.continue();
  });
  // Playwright itself waits for a page that is on its way.
  await page.evaluate(() => {
    const work = () => {
      document.querySelector("button").click();
      document.querySelector("input").focus();
      document.execCommand("insertText", false, "late");
      console.info("worked");
    };
    addEventListener("beforeunload", () => setTimeout(work));
  });
  const hasWorked = page.waitForEvent("console", (message) => message.text() === "worked");
  await stop();
  await renew();
  await hasWorked;
  show();
  await showsSecondVersion(page, "1 noted", "late");
  assert.deepEqual(tab.problems, []);
});

/** Opens the first version; gives what ends its server, and what starts that of the second one. */
async function openFirstVersion(context) {
  const folder = await mkdtemp(path.join(tmpdir(), "ferroflex-deploys-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await writeVersion(folder, 1);
  let server = await startServer(folder);
  context.after(() => server.stop());
  const browser = await launchBrowser();
  context.after(() => browser.close());
  const tab = await openTab(await browser.newContext(), `${server.url}/`, expected);
  await tab.page.getByText("Version 1").waitFor();
  const port = Number(new URL(server.url).port);
  const renew = async () => {
    await writeVersion(folder, 2);
    server = await startServer(folder, port);
  };
  return { tab, page: tab.page, stop: () => server.stop(), renew };
}

async function showsSecondVersion(page, noted, text) {
  await page.getByText("Version 2").waitFor({ timeout: 20_000 });
  await eventually(async () => {
    assert.equal(await page.getByTestId("noted").textContent(), noted);
  });
  assert.equal(await page.getByLabel("free text").inputValue(), text);
}

/** Opens the counter with its sockets in between, so that the test can speak for the server. */
async function openWithSockets(context) {
  const sockets = [];
  const page = await (await site.profile(context)).newPage();
  await page.routeWebSocket(/\/_socket$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((text) => socket.send(text));
    socket.onMessage((text) => server.send(text));
    sockets.push(socket);
  });
  await page.goto(`${site.url()}/counter/`);
  await eventually(() => assert.equal(sockets.length, 1));
  await page.getByTestId("count").waitFor();
  return { page, sockets };
}

/** The second version has a handler before the others, so that their numbers differ. */
async function writeVersion(folder, version) {
  const added = version === 1 ? [] : ["    @rx.event", "    def added(self):", "        pass", ""];
  const source = [
    "import reflex as rx",
    "",
    "",
    "class State(rx.State):",
    "    count: int = 0",
    "",
    ...added,
    "    @rx.event",
    "    def note(self):",
    "        self.count += 1",
    "",
    "",
    "def index():",
    "    return rx.vstack(",
    `        rx.heading("Version ${version}"),`,
    '        rx.input(custom_attrs={"aria-label": "free text"}),',
    '        rx.button("Note", on_click=State.note),',
    ...(version === 1 ? [] : ['        rx.button("Other", on_click=State.added),']),
    '        rx.text(State.count, " noted", data_testid="noted"),',
    "    )",
    "",
    "",
    "app = rx.App()",
    'app.add_page(index, route="/")',
    "",
  ];
  await writeFile(path.join(folder, "notes.py"), source.join("\n"));
}
