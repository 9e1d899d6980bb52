/**
 * Compares what a page looks like with what it looked like before. Pictures are made smaller first,
 * so that the edges of letters do not count, and are kept that way in `pictures/`.
 *
 * `UPDATE_PICTURES=1` writes those that are missing or differ instead of failing: look at them.
 */
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const KEPT = path.join(import.meta.dirname, "pictures");
const OUTPUT = path.join(import.meta.dirname, "..", "output");

/** How many pixels of the screen, in each direction, become one. */
const SCALE = 4;
/** How far a colour may be off, from 0 to 1. */
const COLOR_DISTANCE_MAX = 0.15;
/** The share of pixels that may differ. */
const SHARE_MAX = 0.01;
/** How long a page may take until nothing moves any more. */
const SETTLE_MS_MAX = 20_000;
const SETTLE_POLL_MS = 200;

/** Asserts that the page looks as the kept picture of that name. */
export async function looksAsBefore(page, name) {
  const seen = smaller(await settled(page));
  const file = path.join(KEPT, `${name}.png`);
  const kept = await readFile(file).then(PNG.sync.read, () => null);
  const share = kept ? differing(kept, seen, name) : 1;
  if (share <= SHARE_MAX) return;
  if (process.env.UPDATE_PICTURES) return write(KEPT, name, seen);
  await write(OUTPUT, `${name}-seen`, seen);
  assert.ok(kept, `there is no picture ${file}; UPDATE_PICTURES=1 keeps one`);
  const percent = (share * 100).toFixed(1);
  assert.fail(`${percent} % of ${name} differ; see ${name}-seen.png beside ${name}-differs.png`);
}

/** A picture of the whole page once nothing moves: two in a row are the same. */
async function settled(page) {
  // What comes late, such as formulas, is asked for by now.
  await page.waitForLoadState("networkidle");
  const deadline = performance.now() + SETTLE_MS_MAX;
  let before = await whole(page);
  while (performance.now() < deadline) {
    await sleep(SETTLE_POLL_MS);
    const now = await whole(page);
    if (now.equals(before)) return PNG.sync.read(now);
    before = now;
  }
  throw new Error(`the page still moves after ${SETTLE_MS_MAX} ms`);
}

/**
 * The window is made as high as the page, and stays so: a full-page picture would change its height
 * each time, and charts begin to move when it changes.
 */
async function whole(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const size = page.viewportSize();
  if (size.height !== height) await page.setViewportSize({ width: size.width, height });
  return page.screenshot({ animations: "disabled", caret: "hide" });
}

/** The picture with the mean of each square of pixels in the place of the square. */
function smaller(picture) {
  const width = Math.floor(picture.width / SCALE);
  const height = Math.floor(picture.height / SCALE);
  const result = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        result.data[(y * width + x) * 4 + channel] = mean(picture, x * SCALE, y * SCALE, channel);
      }
    }
  }
  return result;
}

function mean(picture, left, top, channel) {
  let sum = 0;
  for (let y = top; y < top + SCALE; y++) {
    for (let x = left; x < left + SCALE; x++) {
      sum += picture.data[(y * picture.width + x) * 4 + channel];
    }
  }
  return Math.round(sum / SCALE ** 2);
}

/** The share of pixels that differ; what one picture is taller by differs. */
function differing(kept, seen, name) {
  if (kept.width !== seen.width) return 1;
  const [width, height] = [seen.width, Math.min(kept.height, seen.height)];
  const differs = new PNG({ width, height });
  const rows = (picture) => picture.data.subarray(0, width * height * 4);
  const options = { threshold: COLOR_DISTANCE_MAX };
  const count = pixelmatch(rows(kept), rows(seen), differs.data, width, height, options);
  const taller = Math.abs(kept.height - seen.height) * width;
  const share = (count + taller) / (width * Math.max(kept.height, seen.height));
  if (share > SHARE_MAX) void write(OUTPUT, `${name}-differs`, differs);
  return share;
}

async function write(folder, name, picture) {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name}.png`), PNG.sync.write(picture));
}
