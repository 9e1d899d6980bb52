/**
 * Lists, dictionaries and what is common to all that holds something.
 */
import { eq } from "./compare.ts";
import { characters, sliceSequence } from "./sequence.ts";
import { str } from "./text.ts";

type Dict = Record<string, unknown>;
type Convert = (name: unknown) => unknown;

/** `len(value)`. */
export function length(value: unknown): number {
  if (typeof value === "string") return characters(value).length;
  if (isList(value)) return value.length;
  return Object.keys(value ?? {}).length;
}

/** `value[key]`; negative positions count from the end. */
export function index(value: unknown, key: unknown): unknown {
  if (typeof value === "string") return characters(value).at(Number(key)) ?? null;
  if (isList(value)) return value.at(Number(key)) ?? null;
  return attr(value, keyName(key));
}

/** `value[start:stop:step]`; null is a bound not given. */
export function slice(
  value: unknown,
  start: number | null = null,
  stop: number | null = null,
  step: number | null = 1,
): unknown {
  if (value instanceof Uint8Array) {
    return Uint8Array.from(sliceSequence(Array.from(value), start, stop, step ?? 1) as number[]);
  }
  if (typeof value !== "string" && !Array.isArray(value)) return [];
  return sliceSequence(value, start, stop, step ?? 1);
}

/** A field of an object, or a key of a dictionary. */
export function attr(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return null;
  return (value as Dict)[name] ?? null;
}

/** `item in value`; with `field`, whether an element's field has that value. */
export function contains(value: unknown, item: unknown, field?: unknown): boolean {
  if (typeof value === "string") return value.includes(str(item));
  if (field !== undefined && field !== null && field !== "") {
    return elements(value).some((element) => eq(attr(element, keyName(field)), item));
  }
  if (Array.isArray(value)) return value.some((element) => eq(element, item));
  return Object.hasOwn((value ?? {}) as object, keyName(item));
}

/** `separator.join(list)`. */
export function join(list: unknown, separator: unknown = ""): string {
  return elements(list).map(str).join(str(separator ?? ""));
}

/** The list, or the string, from its end to its beginning. */
export function reverse(value: unknown): unknown {
  return slice(value, null, null, -1);
}

/** `list(dictionary.keys())`; `convert` makes of keys, which are strings here, what they were. */
export function keys(dictionary: unknown, convert?: Convert): unknown[] {
  const names = Object.keys((dictionary ?? {}) as object);
  return convert ? names.map(convert) : names;
}

/** `list(dictionary.values())`. */
export function values(dictionary: unknown): unknown[] {
  return Object.values((dictionary ?? {}) as object);
}

/** `list(dictionary.items())`, with keys as `keys` gives them. */
export function items(dictionary: unknown, convert?: Convert): [unknown, unknown][] {
  const pairs = Object.entries((dictionary ?? {}) as object);
  return convert ? pairs.map(([name, value]) => [convert(name), value]) : pairs;
}

/** `dictionary.get(key, otherwise)`. */
export function get(dictionary: unknown, key: unknown, otherwise: unknown = null): unknown {
  const name = keyName(key);
  const found = typeof dictionary === "object" && dictionary && Object.hasOwn(dictionary, name);
  return found ? (dictionary as Dict)[name] : otherwise;
}

/** `{**one, **other}`. */
export function merge(one: unknown, other: unknown): Dict {
  return { ...(one as Dict | null), ...(other as Dict | null) };
}

/** A field of every element. */
export function pluck(list: unknown, field: unknown): unknown[] {
  return elements(list).map((element) => attr(element, keyName(field)));
}

/** `list(range(start, stop, step))`; of one argument, from 0 on. */
export function range(start: number, stop?: number | null, step: number | null = 1): number[] {
  const [first, end] = stop === undefined || stop === null ? [0, start] : [start, stop];
  const by = step ?? 1;
  const count = by === 0 ? 0 : Math.max(0, Math.ceil((end - first) / by));
  return Array.from({ length: count }, (_, position) => first + position * by);
}

/** What is looped over: a list is itself, a dictionary its pairs, a number a range. */
export function iterate(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return NOTHING;
  if (typeof value === "number") return range(value);
  if (typeof value === "string") return Array.from(value);
  if (value instanceof Uint8Array) return Array.from(value);
  return typeof value === "object" ? Object.entries(value) : NOTHING;
}

/** What Python's own loops give: as `iterate`, but of a dictionary its keys. */
export function elements(value: unknown): readonly unknown[] {
  if (typeof value === "number") return NOTHING;
  if (Array.isArray(value) || typeof value !== "object") return iterate(value);
  return value instanceof Uint8Array ? Array.from(value) : Object.keys(value ?? {});
}

/** The name under which a dictionary has the key here. */
function keyName(key: unknown): string {
  const isWord = typeof key === "boolean" || key === null || key === undefined;
  return isWord ? String(key ?? null) : str(key);
}

/** Always the same, so that a loop over nothing does not change. */
const NOTHING: readonly unknown[] = [];

function isList(value: unknown): value is readonly unknown[] | Uint8Array {
  return Array.isArray(value) || value instanceof Uint8Array;
}
