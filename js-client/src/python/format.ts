/**
 * Numbers in the formats of f-strings. Not here: text without a format (text.ts).
 */
import { fixed } from "./number.ts";
import { str } from "./text.ts";

/** How many digits follow the point where a format does not say it. */
const DIGITS = 6;

/**
 * `format(value, spec)` of a number, for the specs that page code may give: `[,][.digits]f`,
 * `[,][.digits]%`, `,` and `,d`. What is no number, as long as data is on its way, is its text.
 */
export function format(value: unknown, spec: string): string {
  const parts = /^(,?)(?:\.(\d+))?([fd%]?)$/.exec(spec);
  const number = typeof value === "boolean" ? Number(value) : value;
  if (!parts || (typeof number !== "number" && typeof number !== "bigint")) return str(value);
  const [, comma, digits, kind] = parts;
  const written = write(number, kind, Number(digits ?? DIGITS));
  return comma ? grouped(written) : written;
}

function write(value: number | bigint, kind: string | undefined, digits: number): string {
  if (kind === "f") return fixed(Number(value), digits);
  if (kind === "%") return `${fixed(Number(value) * 100, digits)}%`;
  return str(value);
}

/** The digits before the point in groups of three. */
function grouped(number: string): string {
  return number.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}
