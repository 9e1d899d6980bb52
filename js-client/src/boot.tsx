/**
 * Starts the page: reads its description, fills the store, loads its module, renders or takes over
 * what the server rendered, connects.
 */
import { type ComponentType, type ReactNode, startTransition } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";

import {
  connect,
  followHead,
  type Page,
  type PageHead,
  readPage,
  startColorMode,
  store,
  watchFields,
} from "./core.ts";
import { fallback, pageTree } from "./tree.tsx";

/** What a generated module exports. */
interface PageModule {
  default: ComponentType;
  /** The title and the description, where they depend on the state. */
  head?: PageHead;
  /** Sends the page's `on_load` events. */
  onLoad?: () => void;
}

async function start(): Promise<void> {
  const page = readPage();
  startColorMode(page.color_mode);
  watchFields();
  store.begin(page.state);
  const element = document.getElementById("root") as HTMLElement;
  try {
    const module = (await import(/* @vite-ignore */ page.module)) as PageModule;
    show(element, page, pageTree(page, module.default));
    if (module.head) followHead(module.head);
    connect(page);
    module.onLoad?.();
  } catch (error) {
    console.error(error);
    createRoot(element).render(fallback(error, page));
  }
}

function show(element: HTMLElement, { rendered }: Page, tree: ReactNode): void {
  if (!rendered) return createRoot(element).render(tree);
  // In a transition React takes a page over in slices of a few milliseconds; else in one piece,
  // during which the browser answers to nobody.
  startTransition(() => void hydrateRoot(element, tree, { onRecoverableError: reportMismatch }));
}

/** The page is whole, but it was made anew where the server's HTML did not fit. */
function reportMismatch(error: unknown): void {
  console.error("ferroflex: the browser does not render what the server rendered:", error);
}

void start();
