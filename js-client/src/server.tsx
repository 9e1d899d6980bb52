/**
 * The module `@ferroflex/server`: pages as HTML. It runs in the server's own JavaScript engine,
 * which has no browser around it, and is never loaded by one.
 *
 * Everything that a page reads is set before it is rendered and forgotten afterwards: one engine
 * renders the pages of many visitors. Nothing runs in between, since rendering does not wait.
 */
import { renderToString } from "react-dom/server";

import { setDefaultMode } from "./color.ts";
import type { PageModule } from "./navigation.ts";
import { type Page, setPage } from "./page.ts";
import { beginPreparing, endPreparing } from "./prepared.ts";
import { store } from "./store.ts";
import { pageTree } from "./tree.tsx";
import { parse } from "./wire.ts";

const modules = new Map<string, PageModule>();

/** Loads the page whose module has this address, so that it can be rendered. */
export async function load(address: string): Promise<string> {
  modules.set(address, (await import(/* @vite-ignore */ address)) as PageModule);
  return "";
}

/**
 * The same, with scripts that a browser does not run: in the browser, too, React makes none that it
 * would. Of two attributes of a name the first one counts.
 */
function withoutScripts(html: string): string {
  return html.replace(/<script(?=[\s>])/gi, '<script type="text/plain"');
}

/**
 * The HTML of a loaded page's content, and what was prepared for the browser; `description` is what
 * the page tells the shell about itself.
 */
export function render(address: string, description: string): string {
  const module = modules.get(address);
  if (!module) throw new Error(`${address} is not loaded`);
  const page = parse(description) as unknown as Page;
  try {
    setPage(page);
    setDefaultMode(page.color_mode);
    store.begin(page.state);
    beginPreparing();
    const html = renderToString(pageTree(page, module, address));
    return withoutScripts(html) + endPreparing();
  } finally {
    endPreparing();
    store.begin([]);
    setPage(null);
  }
}
