/**
 * The methods of Python's `str`. What is no string is taken as its text, None as the empty string.
 */
import { text } from "./text.ts";

/** `value.upper()`. */
export function upper(value: unknown): string {
  return text(value).toUpperCase();
}

/** `value.lower()`. */
export function lower(value: unknown): string {
  return text(value).toLowerCase();
}

/** `value.title()`: a capital after everything that has no case. */
export function title(value: unknown): string {
  return text(value).replace(/\p{Cased}+/gu, capitalize);
}

/** `value.capitalize()`. */
export function capitalize(value: unknown): string {
  const whole = text(value);
  const [first = ""] = whole;
  // Of several letters that it becomes (\u00df: SS) only the first is large.
  const [large = "", ...more] = first.toUpperCase();
  // What a small letter looks like can depend on what stands before it.
  const rest = whole.toLowerCase().slice(first.toLowerCase().length);
  return large + more.join("").toLowerCase() + rest;
}

/** `value.strip(characters)`. */
export function strip(value: unknown, characters?: unknown): string {
  return lstrip(rstrip(value, characters), characters);
}

/** `value.lstrip(characters)`. */
export function lstrip(value: unknown, characters?: unknown): string {
  const symbols = Array.from(text(value));
  const first = symbols.findIndex((symbol) => !isStripped(symbol, characters));
  return first < 0 ? "" : symbols.slice(first).join("");
}

/** `value.rstrip(characters)`. */
export function rstrip(value: unknown, characters?: unknown): string {
  const symbols = Array.from(text(value));
  return symbols.slice(0, symbols.findLastIndex((it) => !isStripped(it, characters)) + 1).join("");
}

/** `value.startswith(prefix)`. */
export function startswith(value: unknown, prefix: unknown): boolean {
  return text(value).startsWith(text(prefix));
}

/** `value.endswith(suffix)`. */
export function endswith(value: unknown, suffix: unknown): boolean {
  return text(value).endsWith(text(suffix));
}

/**
 * `value.split(separator, most)`: without a separator at runs of white space, without `most`
 * wherever it can be split.
 */
export function split(value: unknown, separator?: unknown, most?: unknown): string[] {
  const limit = most === undefined || most === null || Number(most) < 0 ? Infinity : Number(most);
  const whole = text(value);
  if (separator === undefined || separator === null) return splitAtSpace(whole, limit);
  const mark = text(separator);
  const parts = mark === "" ? Array.from(whole) : whole.split(mark);
  if (mark === "" || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(mark)];
}

/** `value.replace(before, after)`: every occurrence. */
export function replace(value: unknown, before: unknown, after: unknown): string {
  return text(value).replaceAll(text(before), () => text(after));
}

/** White space as Python sees it, which differs from JavaScript's in some control characters. */
const SPACE =
  "[\\t-\\r\\x1c-\\x20\\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const IS_SPACE = new RegExp(SPACE);
const WORD_AND_REST = new RegExp(`^${SPACE}*([^]+?)(?:${SPACE}+([^]*))?$`);

function splitAtSpace(whole: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = lstrip(whole);
  while (rest !== "" && parts.length < limit) {
    const [, word = "", after = ""] = WORD_AND_REST.exec(rest) ?? [];
    parts.push(word);
    rest = after;
  }
  return rest === "" ? parts : [...parts, rest];
}

function isStripped(symbol: string, characters: unknown): boolean {
  if (characters === undefined || characters === null) return IS_SPACE.test(symbol);
  return text(characters).includes(symbol);
}
