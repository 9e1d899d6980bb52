/**
 * Values as text: Python's `str()` and `repr()`, and JSON.
 */

/** `str(value)`. */
export function str(value: unknown): string {
  return typeof value === "string" ? value : repr(value);
}

/** `str(value)` of a float, which is written as one also when it is whole. */
export function floatStr(value: unknown): string {
  const written = str(value);
  const isNumber = typeof value === "bigint" || typeof value === "number";
  const isWhole = isNumber && /^-?\d+$/.test(written);
  if (!isWhole) return written;
  return Math.abs(Number(value)) >= 1e16 ? number(Number(value)) : `${written}.0`;
}

/** `str(value)` for a place that shows nothing for None. */
export function text(value: unknown): string {
  return value === null || value === undefined ? "" : str(value);
}

/** JSON text; of a string the string itself. */
export function json(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value ?? null, (_, item) => {
    if (typeof item !== "bigint") return item;
    return Number(item);
  });
}

/** `repr(value)`. */
export function repr(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quote(value);
    case "boolean":
      return value ? "True" : "False";
    case "number":
      return number(value);
    case "bigint":
      return String(value);
  }
  if (value === null || value === undefined) return "None";
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  if (value instanceof Uint8Array) return bytes(value);
  const entries = Object.entries(value as object);
  return `{${entries.map(([key, item]) => `${quote(key)}: ${repr(item)}`).join(", ")}}`;
}

/**
 * A number without a fraction may be an integer or a float, which JavaScript cannot tell apart:
 * it is written as an integer, but for those so large that only floats come as numbers.
 */
function number(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (Number.isSafeInteger(value)) return String(value);
  if (size >= 1e16 || size < 1e-4) return exponential(value);
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Python writes at least two digits of the exponent. */
function exponential(value: number): string {
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quote(value: string): string {
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  const body = value.replace(/[\\\n\r\t\u0000-\u001f\u007f'"]/g, (character) => {
    if (character === "'" || character === '"') return character === mark ? `\\${mark}` : character;
    return ESCAPES[character] ?? `\\x${hex(character.charCodeAt(0))}`;
  });
  return mark + body + mark;
}

function bytes(value: Uint8Array): string {
  const body = Array.from(value, (byte) => {
    const character = String.fromCharCode(byte);
    if (ESCAPES[character]) return ESCAPES[character];
    if (character === "'") return "\\'";
    return byte >= 0x20 && byte < 0x7f ? character : `\\x${hex(byte)}`;
  });
  return `b'${body.join("")}'`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
