/** Handlers of DOM events, their timing, and props handed down by a parent. */
import { beforeEach, describe, expect, test, vi } from "vitest";

import { event } from "../src/events.ts";
import { merge } from "../src/merge.ts";
import { isConnected } from "../src/runtime.ts";

vi.mock("../src/runtime.ts", async (original) => ({
  ...(await original<typeof import("../src/runtime.ts")>()),
  isConnected: vi.fn(),
}));

describe("event", () => {
  const handler = vi.fn((value: unknown) => value as number);
  const call = (options: object, ...args: unknown[]) =>
    (event(handler as never, options) as (...args: unknown[]) => unknown)(...args);

  beforeEach(() => {
    handler.mockClear();
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  test("keeps the browser and outer elements from reacting", () => {
    const first = { preventDefault: vi.fn(), stopPropagation: vi.fn() };
    call({ prevent: true, stop: true }, first);
    expect(first.preventDefault).toHaveBeenCalledOnce();
    expect(first.stopPropagation).toHaveBeenCalledOnce();
    expect(handler).toHaveBeenCalledWith(first);
  });

  test("throttled happens at most once in the interval", () => {
    const throttled = event(handler as never, { throttle: 100 }) as (value: number) => unknown;
    for (let step = 0; step < 25; step += 1) {
      throttled(step);
      vi.advanceTimersByTime(10);
    }
    expect(handler.mock.calls).toEqual([[0], [10], [20]]);
  });

  test("debounced happens with the last arguments, when nothing came for the time", () => {
    const debounced = event(handler as never, { debounce: 100 }) as (value: number) => unknown;
    debounced(1);
    vi.advanceTimersByTime(99);
    debounced(2);
    vi.advanceTimersByTime(99);
    expect(handler).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(handler.mock.calls).toEqual([[2]]);
  });

  test("temporal is dropped without a connection", () => {
    vi.mocked(isConnected).mockReturnValueOnce(false).mockReturnValueOnce(true);
    call({ temporal: true }, 1);
    call({ temporal: true }, 2);
    expect(handler.mock.calls).toEqual([[2]]);
  });
});

describe("merge", () => {
  test("joins handlers, class names and styles; own props win otherwise", () => {
    const order: string[] = [];
    const given = {
      className: "g",
      style: { color: "red", margin: 1 },
      onClick: () => order.push("given"),
      type: "button",
      "data-state": "open",
      children: "theirs",
    };
    const merged = merge(given, {
      className: "o",
      style: { color: "blue" },
      onClick: () => order.push("own"),
      type: "submit",
      children: "ours",
    });
    (merged.onClick as () => void)();
    expect(order).toEqual(["own", "given"]);
    expect(merged).toMatchObject({
      className: "g o",
      style: { color: "blue", margin: 1 },
      type: "submit",
      "data-state": "open",
      children: "ours",
    });
  });

  test("sets both refs", () => {
    const [one, other] = [{ current: null }, { current: null }];
    const { ref } = merge({ ref: one }, { ref: other }) as { ref: (node: unknown) => () => void };
    const clear = ref("node");
    expect([one.current, other.current]).toEqual(["node", "node"]);
    clear();
    expect([one.current, other.current]).toEqual([null, null]);
  });
});
