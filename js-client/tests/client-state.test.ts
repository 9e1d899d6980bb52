/** Client states: set and read by commands, shown by what subscribes to the browser's substate. */
import { beforeEach, expect, test, vi } from "vitest";

import { command } from "../src/commands.ts";
import { keepFiles } from "../src/files.ts";
import { store } from "../src/store.ts";

beforeEach(() => store.begin([[1]]));

function asked(name: string, starting: unknown): unknown {
  const callback = vi.fn();
  command({ c: "get_client", name, default: starting, callback });
  return callback.mock.calls[0]?.[0];
}

test("has its starting value until it is set, to null as well", () => {
  expect(asked("open", "starting")).toBe("starting");
  command({ c: "set_client", name: "open", value: ["a"] });
  expect(asked("open", "starting")).toEqual(["a"]);
  command({ c: "set_client", name: "open", value: null });
  expect(asked("open", "starting")).toBeNull();
  expect(asked("toString", "starting")).toBe("starting");
});

test("is told to those who read the browser's own substate, at once", () => {
  const shown = vi.fn();
  const ended = store.subscribe([1], shown);
  command({ c: "set_client", name: "open", value: true });
  expect(shown).toHaveBeenCalledOnce();
  expect(store.state[1]?.[1]).toEqual({ open: true });
  ended();
});

test("outlives a new state of the server's, and the choice of files", () => {
  command({ c: "set_client", name: "open", value: true });
  store.replace([[2]]);
  keepFiles("photos", []);
  expect(store.state).toEqual([[2], [{}, { open: true }]]);
});
