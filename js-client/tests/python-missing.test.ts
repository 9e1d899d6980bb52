/** What `py` gives for data that is still on its way: never an error. */
import { expect, test } from "vitest";

import * as py from "../src/python.ts";

const rows: readonly (readonly [name: string, value: unknown, expected: unknown])[] = [
  ["a function over nothing", py.map(null, () => 1), []],
  ["a function over a number", py.flatMap(3, () => [1]), []],
  ["a filter of a dictionary", py.filter({ a: 1 }, () => true), ["a"]],
  ["a sum of nothing", py.reduce(undefined, () => 1), null],
  ["a sum with a beginning", py.reduce(null, () => 1, 5), 5],
  ["parts that are no lists", py.flatMap([1, "ab"], (item: unknown) => item), ["a", "b"]],
  ["keys as numbers", py.keys({ 2: "b", 1: "a" }, py.int), [1, 2]],
  ["pairs of nothing", py.items(null, py.float), []],
  ["the moment of nothing", py.instant(null), null],
  ["the moment of a word", py.instant("soon"), "soon"],
  ["the moment of half a date", py.instant("2026-01 12:00"), "2026-01 12:00"],
  ["a float that is missing", py.floatStr(null), "None"],
  ["a float as a word", py.floatStr("x"), "x"],
  ["a large float", py.floatStr(10n ** 20n), "1e+20"],
  ["a format that is none", py.format(1, "?"), "1"],
  ["the format of a list", py.format([1], ">6"), "   [1]"],
  ["a slice of nothing", py.slice(null, 1), []],
  ["a slice of bytes", py.slice(new Uint8Array([1, 2, 3]), 1), new Uint8Array([2, 3])],
  ["a key that is true", py.index({ true: 1 }, true), 1],
  ["a key that is None", py.get({ null: 1 }, null), 1],
];

test.each(rows)("%s", (_name, value, expected) => {
  expect(value).toEqual(expected);
});
