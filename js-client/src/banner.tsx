/**
 * The banner that says when the page has lost its server.
 */
import { type ReactNode, useEffect, useState } from "react";

import { type Status, useStatus } from "./status.ts";

/** A connection is away for less than this in most cases, which nobody needs to hear of. */
const PATIENCE_MS = 1_000;

/** Appears when there was no connection for a while, or will not be one again. */
export function ConnectionBanner(): ReactNode {
  const status = useStatus();
  const late = useLate(status.kind !== "open");
  if (status.kind === "open" || (!late && status.kind !== "stopped")) return null;
  return (
    <div className="ff-banner" role="status">
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

function useLate(away: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!away) {
      setLate(false);
      return undefined;
    }
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [away]);
  return away && late;
}

function describe(status: Status): string {
  switch (status.kind) {
    case "waiting":
      return `Not connected (${status.reason}). Trying again …`;
    case "stopped":
      return `Disconnected: ${status.reason}`;
    default:
      return "Connection lost. Reconnecting …";
  }
}
