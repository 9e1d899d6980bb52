/**
 * Which links are followed without loading a document: what the browser would open in this tab, of
 * this app. Not here: whether a page stands at the address (navigation/pages.ts).
 */

/** How a link wants to be followed, as the page's author said. */
export interface LinkWishes {
  /** The address takes the place of the present one in the history. */
  replaces: boolean;
  /** The next page begins where this one is scrolled to. */
  keepsScroll: boolean;
}

/** Paths below the base that are the host's, not pages. */
const OF_THE_HOST = /^\/_(app|shell|socket|upload)(\/|$)/;

/** The address that a link around this element leads to, null when the browser has to follow it. */
export function linkedAddress(element: EventTarget | null, base: string): URL | null {
  const link = element instanceof Element ? element.closest("a") : null;
  if (!link?.href || !isOrdinary(link)) return null;
  const address = new URL(link.href);
  return isInApp(address, base) ? address : null;
}

/** What the link around this element wishes. */
export function wishesOf(element: EventTarget | null): LinkWishes {
  const link = element instanceof Element ? element.closest("a") : null;
  return {
    replaces: link?.dataset.replace === "true",
    keepsScroll: link?.dataset.keepScroll === "true",
  };
}

/** Whether an address belongs to the app, and not to what the host serves for it. */
export function isInApp({ origin, pathname }: URL, base: string): boolean {
  if (origin !== location.origin) return false;
  if (pathname === base) return true;
  return pathname.startsWith(`${base}/`) && !OF_THE_HOST.test(pathname.slice(base.length));
}

/** Whether an address is a place on the page that is shown: the browser goes there by itself. */
export function isFragment({ href, pathname, search }: URL): boolean {
  return href.includes("#") && pathname === location.pathname && search === location.search;
}

/** Whether a click is one that follows a link in this tab, and nobody has taken it. */
export function isPlainClick(event: MouseEvent): boolean {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.button === 0 && !modified && !event.defaultPrevented;
}

function isOrdinary(link: HTMLAnchorElement): boolean {
  if (link.hasAttribute("download") || link.relList.contains("external")) return false;
  if (link.dataset.reload === "true") return false;
  return ["", "_self"].includes(link.target) && !link.isContentEditable;
}
