/**
 * Strings and lists by position. Positions in strings count characters (code points), as in
 * Python, not UTF-16 units.
 */

/** The characters of a string, one by one. */
export function characters(value: string): string[] | string {
  return /[\ud800-\udfff]/.test(value) ? Array.from(value) : value;
}

/** Two lists, one after the other. */
export function join(a: readonly unknown[], b: readonly unknown[]): unknown[] {
  return [...a, ...b];
}

/** A string or a list `count` times. */
export function repeat(value: string | readonly unknown[], count: number): unknown {
  const times = Math.max(0, Math.trunc(count) || 0);
  if (typeof value === "string") return value.repeat(times);
  return Array.from({ length: times }, () => value).flat(1);
}

/** `value[start:stop:step]`; null is a bound not given. */
export function sliceSequence(
  value: string | readonly unknown[],
  start: number | null,
  stop: number | null,
  step: number,
): unknown {
  const source = typeof value === "string" ? characters(value) : value;
  const picked: unknown[] = [];
  for (const position of positions(source.length, start, stop, step)) picked.push(source[position]);
  return typeof value === "string" ? picked.join("") : picked;
}

/** The positions that a slice picks out of `length`. */
function* positions(length: number, start: number | null, stop: number | null, step: number) {
  if (step === 0) return;
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: number | null, otherwise: number) => {
    if (value === null) return otherwise;
    return Math.min(Math.max(value < 0 ? value + length : value, low), high);
  };
  const end = bound(stop, step > 0 ? high : low);
  for (let position = bound(start, step > 0 ? low : high); ; position += step) {
    if (step > 0 ? position >= end : position <= end) return;
    yield position;
  }
}
