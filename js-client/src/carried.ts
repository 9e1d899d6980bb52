/**
 * What a page that is loaded again for another build leaves to the next one: how much it has been
 * told, and the events that no server has acknowledged, with their handlers' names, since the
 * numbers are a build's own.
 * Not here: which of them are sent again (session.ts).
 */
import type { Page } from "./page.ts";
import { takeStored, writeStored } from "./storage.ts";
import { encode, parse } from "./wire.ts";

/** How long the table of names may take; the page connects without some of the events then. */
const NAMES_MS_MAX = 5_000;

/** An event of the page before this one, or of this one for the next. */
export interface CarriedEvent {
  /** Its id in the session of that page. */
  id: number;
  handler: number;
  args: readonly unknown[];
  route: string;
}

/** The events that waited, and the session that they were for. */
export interface Carried {
  token: string | null;
  /** The last sequence number that a page of the tab has applied. */
  seq: number;
  events: readonly CarriedEvent[];
}

/** As it is stored. */
export interface Kept extends Omit<Carried, "events"> {
  /** A name is null where the page did not know it: a command of the server's had the number. */
  events: readonly (Omit<CarriedEvent, "handler"> & { handler: string | null })[];
}

/** What tells which table of names a page needs. */
type Names = Pick<Page, "base" | "build">;

const names = new Map<number, string>();

/** Notes the names of handlers that a page's module uses. */
export function noteHandlers(handlers: Readonly<Record<number, string>> = {}): void {
  for (const [number, name] of Object.entries(handlers)) names.set(Number(number), name);
}

/** Keeps it for the page that is loaded next. */
export function keepCarried(base: string, { token, seq, events }: Carried): void {
  const kept = events.map(({ id, handler, args, route }) => {
    return { id, handler: names.get(handler) ?? null, args, route };
  });
  const all: Kept = { token, seq, events: kept };
  writeStored("session", key(base), encode(all));
}

/** What the page before this one kept. */
export function takeKept({ base }: Pick<Page, "base">): Kept | null {
  const text = takeStored("session", key(base));
  return text === null ? null : (parse(text) as Kept);
}

/** The kept events whose handlers the page's build has, with their numbers there. */
export async function renumbered({ events, ...kept }: Kept, page: Names): Promise<Carried> {
  let numbers = new Map<string | null, number>([...names].map(([number, name]) => [name, number]));
  // The handlers of another page of the app.
  if (events.some(({ handler }) => !numbers.has(handler))) {
    const table = await fetchNames(page);
    if (table) numbers = new Map(table.map((name, number) => [name, number]));
  }
  const known = events.flatMap(({ handler, ...event }) => {
    const number = numbers.get(handler);
    return number === undefined ? [] : [{ ...event, handler: number }];
  });
  return { ...kept, events: known };
}

/** All handlers of the page's build, unless the server that answers has another one. */
async function fetchNames({ base, build }: Names): Promise<string[] | null> {
  try {
    const signal = AbortSignal.timeout(NAMES_MS_MAX);
    const response = await fetch(`${base}/_app/names.json`, { signal });
    const table = (await response.json()) as { build: string; handlers: string[] };
    return table.build === build ? table.handlers : null;
  } catch {
    return null;
  }
}

function key(base: string): string {
  return `ferroflex:carried:${base}`;
}
