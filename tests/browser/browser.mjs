/**
 * Chromium, a tab that listens to its own console and socket, and patience. Knows nothing of the
 * apps.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { chromium } from "playwright-core";

import { ROOT } from "./server.mjs";

/** The cookie in which the server gives a browser its name. */
export const BROWSER_COOKIE = "ferroflex_browser";

const SCREENSHOTS = path.join(ROOT, "tests", "output");
const WAIT_MS_MAX = 8_000;
const POLL_MS = 20;

const FLAGS = [
  "--no-sandbox", // CI runs as root
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Profiles that are being closed. */
const closing = new WeakSet();

/** Starts Debian's Chromium with a profile of its own, which is removed with it. */
export function launchBrowser(flags = []) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...flags] });
}

/**
 * Opens `url` in a new page of `context`.
 *
 * @param {RegExp[]} expected console messages that this test provokes
 * @returns the page, what its console complained of, and the frames of its socket
 */
export async function openTab(context, url, expected = []) {
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS_MAX);
  const problems = [];
  const isExpected = (text) => closing.has(context) || expected.some((known) => known.test(text));
  const report = (text) => isExpected(text) || problems.push(text);
  page.on("console", (message) => {
    const place = message.location().url;
    if (["error", "warning"].includes(message.type())) report(`${message.text()} (${place})`);
  });
  page.on("pageerror", (error) => report(`${error.stack ?? error}`));
  const frames = recordFrames(page);
  await page.goto(url);
  const tab = { page, problems, frames };
  await connected(tab);
  return tab;
}

/**
 * Closes a profile, after its pages have said what they have to say: of a socket that is still being
 * opened when its page is closed, Chromium complains, too.
 */
export async function closeProfile(profile) {
  await Promise.all(profile.pages().map((page) => page.evaluate(() => null).catch(() => null)));
  closing.add(profile);
  await profile.close();
}

/** Waits until the server has said where the tab stands: from then on every frame is an answer. */
export function connected(tab, after = 0) {
  return eventually(() => assert.ok(received(tab, "state", after).length > 0, "no state frame"));
}

/** The frames of one kind that came from the server, from the `after`th recorded frame on. */
export function received(tab, kind, after = 0) {
  const ours = (frame) => frame.from === "server" && frame.message.t === kind;
  return tab.frames.slice(after).filter(ours);
}

/** Repeats an assertion until it holds; past the deadline its own error is thrown. */
export async function eventually(assertion, waitMs = WAIT_MS_MAX) {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(POLL_MS);
    }
  }
}

/** Keeps a picture of the page as `tests/output/<name>-light.png` and `-dark.png`. */
export async function screenshots(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${colorScheme}.png`) });
  }
}

function recordFrames(page) {
  const frames = [];
  const keep = (from) => (event) => {
    const text = event.payload.toString();
    frames.push({ from, message: JSON.parse(text), bytes: Buffer.byteLength(text) });
  };
  page.on("websocket", (socket) => {
    socket.on("framesent", keep("client"));
    socket.on("framereceived", keep("server"));
  });
  return frames;
}
