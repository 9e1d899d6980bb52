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

/** `value.title()`: a capital after everything that is no letter. */
export function title(value: unknown): string {
  return text(value).replace(/\p{L}+/gu, capitalize);
}

/** `value.capitalize()`. */
export function capitalize(value: unknown): string {
  const [first = "", ...rest] = text(value);
  return first.toUpperCase() + rest.join("").toLowerCase();
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

/** `value.split(separator)`; without one, at runs of white space. */
export function split(value: unknown, separator?: unknown): string[] {
  const whole = text(value);
  if (separator !== undefined && separator !== null) return whole.split(text(separator));
  return whole.trim() === "" ? [] : whole.trim().split(/\s+/u);
}

/** `value.replace(before, after)`: every occurrence. */
export function replace(value: unknown, before: unknown, after: unknown): string {
  return text(value).replaceAll(text(before), () => text(after));
}

function isStripped(symbol: string, characters: unknown): boolean {
  if (characters === undefined || characters === null) return /\s/u.test(symbol);
  return text(characters).includes(symbol);
}
