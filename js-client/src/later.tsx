/**
 * What only a browser shows: parts whose code is loaded when they are first seen, or that say what
 * the server cannot know.
 */
import { type ReactNode, Suspense, useSyncExternalStore } from "react";

/** Shows `children` in a browser; `fallback` on the server, and until what they need is there. */
export function Later(props: { fallback?: ReactNode; children: ReactNode }): ReactNode {
  const { fallback = null, children } = props;
  const isLive = useSyncExternalStore(subscribe, isInBrowser, isOnServer);
  return isLive ? <Suspense fallback={fallback}>{children}</Suspense> : fallback;
}

function isInBrowser(): boolean {
  return true;
}

/** Also while a browser takes over the server's HTML, which has to fit. */
function isOnServer(): boolean {
  return false;
}

function subscribe(): () => void {
  return () => {};
}
