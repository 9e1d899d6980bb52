/**
 * Dates, times and durations, which arrive as the texts that Python's `str()` gives.
 */

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;

const DURATION = /^(-?\d+) days?(?:, (.+))?$/;
const CLOCK = /^(\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?(?:Z|([+-])(\d+):(\d+)(?::(\d+))?)?$/;
const DATE = /^(\d+)-(\d+)-(\d+)$/;

/**
 * What a text of a date, a time or a duration names, in microseconds, so that two of a kind can be
 * compared; a date is its midnight, a time without a zone that of Greenwich. Anything else is
 * itself.
 */
export function instant(value: unknown): unknown {
  return typeof value === "string" ? (microseconds(value) ?? value) : value;
}

function microseconds(text: string): bigint | null {
  const duration = DURATION.exec(text);
  if (duration) return sum(BigInt(duration[1] as string) * DAY, clock(duration[2] ?? "0:00"));
  const [date, time] = text.split(/[ T]/, 2) as [string, string?];
  if (time !== undefined) return sum(midnight(date), clock(time));
  return midnight(text) ?? clock(text);
}

function sum(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? null : a + b;
}

function clock(text: string): bigint | null {
  const parts = CLOCK.exec(text);
  if (!parts) return null;
  const [, hours, minutes, seconds = "0", fraction = "", sign, ...offset] = parts;
  const microseconds = BigInt(fraction.padEnd(6, "0").slice(0, 6));
  const time = inSeconds(hours, minutes, seconds) * SECOND + microseconds;
  const ahead = sign ? inSeconds(offset[0], offset[1], offset[2] ?? "0") * SECOND : 0n;
  return sign === "-" ? time + ahead : time - ahead;
}

function inSeconds(hours = "0", minutes = "0", seconds = "0"): bigint {
  return BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds);
}

function midnight(text: string): bigint | null {
  const parts = DATE.exec(text);
  if (!parts) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return BigInt(date.getTime()) * 1000n;
}
