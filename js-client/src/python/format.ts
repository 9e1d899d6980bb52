/**
 * Python's format specifications: what stands after the colon of an f-string's `{value:spec}`.
 * Not here: text without a specification (text.ts).
 */
import { exponential, fixed } from "./digits.ts";
import { floatStr, str } from "./text.ts";

/** How many digits follow the point where the specification does not say it. */
const DIGITS = 6;

/** `[[fill]align][sign][#][0][width][grouping][.precision][kind]` */
const SPEC =
  /^(?:([^])?([<>=^]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGosxX%])?$/u;

interface Spec {
  fill: string;
  align: string | undefined;
  sign: string | undefined;
  alternate: boolean;
  width: number;
  grouping: string | undefined;
  precision: number | undefined;
  kind: string | undefined;
}

/** `format(value, spec)`. What Python would refuse is its text in the width. */
export function format(value: unknown, spec: string): string {
  return apply(value, spec, false);
}

/** `format(value, spec)` of a float, also when it is whole. */
export function floatFormat(value: unknown, spec: string): string {
  return apply(value, spec, true);
}

function apply(value: unknown, text: string, isFloat: boolean): string {
  const spec = parse(text);
  const number = typeof value === "boolean" ? Number(value) : value;
  const written = isFloat ? floatStr(value) : str(value);
  if (!spec) return written;
  if ((typeof number !== "number" && typeof number !== "bigint") || spec.kind === "s") {
    const most = typeof value === "string" ? spec.precision : undefined;
    return pad(spec, Array.from(written).slice(0, most).join(""), "<");
  }
  const isInteger = typeof number === "bigint" || Number.isSafeInteger(number);
  const wantsFloat = spec.precision !== undefined || "eEfFgG%".includes(spec.kind ?? " ");
  return isInteger && !isFloat && !wantsFloat
    ? integer(spec, BigInt(number))
    : float(spec, Number(number));
}

function parse(text: string): Spec | null {
  const parts = SPEC.exec(text);
  if (!parts) return null;
  const [, fill, align, sign, hash, zero, width, grouping, precision, kind] = parts;
  return {
    fill: fill ?? (zero ? "0" : " "),
    align: align ?? (zero && kind !== "s" ? "=" : undefined),
    sign,
    alternate: hash !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    kind,
  };
}

const RADIX: Record<string, number> = { b: 2, o: 8, x: 16, X: 16 };

function integer(spec: Spec, value: bigint): string {
  if (spec.kind === "c") return pad(spec, String.fromCodePoint(Number(value)), "<");
  const kind = spec.kind ?? "d";
  const written = (value < 0n ? -value : value).toString(RADIX[kind] ?? 10);
  const digits = kind === "X" ? written.toUpperCase() : written;
  const prefix = spec.alternate && kind !== "d" ? `0${kind}` : "";
  return signed(spec, value < 0n, { prefix, digits, rest: "", group: kind === "d" ? 3 : 4 });
}

function float(spec: Spec, value: number): string {
  const isNegative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? "nan" : "inf";
    const cased = "EFG".includes(spec.kind ?? " ") ? word.toUpperCase() : word;
    const rest = spec.kind === "%" ? `${cased}%` : cased;
    return signed(spec, isNegative, { prefix: "", digits: "", rest, group: 3 });
  }
  const written = floatDigits(spec, Math.abs(value));
  const point = written.search(/[.eE%]|$/);
  const [digits, rest] = [written.slice(0, point), written.slice(point)];
  return signed(spec, isNegative, { prefix: "", digits, rest, group: 3 });
}

/** The digits of a number that is not negative. */
function floatDigits(spec: Spec, value: number): string {
  const precision = spec.precision ?? DIGITS;
  switch (spec.kind) {
    case "f":
    case "F":
      return pointed(spec, fixed(value, precision));
    case "%":
      return `${pointed(spec, fixed(value * 100, precision))}%`;
    case "e":
      return exponential(value, precision);
    case "E":
      return exponential(value, precision).toUpperCase();
    case "G":
      return general(spec, value, precision).toUpperCase();
    case undefined: {
      if (spec.precision === undefined) return floatStr(value);
      const written = general(spec, value, precision);
      return /[.e]/.test(written) ? written : `${written}.0`;
    }
    default:
      return general(spec, value, precision);
  }
}

/** With a point, where the specification wants one even without digits after it. */
function pointed(spec: Spec, written: string): string {
  return spec.alternate && !written.includes(".") ? `${written}.` : written;
}

/** So many digits in all, exponential where the number is very large or very small. */
function general(spec: Spec, value: number, precision: number): string {
  const count = Math.max(precision, 1);
  const [digits = "", power = "0"] = exponential(value, count - 1).split("e");
  const exponent = Number(power);
  if (exponent < -4 || exponent >= (spec.kind === undefined ? count - 1 : count)) {
    return `${trimmed(spec, digits)}e${power}`;
  }
  return trimmed(spec, fixed(value, count - 1 - exponent));
}

/** Without the zeros that say nothing. */
function trimmed(spec: Spec, digits: string): string {
  if (spec.alternate || !digits.includes(".")) return digits;
  return digits.replace(/\.?0+$/, "");
}

interface Parts {
  prefix: string;
  digits: string;
  rest: string;
  group: number;
}

/** Sign, prefix, whole digits and what follows them, in groups and in the width. */
function signed(spec: Spec, isNegative: boolean, parts: Parts): string {
  const { prefix, rest, group } = parts;
  const sign = isNegative ? "-" : spec.sign === "+" || spec.sign === " " ? spec.sign : "";
  const room = spec.width - sign.length - prefix.length - rest.length;
  let digits = parts.digits;
  let grouped = inGroups(digits, spec.grouping, group);
  const fillsWithDigits = spec.align === "=" && spec.fill === "0" && digits !== "";
  while (fillsWithDigits && grouped.length < room) {
    digits = `0${digits}`;
    grouped = inGroups(digits, spec.grouping, group);
  }
  if (spec.align !== "=") return pad(spec, sign + prefix + grouped + rest, ">");
  return sign + prefix + spec.fill.repeat(Math.max(0, room - grouped.length)) + grouped + rest;
}

function inGroups(digits: string, separator: string | undefined, size: number): string {
  if (separator === undefined) return digits;
  const first = digits.length % size || size;
  const groups = [digits.slice(0, first)];
  for (let start = first; start < digits.length; start += size) {
    groups.push(digits.slice(start, start + size));
  }
  return groups.join(separator);
}

function pad(spec: Spec, written: string, usual: "<" | ">"): string {
  const missing = Math.max(0, spec.width - Array.from(written).length);
  const align = spec.align === undefined || spec.align === "=" ? usual : spec.align;
  const before = align === "<" ? 0 : align === "^" ? Math.floor(missing / 2) : missing;
  return spec.fill.repeat(before) + written + spec.fill.repeat(missing - before);
}
