/**
 * The decimal digits of doubles. JavaScript works on the exact value, as Python does, but takes an
 * exact half away from zero instead of to the even neighbour: its last digit is one too high then,
 * if it is odd.
 */

/** `toFixed` and its kin take no more. */
export const DIGITS_MAX = 100;

/** Numbers from here on are integers that `toFixed` does not write out. */
const TO_FIXED_LIMIT = 1e21;

/** A finite number with so many digits after the point. */
export function fixed(value: number, places: number): string {
  const sign = Object.is(value, -0) ? "-" : "";
  if (Math.abs(value) >= TO_FIXED_LIMIT) {
    return places > 0 ? `${BigInt(value)}.${"0".repeat(places)}` : String(BigInt(value));
  }
  const written = value.toFixed(places);
  const isHalf = (Math.abs(value) * 2 ** (places + 1)) % 2 === 1;
  return sign + (isHalf ? toEven(written) : written);
}

/** A finite number with one digit before the point and so many after it, and its exponent. */
export function exponential(value: number, places: number): string {
  const [digits = "", power = "+0"] = value.toExponential(places).split("e");
  const exact = value.toExponential(DIGITS_MAX).split("e")[0] ?? "";
  const isHalf = /^50*$/.test(exact.replace(/[-.]/g, "").slice(places + 1));
  // A carry into the next power ends in a zero, which is even.
  const even = isHalf ? toEven(digits) : digits;
  return `${even}e${power.replace(/^([+-])(\d)$/, "$10$2")}`;
}

/** One less in the last digit, if that is odd. */
function toEven(written: string): string {
  const last = Number(written.at(-1));
  return last % 2 === 1 ? `${written.slice(0, -1)}${last - 1}` : written;
}
