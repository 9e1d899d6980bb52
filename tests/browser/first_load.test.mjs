/** What a first visit of the smallest app transfers. Bytes, not time: the limit is exact. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { firstLoad, SMALLEST_APP } from "../bench/first_load.mjs";
import { launchBrowser } from "./browser.mjs";
import { startServer } from "./server.mjs";

/** JavaScript and CSS together, compressed, with the headers of the responses. */
const BYTES_MAX = 130_000;

let server;
let browser;
before(async () => {
  server = await startServer(SMALLEST_APP);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a first visit stays below the limit", async () => {
  const { bytes, files } = await firstLoad(browser, `${server.url}/`);
  const list = files.map((file) => `${file.bytes} ${file.url}`).join("\n");
  assert.ok(files.length >= 5 && bytes > 50_000, `not everything was counted:\n${list}`);
  assert.ok(bytes < BYTES_MAX, `${bytes} bytes:\n${list}`);
});

test("only the scales and components in use are sent", async () => {
  const { files } = await firstLoad(browser, `${server.url}/`);
  const sheet = files.find((file) => /\/radix-\w+\.css$/.test(file.url));
  const css = await (await fetch(sheet.url)).text();
  const scales = new Set([...css.matchAll(/--([a-z]+)-9:/g)].map(([, scale]) => scale));
  assert.deepEqual([...scales].sort(), ["accent", "blue", "focus", "gray", "slate", "space"]);
  assert.match(css, /\.rt-Button/);
  assert.doesNotMatch(css, /\.rt-(Table|Select|Dialog)/);
});
