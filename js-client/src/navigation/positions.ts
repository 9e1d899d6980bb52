/**
 * The entries of the tab's history, and how far each was scrolled. The browser would scroll before
 * the page is there, so that it is left to us while the app is shown; to the browser again when a
 * document is loaded.
 */
import { readStored, writeStored } from "../storage.ts";

/** So many entries' positions are kept: nobody goes back further and remembers where they were. */
const POSITIONS_MAX = 50;

type Position = [left: number, top: number];

/** Knows the present entry by a key in its state. */
export class Positions {
  readonly #storageKey: string;
  readonly #positions: Map<string, Position>;
  #entry: string;

  constructor(base: string) {
    this.#storageKey = `ferroflex:scroll:${base}`;
    this.#positions = new Map(JSON.parse(readStored("session", this.#storageKey) ?? "[]"));
    this.#entry = keyOf(history.state) ?? this.#name("replace");
    history.scrollRestoration = "manual";
    addEventListener("pageshow", () => (history.scrollRestoration = "manual"));
    addEventListener("pagehide", () => {
      history.scrollRestoration = "auto";
      this.keep();
      writeStored("session", this.#storageKey, JSON.stringify([...this.#positions]));
    });
  }

  /** Notes how far the present entry is scrolled. */
  keep(): void {
    this.#positions.delete(this.#entry);
    this.#positions.set(this.#entry, [scrollX, scrollY]);
    for (const oldest of this.#positions.keys()) {
      if (this.#positions.size <= POSITIONS_MAX) break;
      this.#positions.delete(oldest);
    }
  }

  /** Goes to the next entry, or puts another address into the present one. */
  enter(address: URL, step: "push" | "replace"): void {
    this.keep();
    this.#entry = this.#name(step, address);
  }

  /** Takes note that the browser has gone to another entry, while the page is as it was. */
  moved(): void {
    this.keep();
    this.#entry = keyOf(history.state) ?? this.#name("replace");
  }

  /** How far the present entry was scrolled when it was left. */
  get last(): Position | undefined {
    return this.#positions.get(this.#entry);
  }

  #name(step: "push" | "replace", address: URL = new URL(location.href)): string {
    const key = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    const others = step === "replace" ? history.state : null;
    history[`${step}State`]({ ...others, ferroflex: key }, "", address);
    return key;
  }
}

function keyOf(state: unknown): string | null {
  const key = (state as { ferroflex?: unknown } | null)?.ferroflex;
  return typeof key === "string" ? key : null;
}
