/**
 * Errors of the app's own code: with their traceback in development, as a short message else.
 */
import { type ReactNode, useEffect, useSyncExternalStore } from "react";

import { toast } from "./toast.tsx";
import type { ErrorMessage } from "./wire.ts";

/** The overlay keeps so many errors; the oldest goes first. */
const FAILURES_KEPT_MAX = 20;

let failures: readonly ErrorMessage[] = [];
const listeners = new Set<() => void>();

/** Shows an error that the server reported. */
export function reportFailure(failure: ErrorMessage, env: "dev" | "prod"): void {
  console.error(`ferroflex: ${failure.code}: ${failure.message}`, failure.trace ?? "");
  if (env === "dev") change([...failures, failure].slice(-FAILURES_KEPT_MAX));
  else toast("error", "Something went wrong. Please try again.");
}

/** The errors not dismissed yet, above the page; Escape dismisses them. */
export function FailureOverlay(): ReactNode {
  const shown = useSyncExternalStore(subscribe, current, current);
  const any = shown.length > 0;
  useEffect(() => {
    if (!any) return undefined;
    const dismiss = (event: KeyboardEvent) => event.key === "Escape" && change([]);
    addEventListener("keydown", dismiss);
    return () => removeEventListener("keydown", dismiss);
  }, [any]);
  if (!any) return null;
  return (
    <div className="ff-failures" role="alert">
      <button type="button" aria-label="Dismiss" onClick={() => change([])}>
        ×
      </button>
      {shown.map((failure, index) => (
        <Failure key={index} title={failure.message} code={failure.code} trace={failure.trace} />
      ))}
    </div>
  );
}

/** What is shown of an error. */
export interface FailureProps {
  code: string;
  title: string;
  trace?: string | undefined;
}

/** One error, readable. */
export function Failure(props: FailureProps): ReactNode {
  return (
    <section className="ff-failure">
      <small>{props.code.replaceAll("_", " ")}</small>
      <strong>{props.title}</strong>
      {props.trace && <pre>{props.trace}</pre>}
    </section>
  );
}

function change(next: readonly ErrorMessage[]): void {
  failures = next;
  for (const listener of listeners) listener();
}

function current(): readonly ErrorMessage[] {
  return failures;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
