/**
 * The page's own signs of a lost connection, in place of the shell's banner. Not here: how the
 * connection stands (../../status.ts).
 */
import { type ReactNode, useEffect, useId } from "react";

import { isLost, replaceBanner, useLate } from "../../banner.tsx";
import { readPage } from "../../page.ts";
import { useStatus } from "../../status.ts";

/** A connection that is away for so long, in milliseconds, is not about to be back. */
const MODAL_AFTER_MS = 3_000;

interface Props {
  /** What is shown; a sentence when there is nothing. */
  children?: ReactNode;
}

/** Shows its children while the connection is lost. */
export function ConnectionMessage({ children }: Props): ReactNode {
  const isShown = useLost();
  if (!isShown) return null;
  if (children) return children;
  return (
    <div className="ff-disconnected" role="status">
      <Explanation />
    </div>
  );
}

/** Shows its children in a dialog once the connection is lost for longer. */
export function ConnectionModal({ children }: Props): ReactNode {
  const title = useId();
  const isShown = useLost(MODAL_AFTER_MS);
  if (!isShown) return null;
  return (
    <dialog open aria-labelledby={title} className="ff-disconnected-dialog">
      <h2 id={title}>Connection Error</h2>
      {children ?? <Explanation />}
    </dialog>
  );
}

/** Shows its children, a sign, while the connection is lost. */
export function ConnectionPulser({ children }: Props): ReactNode {
  const reason = useReason();
  const isShown = useLost();
  if (!isShown) return null;
  return (
    <div role="status" title={`Connection Error: ${reason}`}>
      {children}
    </div>
  );
}

function useLost(afterMs?: number): boolean {
  useEffect(replaceBanner, []);
  const status = useStatus();
  const late = useLate(status.kind !== "open", afterMs);
  return isLost(status, late);
}

function useReason(): string {
  const status = useStatus();
  return "reason" in status ? status.reason : "connecting again";
}

function Explanation(): ReactNode {
  const address = `${location.origin}${readPage().base}/`;
  return `Cannot connect to server: ${useReason()}. Check if server is reachable at ${address}`;
}
