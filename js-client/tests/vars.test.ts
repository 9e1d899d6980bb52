/**
 * The table of operations on Vars (tests/vars/cases.py): the JavaScript that is written for each
 * gives what Python gives. The Rust test of the table keeps the golden file current.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import * as py from "../src/python.ts";

interface Golden {
  readonly state: readonly string[];
  readonly cases: readonly { case: string; javascript: string; expected: string }[];
}

const path = join(import.meta.dirname, "../../tests/vars/golden.json");
const golden: Golden = JSON.parse(readFileSync(path, "utf8"));

/** What JavaScript of a page's selector gives. */
function run(javascript: string, state: unknown): unknown {
  return new Function("py", "$", `return ${javascript};`)(py, state) ?? null;
}

const state = [golden.state.map((field) => run(field, null))];

test.each(golden.cases)("$case", ({ javascript, expected }) => {
  expect(run(javascript, state)).toEqual(run(expected, null));
});
