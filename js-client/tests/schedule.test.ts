/** When changes are shown: at once, or gathered into a frame. */
import { beforeEach, describe, expect, type Mock, test, vi } from "vitest";

import { Scheduler } from "../src/schedule.ts";

let flush: Mock<() => void>;
let frames: (() => void)[];
let time: number;
let visibility: string;

beforeEach(() => {
  flush = vi.fn<() => void>();
  frames = [];
  time = 1_000;
  visibility = "visible";
  vi.spyOn(performance, "now").mockImplementation(() => time);
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility as never);
});

describe("changes", () => {
  test("after a quiet time are shown at once, together", async () => {
    const scheduler = new Scheduler(flush);
    scheduler.request();
    scheduler.request();
    expect(flush).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(flush).toHaveBeenCalledTimes(1);
    expect(frames).toHaveLength(0);
  });

  test("of a burst wait for the next frame, together", async () => {
    const scheduler = new Scheduler(flush);
    scheduler.request();
    await Promise.resolve();
    for (let step = 0; step < 50; step += 1) {
      time += 0.1;
      scheduler.request();
      await Promise.resolve();
    }
    expect([flush.mock.calls.length, frames.length]).toEqual([1, 1]);
    frames[0]?.();
    expect(flush).toHaveBeenCalledTimes(2);
  });

  test("on a hidden page wait for no frame", async () => {
    const scheduler = new Scheduler(flush);
    scheduler.request();
    await Promise.resolve();
    scheduler.request();
    expect(frames).toHaveLength(1);
    visibility = "hidden";
    document.dispatchEvent(new Event("visibilitychange"));
    expect(flush).toHaveBeenCalledTimes(2);
    scheduler.request();
    await Promise.resolve();
    expect(flush).toHaveBeenCalledTimes(3);
    frames[0]?.();
    expect(flush).toHaveBeenCalledTimes(3);
  });
});
