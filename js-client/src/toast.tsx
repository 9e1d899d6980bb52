/**
 * Short messages at the edge of the page. sonner is loaded with the first of them.
 */
import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from "react";

import { colorMode } from "./color.ts";
import type { ToastOptions } from "./wire.ts";

type Position = NonNullable<import("sonner").ExternalToast["position"]>;
type Show = (library: typeof import("sonner")) => void;

const waiting: Show[] = [];
const listeners = new Set<() => void>();
let wanted = false;

/** Shows a message; `level` is one of sonner's, anything else is a plain message. */
export function toast(level: string, message: string, options: ToastOptions = {}): void {
  const { title, description, duration, position, id } = options;
  const headline = title ?? message;
  const details = {
    ...(title === undefined ? {} : { description: message }),
    ...(description === undefined ? {} : { description }),
    ...(duration === undefined ? {} : { duration }),
    ...(position === undefined ? {} : { position: position as Position }),
    ...(id === undefined ? {} : { id }),
  };
  waiting.push(({ toast: show }) => {
    if (isLevel(level)) show[level](headline, details);
    else show(headline, details);
  });
  wanted = true;
  for (const listener of listeners) listener();
  deliver?.();
}

/** Where the messages appear. */
export function ToastArea(): ReactNode {
  const mode = colorMode();
  const shown = useSyncExternalStore(subscribe, isWanted, isWanted);
  if (!shown) return null;
  return (
    <Suspense>
      <LoadedToaster theme={mode} />
    </Suspense>
  );
}

const LEVELS = ["success", "info", "warning", "error", "loading"] as const;

function isLevel(level: string): level is (typeof LEVELS)[number] {
  return (LEVELS as readonly string[]).includes(level);
}

/** Hands the waiting messages over, once there is a toaster to take them. */
let deliver: (() => void) | null = null;

const LoadedToaster = lazy(async () => {
  const library = await import("sonner");
  function Delivery(): null {
    useEffect(() => {
      deliver = () => waiting.splice(0).forEach((show) => show(library));
      deliver();
      return () => {
        deliver = null;
      };
    }, []);
    return null;
  }
  function Toaster({ theme }: { theme: "light" | "dark" }): ReactNode {
    // The toaster stands first, so that it listens before the messages are delivered.
    return (
      <>
        <library.Toaster theme={theme} richColors closeButton position="bottom-right" />
        <Delivery />
      </>
    );
  }
  return { default: Toaster };
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isWanted(): boolean {
  return wanted;
}
