/**
 * Tells of the page's own errors: those that nobody caught, while it renders or later.
 */
import { useEffect, useRef } from "react";

/** So many errors are told of one page: one that fails again and again says nothing new. */
const ERRORS_TOLD_MAX = 20;

/** What failed, and in which components, if that is known. */
interface Failure {
  info: string;
  components: string;
}

/** Listens for as long as it is on the page. */
export function PageErrors({ onError }: { onError(failure: Failure): void }): null {
  const latest = useRef(onError);
  latest.current = onError;
  useEffect(() => {
    let told = 0;
    const tell = (error: unknown, message: string) => {
      if (++told > ERRORS_TOLD_MAX) return;
      latest.current({ info: described(error, message), components: "" });
    };
    const failed = ({ error, message }: ErrorEvent) => tell(error, message);
    const rejected = ({ reason }: PromiseRejectionEvent) => tell(reason, String(reason));
    addEventListener("error", failed);
    addEventListener("unhandledrejection", rejected);
    return () => {
      removeEventListener("error", failed);
      removeEventListener("unhandledrejection", rejected);
    };
  }, []);
  return null;
}

function described(error: unknown, message: string): string {
  if (!(error instanceof Error)) return message;
  return `${error.name}: ${error.message}\n${error.stack ?? ""}`;
}
