/**
 * Links and redirects that lead to another page of the app: which of them change the page without
 * loading a document. How they do is loaded when the first one is about to be followed
 * (navigation/navigator.ts).
 */
import type { ComponentType } from "react";

import type { PageHead } from "./head.ts";
import { isFragment, isInApp, isPlainClick, linkedAddress, wishesOf } from "./links.ts";
import type { Arrival } from "./outlet.tsx";
import type { Page } from "./page.ts";
import { navigated } from "./runtime.ts";

/** What a generated module exports. */
export interface PageModule {
  default: ComponentType;
  /** Sends the page's `on_load` events, from that one on. */
  onLoad?: (from?: number) => void;
  /** The names of the handlers that it sends events to, by their numbers. */
  handlers?: Readonly<Record<number, string>>;
  /** Its title and description, where they depend on the state. */
  head?: PageHead;
}

/** Where pages are shown. */
export interface Stage {
  /** What the document said of itself. */
  page: Page;
  /** Shows the page of a module; its name is the module's address. */
  show(module: PageModule, name: string, arrival: Arrival): void;
}

/** What an address is to the history: the next entry, the present one, or one gone back to. */
export type Step = "push" | "replace" | "pop";

type Navigator = import("./navigation/navigator.ts").Navigator;

/** What navigates, once there is something to navigate to. */
interface Navigation {
  base: string;
  load(): Promise<Navigator>;
  /** What was loaded. */
  ready: Navigator | null;
}

let navigation: Navigation | null = null;

/** Begins to follow links inside the app, once the first page is shown. */
export function startNavigation(stage: Stage): void {
  const { base, pages } = stage.page;
  if (!pages) return;
  let loading: Promise<Navigator> | null = null;
  const started: Navigation = {
    base,
    ready: null,
    load: () => (loading ??= open(stage, pages).then((navigator) => (started.ready = navigator))),
  };
  navigation = started;
  document.addEventListener("click", (event) => follow(started, event));
  for (const kind of ["pointerover", "focusin", "touchstart"]) {
    document.addEventListener(kind, ({ target }) => prepare(started, target), { passive: true });
  }
  addEventListener("hashchange", navigated);
  if (!history.state?.ferroflex) return;
  // What the history has from before a reload is still to be gone back to, this entry first; or the
  // user has gone back already, before anything here could hear of it.
  const arrive = (navigator: Navigator) =>
    isElsewhere() ? navigator.go(new URL(location.href), "pop") : restore(navigator);
  const giveUp = () => void (isElsewhere() && leave(new URL(location.href), "pop"));
  void started.load().then(arrive, giveUp);
}

/** Whether the address is another one than the document was loaded for, as early.js saw it. */
function isElsewhere(): boolean {
  const { ferroflexAddress: loaded } = document as { ferroflexAddress?: string };
  if (loaded === undefined) return false;
  const { pathname, search } = new URL(loaded);
  return pathname !== location.pathname || search !== location.search;
}

/** Leads to an address without loading a document; false when that needs one. */
export function navigate(address: URL, step: Step, keepsScroll = false): boolean {
  if (!navigation || !isInApp(address, navigation.base) || isFragment(address)) return false;
  navigation.load().then(
    (navigator) => navigator.go(address, step, keepsScroll),
    () => leave(address, step),
  );
  return true;
}

/** Leads to an address by loading a document. */
export function leave(address: URL, step: Step): void {
  if (step === "pop") location.reload();
  else if (step === "replace") location.replace(address);
  else location.assign(address);
}

function restore(navigator: Navigator): void {
  navigator.restorePosition();
}

async function open(stage: Stage, pages: string): Promise<Navigator> {
  const { Navigator } = await import("./navigation/navigator.ts");
  return Navigator.open(stage, pages);
}

function follow({ base, ready }: Navigation, event: MouseEvent): void {
  const address = isPlainClick(event) ? linkedAddress(event.target, base) : null;
  if (!address) return;
  const { replaces, keepsScroll } = wishesOf(event.target);
  if (isFragment(address)) {
    ready?.keepPosition();
    if (!replaces) return;
    event.preventDefault();
    return location.replace(address);
  }
  // What is no page is a file, or the server's to answer for.
  if (ready && !ready.find(address)) return;
  const step = replaces || address.href === location.href ? "replace" : "push";
  if (navigate(address, step, keepsScroll)) event.preventDefault();
}

/** Fetches what a link is about to need. */
function prepare({ base, load }: Navigation, target: EventTarget | null): void {
  const address = linkedAddress(target, base);
  if (!address || isFragment(address)) return;
  load().then(
    (navigator) => navigator.prefetch(address),
    () => {}, // the click loads a document
  );
}
