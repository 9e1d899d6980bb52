/**
 * What a first visit transfers: JavaScript and CSS of a cold load in Chromium, compressed, headers
 * of the responses included, as DevTools counts them. Not a load test; that is the bench itself.
 *
 *     node tests/bench/first_load.mjs [URL]
 *
 * Without an address it serves `apps/first_load.py`, the smallest counter.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";

import { launchBrowser } from "../browser/browser.mjs";
import { ROOT, startServer } from "../browser/server.mjs";

/** The smallest counter: a stack, two buttons and a text. */
export const SMALLEST_APP = path.join(ROOT, "tests/bench/apps/first_load.py");

const COUNTED = ["Script", "Stylesheet"];
const QUIET_MS = 500;

/**
 * Loads `url` in a fresh profile.
 *
 * @returns {Promise<{bytes: number, files: {url: string, bytes: number}[]}>} largest file first
 */
export async function firstLoad(browser, url) {
  const profile = await browser.newContext();
  const page = await profile.newPage();
  const devtools = await profile.newCDPSession(page);
  const files = new Map();
  devtools.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (COUNTED.includes(type)) files.set(requestId, { url: response.url, bytes: 0 });
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = encodedDataLength;
  });
  await devtools.send("Network.enable");
  await page.goto(url, { waitUntil: "networkidle" });
  await page.waitForTimeout(QUIET_MS);
  await profile.close();
  const sorted = [...files.values()].sort((one, other) => other.bytes - one.bytes);
  return { bytes: sorted.reduce((sum, file) => sum + file.bytes, 0), files: sorted };
}

async function main(address) {
  const server = address ? null : await startServer(SMALLEST_APP);
  const browser = await launchBrowser();
  try {
    const { bytes, files } = await firstLoad(browser, address ?? `${server.url}/`);
    for (const file of files) {
      console.log(`${String(file.bytes).padStart(8)} ${new URL(file.url).pathname}`);
    }
    console.log(`${String(bytes).padStart(8)} bytes in ${files.length} files`);
  } finally {
    await browser.close();
    await server?.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv[2]);
