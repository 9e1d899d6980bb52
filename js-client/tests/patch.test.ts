/** Operations applied to the store, against the golden file of the state crate. */
import { describe, expect, test } from "vitest";

import { applyOperations } from "../src/patch.ts";
import { parse, type Operation, type Value } from "../src/wire.ts";
import { goldenText } from "./golden.ts";

interface Case {
  name: string;
  before: Value[];
  ops: Operation[];
  after: Value[];
}

const cases = parse(goldenText("state/golden/operations.json")) as Case[];

describe("golden operations", () => {
  test("there are some", () => expect(cases.length).toBeGreaterThan(5));

  test.each(cases)("$name", ({ before, ops, after }) => {
    const untouched = structuredClone(before);
    const result = applyOperations(before, ops);
    expect(result).toEqual(after);
    expect(before).toEqual(untouched);
  });
});

describe("copying", () => {
  const rows = Array.from({ length: 1000 }, (_, id) => ({ id, price: 1 }));

  test("what does not change is shared", () => {
    const before = [rows, { other: [] }];
    const after = applyOperations(before, [["s", [0, 512, "price"], 2]]);
    expect(after[1]).toBe(before[1]);
    expect((after[0] as Value[])[511]).toBe(rows[511]);
    expect((after[0] as Value[])[512]).toEqual({ id: 512, price: 2 });
    expect(rows[512]).toEqual({ id: 512, price: 1 });
  });

  test("a batch copies a container once", () => {
    let copies = 0;
    const list = new Proxy([...rows], {
      get: (target, name, receiver) => {
        if (name === "slice") copies += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    const operations = rows.map(({ id }): Operation => ["s", [0, id, "price"], 3]);
    applyOperations([list], operations);
    expect(copies).toBe(1);
  });

  test("a run longer than the stack is inserted", () => {
    const values = Array.from({ length: 200_000 }, (_, index) => index);
    const after = applyOperations([[-1, -2]], [["p", [0], 1, 0, values]]);
    const list = after[0] as number[];
    expect([list.length, list[0], list[1], list.at(-1)]).toEqual([200_002, -1, 0, -2]);
  });
});

describe("refusals", () => {
  test.each<[string, Operation]>([
    ["a path through a number", ["s", [0, "a", "b"], 1]],
    ["a path through nothing", ["s", [7, "a"], 1]],
    ["text appended to a number", ["a", [0, "a"], "x"]],
    ["a splice of an object", ["p", [0], 0, 0, []]],
    ["a name that objects have by nature", ["s", [0, "constructor", "x"], 1]],
  ])("%s", (_name, operation) => {
    expect(() => applyOperations([{ a: 1 }], [operation])).toThrow(TypeError);
  });

  test("a key called __proto__ is a key", () => {
    const after = applyOperations([{}], [["s", [0, "__proto__"], { polluted: true }]]);
    expect(Object.keys(after[0] as object)).toEqual(["__proto__"]);
    expect((after[0] as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
