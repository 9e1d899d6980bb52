/**
 * Truth, arithmetic and conversions. Integers beyond 2^53 are BigInt; what two integers make stays
 * exact.
 */
import { DIGITS_MAX, fixed } from "./digits.ts";
import { join as joinLists, repeat } from "./sequence.ts";
import { text } from "./text.ts";

/** Powers beyond are given as floats: exact, they would keep the browser busy. */
const EXPONENT_LIMIT = 10_000;

/** `bool(value)`: empty strings, lists and dictionaries are false. */
export function truth(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return Boolean(value) || Number.isNaN(value);
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0;
  return Object.keys(value).length > 0;
}

/** `bool(value)`, under its Python name. */
export const bool = truth;

/** `a + b`: numbers, strings and lists. */
export function add(a: unknown, b: unknown): unknown {
  if (Array.isArray(a) && Array.isArray(b)) return joinLists(a, b);
  if (typeof a === "string" || typeof b === "string") return text(a) + text(b);
  return calculate(a, b, (x, y) => x + y, (x, y) => x + y);
}

/** `a - b`. */
export function sub(a: unknown, b: unknown): unknown {
  return calculate(a, b, (x, y) => x - y, (x, y) => x - y);
}

/** `a * b`; a string or a list is repeated. */
export function mul(a: unknown, b: unknown): unknown {
  if (isSequence(a)) return repeat(a, Number(b));
  if (isSequence(b)) return repeat(b, Number(a));
  return calculate(a, b, (x, y) => x * y, (x, y) => x * y);
}

/** `a / b`. */
export function div(a: unknown, b: unknown): number {
  return zero(b) ? NaN : Number(a) / Number(b);
}

/** `a // b`, towards minus infinity. */
export function floordiv(a: unknown, b: unknown): unknown {
  if (zero(b)) return NaN;
  return calculate(a, b, floorDivide, floorDivideBig);
}

/** `a % b`, with the sign of `b`. */
export function mod(a: unknown, b: unknown): unknown {
  if (zero(b)) return NaN;
  return calculate(a, b, modulo, (x, y) => x - floorDivideBig(x, y) * y);
}

/** `a ** b`. */
export function pow(a: unknown, b: unknown): unknown {
  const whole = Number(b) >= 0 && Number(b) <= EXPONENT_LIMIT;
  return calculate(a, b, (x, y) => x ** y, whole ? (x, y) => x ** y : null);
}

/** `-a`. */
export function neg(a: unknown): unknown {
  if (typeof a === "bigint") return -a;
  return 0 - Number(a);
}

/** `abs(a)`. */
export function abs(a: unknown): unknown {
  if (typeof a === "bigint") return a < 0n ? -a : a;
  return Math.abs(Number(a));
}

/** `round(a, digits)`: halves go to the even neighbour. */
export function round(a: unknown, digits: unknown = 0): unknown {
  const places = Number(digits ?? 0);
  if (typeof a === "bigint" || (places < 0 && isInteger(a))) {
    return roundInteger(BigInt(a as bigint), Math.min(-places, DIGITS_MAX));
  }
  const value = Number(a);
  return places === 0 ? roundHalfEven(value) : roundDecimal(value, places);
}

/** `math.floor(a)`. */
export function floor(a: unknown): unknown {
  return typeof a === "bigint" ? a : Math.floor(Number(a));
}

/** `math.ceil(a)`. */
export function ceil(a: unknown): unknown {
  return typeof a === "bigint" ? a : Math.ceil(Number(a)) + 0;
}

/** `math.trunc(a)`. */
export function trunc(a: unknown): unknown {
  return typeof a === "bigint" ? a : Math.trunc(Number(a)) + 0;
}

/** `int(a)`: of a number its whole part, of a text the number that it writes, else NaN. */
export function int(a: unknown): unknown {
  if (typeof a !== "string") return trunc(a);
  const digits = a.trim().replaceAll("_", "");
  if (!/^[+-]?\d+$/.test(digits)) return NaN;
  return small(BigInt(digits.replace("+", "")));
}

/** `float(a)`: of a text the number that it writes, else NaN. */
export function float(a: unknown): number {
  if (typeof a !== "string") return Number(a);
  const word = a.trim().toLowerCase();
  const infinity = /^([+-]?)inf(inity)?$/.exec(word);
  if (infinity) return infinity[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d|\.\d)/.test(word) ? Number(word.replaceAll("_", "")) : NaN;
}

function isSequence(value: unknown): value is string | unknown[] {
  return typeof value === "string" || Array.isArray(value);
}

function zero(value: unknown): boolean {
  return Number(value) === 0;
}

type Exact = ((a: bigint, b: bigint) => bigint) | null;

/** Calculates with numbers, and with BigInt where both are integers and numbers are not exact. */
function calculate(a: unknown, b: unknown, fast: (a: number, b: number) => number, exact: Exact) {
  const result = fast(Number(a), Number(b));
  const rounded = typeof a === "bigint" || typeof b === "bigint" || !Number.isSafeInteger(result);
  if (!exact || !rounded || !isInteger(a) || !isInteger(b)) return result;
  return small(exact(BigInt(a as number), BigInt(b as number)));
}

function isInteger(value: unknown): boolean {
  if (typeof value === "bigint" || typeof value === "boolean") return true;
  return Number.isSafeInteger(value);
}

/** An integer as a number, where a number holds it exactly. */
function small(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function floorDivideBig(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** The quotient is that of the remainder, as in Python, so that `1.0 // 0.1` is 9. */
function floorDivide(a: number, b: number): number {
  const quotient = (a - modulo(a, b)) / b;
  const below = Math.floor(quotient);
  return (quotient - below > 0.5 ? below + 1 : below) + 0;
}

function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
}

/** An integer with so many zeros at its end. */
function roundInteger(value: bigint, zeros: number): number | bigint {
  if (zeros <= 0) return small(value);
  const unit = 10n ** BigInt(zeros);
  const below = floorDivideBig(value, unit);
  const twice = 2n * (value - below * unit);
  const isAbove = twice > unit || (twice === unit && below % 2n !== 0n);
  return small((isAbove ? below + 1n : below) * unit);
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const fraction = value - below;
  if (fraction !== 0.5) return Math.round(value) + 0;
  return (below % 2 === 0 ? below : below + 1) + 0;
}

function roundDecimal(value: number, places: number): number {
  if (!Number.isFinite(value)) return value;
  if (places < 0) {
    const unit = 10 ** -places;
    return roundHalfEven(value / unit) * unit;
  }
  return Number(fixed(value, Math.min(places, DIGITS_MAX)));
}
