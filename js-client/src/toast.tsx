/**
 * Short messages at the edge of the page. sonner is loaded with the first of them.
 */
import {
  type CSSProperties,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useSyncExternalStore,
} from "react";

import { colorMode } from "./color.ts";
import type { Callback, ToastOptions } from "./wire.ts";

type Details = import("sonner").ExternalToast;
/** How messages are shown: what sonner's Toaster takes. */
export type ToasterOptions = import("sonner").ToasterProps;
type Show = (library: typeof import("sonner")) => void;

const waiting: Show[] = [];
const listeners = new Set<() => void>();
let wanted = false;
let chosen: ToasterOptions | null = null;
/** Whether the app leaves it to the shell where messages are shown. */
let provided = true;

/** Shows a message; `level` is one of sonner's, anything else is a plain message. */
export function toast(level: string, message: unknown, options: ToastOptions<Callback> = {}): void {
  if (!isShown()) return;
  const headline = text(options.title ?? message);
  const below = options.description ?? (options.title === undefined ? undefined : message);
  const details = { ...detailsOf(options), ...(text(below) ? { description: text(below) } : {}) };
  waiting.push(({ toast: show }) => {
    if (isLevel(level)) show[level](headline, details);
    else show(headline, details);
  });
  wanted = true;
  tell();
  deliver?.();
}

/** Takes the message of that id away, or all of them. */
export function dismissToast(id?: string | number): void {
  // Before the first message there is nothing to take away, and no library to ask.
  if (!wanted || !isShown()) return;
  waiting.push(({ toast: show }) => show.dismiss(id));
  deliver?.();
}

/** Shows messages in another way than the shell's own; the result goes back to that. */
export function setToaster(options: ToasterOptions): () => void {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const own = (chosen = Object.fromEntries(given));
  tell();
  return () => {
    if (chosen !== own) return;
    chosen = null;
    tell();
  };
}

/**
 * Where the messages appear. Of an app that does without (`own` is false) none is shown where its pages
 * have no place for them.
 */
export function ToastArea({ own }: { own: boolean }): ReactNode {
  const mode = colorMode();
  const shown = useSyncExternalStore(subscribe, isWanted, isWanted);
  const options = useSyncExternalStore(subscribe, toasterOptions, toasterOptions);
  useEffect(() => {
    provided = own;
    if (!isShown()) waiting.length = 0;
  }, [own]);
  if (!shown || !(own || options)) return null;
  return (
    <Suspense>
      <LoadedToaster theme={mode} {...options} />
    </Suspense>
  );
}

const LEVELS = ["success", "info", "warning", "error", "loading"] as const;

/** What sonner calls the options. An option that was not given is left to its defaults. */
function detailsOf(options: ToastOptions<Callback>): Details {
  const { on_action, on_cancel, on_dismiss, on_auto_close } = options;
  const details = {
    id: options.id,
    duration: options.duration,
    position: options.position as Details["position"],
    closeButton: options.close_button,
    dismissible: options.dismissible,
    invert: options.invert,
    unstyled: options.unstyled,
    className: options.class_name,
    style: styleOf(options.style),
    actionButtonStyle: styleOf(options.action_style),
    cancelButtonStyle: styleOf(options.cancel_style),
    action: on_action && { label: text(options.action), onClick: () => on_action() },
    cancel: on_cancel && { label: text(options.cancel), onClick: () => on_cancel() },
    onDismiss: on_dismiss && ((shown: unknown) => on_dismiss(plain(shown))),
    onAutoClose: on_auto_close && ((shown: unknown) => on_auto_close(plain(shown))),
  };
  const given = Object.entries(details).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Details;
}

/** Style props in Python's spelling or CSS's, as React wants them. */
function styleOf(style: Record<string, unknown> | undefined): CSSProperties | undefined {
  const rename = (name: string) =>
    name.startsWith("--") ? name : name.replace(/[_-](\w)/g, (_, letter) => letter.toUpperCase());
  return (
    style &&
    Object.fromEntries(Object.entries(style).map(([name, value]) => [rename(name), value]))
  );
}

/** What can be sent of a message that went: not its functions, nor what React made of it. */
function plain(shown: unknown): Record<string, unknown> {
  const simple = ["string", "number", "boolean"];
  const parts = Object.entries(shown as object).filter(([, part]) => simple.includes(typeof part));
  return Object.fromEntries(parts);
}

/** A message may be computed of the state, and be any value. */
function text(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

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
  function Toaster(options: ToasterOptions): ReactNode {
    // The toaster stands first, so that it listens before the messages are delivered.
    return (
      <>
        <library.Toaster richColors closeButton position="bottom-right" {...options} />
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

function tell(): void {
  for (const listener of listeners) listener();
}

function toasterOptions(): ToasterOptions | null {
  return chosen;
}

function isShown(): boolean {
  return provided || chosen !== null;
}

function isWanted(): boolean {
  return wanted;
}
