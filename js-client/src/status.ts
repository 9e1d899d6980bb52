/**
 * How the connection stands, for the banner and for events that are worth nothing when late.
 */
import { useSyncExternalStore } from "react";

/** How the connection stands. */
export type Status =
  | { kind: "connecting" }
  | { kind: "open" }
  /** Connected, but what the server is told waits until it can be stored. */
  | { kind: "unstored" }
  /** The page is about to be loaded again, as there is a newer version of the app. */
  | { kind: "updating" }
  /** Tried again later; `reason` is the server's, when it gave one. */
  | { kind: "waiting"; reason: string }
  /** Not tried again before the page is loaded again. */
  | { kind: "stopped"; reason: string };

const CONNECTING: Status = { kind: "connecting" };

let current: Status = CONNECTING;
const listeners = new Set<() => void>();

/** The status at this moment. */
export function status(): Status {
  return current;
}

/** Changes the status and tells those who show it. */
export function setStatus(next: Status): void {
  current = next;
  for (const listener of listeners) listener();
}

/** The status, as a hook. */
export function useStatus(): Status {
  return useSyncExternalStore(subscribe, status, () => CONNECTING);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
