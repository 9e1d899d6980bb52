/**
 * What pages are made of, fetched: at once for the next page, ahead for one that may be next.
 */
import { loadedAhead } from "../ahead.ts";
import type { PageModule } from "../navigation.ts";
import { nonce } from "../script.ts";
import type { PageEntry } from "./pages.ts";
import { addStyles, hasStyle } from "./styles.ts";

/** So many pages are fetched ahead of their click: a list of links is passed over quickly. */
const PREFETCHED_PAGES_MAX = 32;

const prefetched = new Set<PageEntry>();
const preloaded = new Set<string>();

/** Loads a page's module, what it imports, and its stylesheets. */
export async function loadPage(page: PageEntry): Promise<PageModule> {
  preloadModules(page);
  const module = import(/* @vite-ignore */ page.module) as Promise<PageModule>;
  await Promise.all([module, addStyles(page.styles), loadedAhead()]);
  return module;
}

/** Fetches what a page needs, unless the user pays for every byte. */
export function prefetchPage(page: PageEntry): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData || prefetched.size >= PREFETCHED_PAGES_MAX) return;
  if (!page.plain || prefetched.has(page)) return;
  prefetched.add(page);
  preloadModules(page);
  loadedAhead().catch(() => {}); // the click tries again
  for (const address of page.styles) if (!hasStyle(address)) hint("prefetch", address);
}

/** All at once: each import is known only when what imports it is there. */
function preloadModules({ module, preload }: PageEntry): void {
  for (const address of [module, ...preload]) hint("modulepreload", address);
}

function hint(rel: string, address: string): void {
  if (preloaded.has(address)) return;
  preloaded.add(address);
  const link = document.createElement("link");
  link.rel = rel;
  if (rel === "prefetch") link.as = "style";
  link.nonce = nonce();
  link.href = address;
  document.head.append(link);
}
