/**
 * What a page does when the server runs another build of the app than the page was made for: it is
 * loaded again, but not over and over while instances of both builds answer.
 * Not here: what the user is doing meanwhile (idle.ts).
 */
import { readStored, removeOwn, writeStored } from "./storage.ts";

/** A page that was just loaded again looks for another instance rather than doing so once more. */
const RELOAD_REST_MS = 30_000;
/** A mismatch so long after the last reload has nothing to do with it any more. */
const RELOAD_RELATED_MS = 60_000;
/** Two builds side by side for so long are no deploy that is about to be over. */
const RENEWAL_MS_MAX = 300_000;

/** What is to be done. */
export type Verdict = "reload" | "retry" | "give up";

/** What is remembered from one load of the page to the next. */
interface Mark {
  /** When the page was last loaded again for another build. */
  reloaded: number;
  /** When it began to be wrong, without having been right since. */
  since: number;
}

/** Decides what to do about another build. `now` is in milliseconds. */
export function judge(base: string, now = Date.now()): Verdict {
  const { reloaded, since } = read(base);
  const age = Math.abs(now - reloaded); // clocks are set back
  const began = age < RELOAD_RELATED_MS && since > 0 ? since : now;
  if (now - began >= RENEWAL_MS_MAX) {
    forget(base);
    return "give up";
  }
  const rests = age < RELOAD_REST_MS;
  const kept = write(base, { reloaded: rests ? reloaded : now, since: began });
  if (rests) return "retry";
  // A page that cannot remember would never stop.
  return kept ? "reload" : "give up";
}

/** The page and the server are of one build. */
export function agreed(base: string): void {
  const { reloaded } = read(base);
  if (reloaded > 0) write(base, { reloaded, since: 0 });
}

/** Whoever develops an app starts it anew every few seconds: the next mismatch is a new one. */
export function forget(base: string): void {
  removeOwn("session", key(base));
}

function read(base: string): Mark {
  const text = readStored("session", key(base));
  return text ? (JSON.parse(text) as Mark) : { reloaded: 0, since: 0 };
}

function write(base: string, mark: Mark): boolean {
  const text = JSON.stringify(mark);
  writeStored("session", key(base), text);
  return readStored("session", key(base)) === text;
}

function key(base: string): string {
  return `ferroflex:renewed:${base}`;
}
