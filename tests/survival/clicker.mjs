/** A real browser that clicks all the time, and what it shows in the end. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { eventually, launchBrowser, openTab } from "../browser/browser.mjs";

const PAUSE_MS = 150;
/** As long as a page waits before it connects again, at worst, and as long as that may take. */
const SETTLE_MS_MAX = 30_000;
/** Long enough for a late duplicate to show. */
const LATE_MS = 500;
/** What Chromium says of a server that is away; the tests see to it that it is. */
const EXPECTED = [/WebSocket connection to .* failed/, /Failed to load resource/];

/** Opens apps/tally.py in a browser of the test's own. */
export async function openClicker(test, url) {
  const browser = await launchBrowser();
  test.after(() => browser.close());
  const context = await browser.newContext();
  return new Clicker(await openTab(context, `${url}/`, EXPECTED));
}

class Clicker {
  clicks = 0;
  #isOver = false;
  #clicking = null;

  constructor(tab) {
    this.tab = tab;
    this.page = tab.page;
  }

  /** From now on it clicks. */
  start() {
    this.#clicking = this.#clickOn();
    // What goes wrong is told by `stop`; a test that ends before that has its own failure.
    this.#clicking.catch(() => {});
  }

  /** Clicks so often. */
  async click(times) {
    for (let click = 0; click < times; click += 1) {
      await this.page.getByRole("button", { name: "Add" }).click();
      this.clicks += 1;
      await sleep(PAUSE_MS);
    }
  }

  async #clickOn() {
    while (!this.#isOver) await this.click(1);
  }

  /** Ends the clicking. */
  async stop() {
    this.#isOver = true;
    await this.#clicking;
  }

  /** Every click counts exactly once, on the page and after the page was loaded again. */
  async check() {
    await eventually(() => this.#shows(this.clicks), SETTLE_MS_MAX);
    await sleep(LATE_MS);
    await this.#shows(this.clicks);
    await this.page.reload();
    await eventually(() => this.#shows(this.clicks), SETTLE_MS_MAX);
    assert.deepEqual(this.tab.problems, [], "the console has something to say");
  }

  async #shows(clicks) {
    const text = (name) => this.page.getByTestId(name).textContent();
    const shown = [await text("count"), await text("length"), await text("begun")];
    assert.deepEqual(shown.map(Number), [clicks, clicks, clicks]);
  }
}
