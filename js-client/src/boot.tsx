/**
 * Starts the page: reads its description, fills the store, loads its module, renders or takes over
 * what the server rendered, connects.
 */
import { type ReactNode, startTransition } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";

import {
  connect,
  noteHandlers,
  onRestart,
  type Page,
  type PageModule,
  readPage,
  startColorMode,
  startNavigation,
  store,
  takeEarlyEvents,
  watchFields,
  watchTyping,
} from "./core.ts";
import { fallback, pageTree } from "./tree.tsx";

async function start(): Promise<void> {
  const page = readPage();
  startColorMode(page.color_mode);
  watchFields();
  watchTyping();
  store.begin(page.state);
  const element = document.getElementById("root") as HTMLElement;
  try {
    const module = (await import(/* @vite-ignore */ page.module)) as PageModule;
    const current = show(element, page, module);
    const loaded = connect(page);
    module.onLoad?.(loaded);
    // Another session has not loaded anything yet.
    onRestart(() => current().onLoad?.());
  } catch (error) {
    console.error(error);
    createRoot(element).render(fallback(error, page));
  }
}

/** Shows the page, and from then on the pages that links on it lead to. Gives what tells which. */
function show(element: HTMLElement, page: Page, module: PageModule): () => PageModule {
  let current = module;
  noteHandlers(module.handlers);
  const replayEvents = takeEarlyEvents();
  const settled = () => {
    setTimeout(replayEvents); // not within React's own work, which takes in no changes
    startNavigation({
      page,
      show: (...next) => {
        [current] = next;
        noteHandlers(current.handlers);
        startTransition(() => root.render(pageTree(page, ...next)));
      },
    });
  };
  const root = render(element, page, pageTree(page, module, page.module, { settled }));
  return () => current;
}

function render(element: HTMLElement, { rendered }: Page, tree: ReactNode): Root {
  if (rendered) return takeOver(element, tree);
  const root = createRoot(element);
  root.render(tree);
  return root;
}

/**
 * Takes over what the server rendered, in a transition: so React does it in slices of a few
 * milliseconds, else in one piece, during which the browser answers to nobody.
 */
function takeOver(element: HTMLElement, tree: ReactNode): Root {
  let root!: Root;
  startTransition(() => {
    root = hydrateRoot(element, tree, { onRecoverableError: reportMismatch });
  });
  return root;
}

/** The page is whole, but it was made anew where the server's HTML did not fit. */
function reportMismatch(error: unknown): void {
  console.error("ferroflex: the browser does not render what the server rendered:", error);
}

void start();
