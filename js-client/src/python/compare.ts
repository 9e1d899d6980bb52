/**
 * Comparisons: equality by value, order of numbers, strings and lists.
 */

/** `a == b`. */
export function eq(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isMissing(a) || isMissing(b)) return isMissing(a) && isMissing(b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (typeof a !== "object" || typeof b !== "object") return false;
  if (isList(a) && isList(b)) return sameItems(a, b);
  return !isList(a) && !isList(b) && sameEntries(a as Dict, b as Dict);
}

/** `a != b`. */
export function ne(a: unknown, b: unknown): boolean {
  return !eq(a, b);
}

/** `a < b`; false for values without an order, such as None. */
export function lt(a: unknown, b: unknown): boolean {
  return compare(a, b) < 0;
}

/** `a <= b`. */
export function le(a: unknown, b: unknown): boolean {
  return compare(a, b) <= 0;
}

/** `a > b`. */
export function gt(a: unknown, b: unknown): boolean {
  return compare(a, b) > 0;
}

/** `a >= b`. */
export function ge(a: unknown, b: unknown): boolean {
  return compare(a, b) >= 0;
}

type Dict = Record<string, unknown>;
type List = readonly unknown[] | Uint8Array;
type Numeric = number | bigint | boolean;

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}

function isNumber(value: unknown): value is Numeric {
  return ["number", "bigint", "boolean"].includes(typeof value);
}

function isList(value: unknown): value is List {
  return Array.isArray(value) || value instanceof Uint8Array;
}

function sameItems(a: List, b: List): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) {
    if (!eq(a[index], b[index])) return false;
  }
  return true;
}

function sameEntries(a: Dict, b: Dict): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && eq(a[key], b[key]));
}

/** Below, at or above 0 by the order of the two, NaN when they have none. */
function compare(a: unknown, b: unknown): number {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (isList(a) && isList(b)) return compareLists(a, b);
  return NaN;
}

function compareNumbers(a: Numeric, b: Numeric): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By code points: UTF-16 units would put emoji before some of the letters that precede them. */
function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (a[index] !== b[index]) return (a.codePointAt(index) ?? 0) - (b.codePointAt(index) ?? 0);
  }
  return a.length - b.length;
}

function compareLists(a: List, b: List): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (!eq(a[index], b[index])) return compare(a[index], b[index]);
  }
  return a.length - b.length;
}
