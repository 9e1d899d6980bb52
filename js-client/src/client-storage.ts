/**
 * Fields of the state that the browser keeps: in cookies, in its local or its session storage.
 *
 * What the state says is written there when it changes; what the browser has is told to the
 * session by hello, and when somebody else changes it. Not here: the frames (session.ts), and the
 * commands that remove what is stored (commands.ts).
 */
import { type CookieOptions, readCookie, removeCookie, writeCookie } from "./cookies.ts";
import type { Page } from "./page.ts";
import { readStored, removeStored, writeStored } from "./storage.ts";
import type { State } from "./store.ts";
import { encode, type StoredValues, type Value } from "./wire.ts";

/** Where a field is kept: its substate's number, its own, and the options. */
export type StoredField = readonly [substate: number, field: number, options: StorageOptions];

/** The options of a field that the browser keeps. */
export interface StorageOptions extends CookieOptions {
  in: "cookie" | "local" | "session";
  name: string;
  /** What the field starts with, when that is not the empty text. */
  default?: string;
  /** Whether changes by other tabs are told at once. */
  sync?: boolean;
}

/** So many bytes of text are told at most; the session has the same limit. */
const TOLD_BYTES = 512 * 1024;
/** So many told values are remembered, to know them again when the session answers. */
const ECHOES = 256;

/** A field, and what is known of it. */
interface Entry {
  readonly key: string;
  readonly place: readonly [number, number];
  readonly options: StorageOptions;
  /** The value that the state had when it was last looked at. */
  seen: Value | undefined;
  /** Texts that the session was told and has not answered yet, oldest first. */
  echoes: (string | null)[];
  /** Whether the browser did not take what was written last. */
  refused: boolean;
}

let removed: (() => void) | null = null;

/** Calls `listener` when something that is stored was removed by a command. */
export function onRemoved(listener: () => void): void {
  removed = listener;
}

/** Tells that a command removed something that is stored. */
export function announceRemoved(): void {
  removed?.();
}

/** What the browser keeps of the state of a page. */
export class ClientStorage {
  readonly #entries: Entry[];
  readonly #tell: (values: StoredValues) => boolean;
  #greeted = false;
  #missed = false;

  /** `tell` sends a session what changed, and says whether it could. */
  constructor(fields: readonly StoredField[], tell: (values: StoredValues) => boolean) {
    this.#entries = fields.map(([substate, field, options]) => ({
      key: `${substate}.${field}`,
      place: [substate, field],
      options,
      seen: undefined,
      echoes: [],
      refused: false,
    }));
    this.#tell = tell;
  }

  /**
   * Begins with the state that the page was delivered with. Where that is a session's own, cookies
   * that it has set are written.
   */
  start(state: State, { token, continued }: Pick<Page, "token" | "continued">): void {
    for (const entry of this.#entries) {
      entry.seen = valueOf(entry, state);
      const { in: area, max_age } = entry.options;
      if (area !== "cookie") continue;
      const kept = read(entry);
      // What the session of another page holds may be older than what the browser has by now.
      if (token && !continued) put(entry, kept);
      // As Reflex does: a cookie that lasts does so from the last visit on.
      else if (kept !== null && max_age) write(entry, kept);
    }
  }

  /**
   * What hello says: everything, or what is not as the state has it. The first one always says
   * something, since the session waits for it; undefined is nothing new.
   */
  hello(state: State, everything: boolean): StoredValues | undefined {
    const told = this.#values(this.#entries, everything ? null : state);
    const first = !this.#greeted;
    this.#greeted = true;
    return first || everything || Object.keys(told).length > 0 ? told : undefined;
  }

  /** Writes what has changed in the state. */
  write(state: State): void {
    for (const entry of this.#entries) {
      const value = valueOf(entry, state);
      if (Object.is(value, entry.seen)) continue;
      entry.seen = value;
      const answered = entry.echoes.findIndex((text) => sameText(entry, text, value));
      entry.echoes = entry.echoes.slice(answered + 1);
      // An answer is not written: somebody may have stored something newer meanwhile.
      if (answered >= 0) continue;
      entry.echoes = [];
      put(entry, read(entry));
    }
  }

  /** The state was begun anew and knows nothing of what is kept. */
  restart(state: State): void {
    for (const entry of this.#entries) {
      entry.seen = valueOf(entry, state);
      entry.echoes = [];
    }
    this.#send(this.#values(this.#entries, null));
  }

  /** What is kept may have been changed by others than the state. */
  look(state: State): void {
    this.#send(this.#values(this.#entries, state));
  }

  /** Another tab changed a key of the local storage, or all of it. */
  changed(state: State, name: string | null): void {
    const synced = this.#entries.filter(({ options }) => {
      return options.in === "local" && options.sync && (name ?? options.name) === options.name;
    });
    this.#send(this.#values(synced, state));
  }

  /** The session can be told again; it is, where it could not be. */
  joined(state: State): void {
    if (this.#missed) this.look(state);
  }

  /** What is kept of these fields: all of it, or what is not as this state has it. */
  #values(entries: readonly Entry[], unlike: State | null): StoredValues {
    const told: StoredValues = {};
    let left = TOLD_BYTES;
    for (const entry of entries) {
      const kept = read(entry);
      const known = unlike && (entry.refused || sameText(entry, kept, valueOf(entry, unlike)));
      if (known) continue;
      left -= kept === null ? 0 : new TextEncoder().encode(encode(kept)).length;
      if (left < 0) {
        console.warn(`ferroflex: ${entry.options.name} is too long to be told to the server`);
        break;
      }
      told[entry.key] = kept;
      entry.echoes = [...entry.echoes, kept].slice(-ECHOES);
    }
    return told;
  }

  #send(values: StoredValues): void {
    this.#missed = Object.keys(values).length > 0 && !this.#tell(values);
  }
}

function valueOf({ place: [substate, field] }: Entry, state: State): Value | undefined {
  return state[substate]?.[field];
}

/** The text that stands for a value; null for none. */
function textOf(value: Value | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : encode(value);
}

/** Whether a field with this value is as the browser has it. */
function sameText({ options }: Entry, kept: string | null, value: Value | undefined): boolean {
  const text = textOf(value);
  return kept === text || (kept ?? options.default ?? "") === (text ?? options.default ?? "");
}

/** Writes the value last seen where the browser has another. */
function put(entry: Entry, kept: string | null): void {
  const text = textOf(entry.seen);
  if (!sameText(entry, kept, entry.seen)) write(entry, text);
}

function read({ options }: Entry): string | null {
  return options.in === "cookie" ? readCookie(options.name) : readStored(options.in, options.name);
}

function write(entry: Entry, text: string | null): void {
  const { in: area, name } = entry.options;
  if (area === "cookie" && text === null) removeCookie(name, entry.options);
  else if (area === "cookie") writeCookie(name, text as string, entry.options);
  else if (text === null) removeStored(area, name);
  else writeStored(area, name, text);
  entry.refused = read(entry) !== text;
}
