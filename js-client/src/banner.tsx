/**
 * The banner that says when the page has lost its server, when what is done waits to be stored, and
 * when a newer version is about to be loaded.
 */
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";

import { type Status, useStatus } from "./status.ts";

/** A connection is away for less than this in most cases, which nobody needs to hear of. */
const PATIENCE_MS = 1_000;

/** Appears when there was no connection for a while, or will not be one again. */
export function ConnectionBanner(): ReactNode {
  const status = useStatus();
  const late = useLate(status.kind !== "open");
  const isReplaced = useSyncExternalStore(subscribe, readReplaced, readReplaced);
  const isShown = isLost(status, late) ? !isReplaced : late;
  if (!isShown) return null;
  const isCalm = status.kind === "unstored" || status.kind === "updating";
  return (
    <div className={isCalm ? "ff-banner ff-calm" : "ff-banner"} role="status">
      {status.kind !== "stopped" && <span className="ff-spinner" aria-hidden />}
      <span>{describe(status)}</span>
      {status.kind === "stopped" && (
        <button type="button" onClick={() => location.reload()}>
          Reload
        </button>
      )}
    </div>
  );
}

/** A page that has a sign of its own does without the banner; gives what ends that. */
export function replaceBanner(): () => void {
  change(1);
  return () => change(-1);
}

/** Whether it has to be said that there is no connection. */
export function isLost({ kind }: Status, late: boolean): boolean {
  if (kind === "open" || kind === "unstored" || kind === "updating") return false;
  return kind === "stopped" || late;
}

/** Whether it has been away for a while, in milliseconds. */
export function useLate(away: boolean, afterMs = PATIENCE_MS): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!away) {
      setLate(false);
      return undefined;
    }
    const timer = setTimeout(() => setLate(true), afterMs);
    return () => clearTimeout(timer);
  }, [away, afterMs]);
  return away && late;
}

let replacements = 0;
const listeners = new Set<() => void>();

function change(by: number): void {
  replacements += by;
  for (const listener of listeners) listener();
}

function readReplaced(): boolean {
  return replacements > 0;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function describe(status: Status): string {
  switch (status.kind) {
    case "waiting":
      return `Not connected (${status.reason}). Trying again …`;
    case "unstored":
      return "Saving takes longer than usual. What you do is kept and will be saved.";
    case "updating":
      return "There is a newer version. Loading it …";
    case "stopped":
      return `Disconnected: ${status.reason}`;
    default:
      return "Connection lost. Reconnecting …";
  }
}
