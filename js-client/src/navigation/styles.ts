/**
 * The stylesheets of pages that follow each other. They stand in the head in the order in which
 * they override each other, and a page is not shown before its own are there.
 */

/** Stylesheets on their way. */
const loading = new Map<string, Promise<void>>();

/** Puts what is missing into the head, each at its place; waits until all are there. */
export async function addStyles(addresses: readonly string[]): Promise<void> {
  let before: Element | null = null;
  for (const address of addresses) {
    const link: Element = stylesheet(address) ?? add(address, before);
    before = link;
  }
  await Promise.all(addresses.map((address) => loading.get(address)));
}

/** Removes those of other pages. Before, they would be missed by the page that still is shown. */
export function keepStyles(own: readonly string[], all: Iterable<string>): void {
  for (const address of all) {
    if (!own.includes(address)) stylesheet(address)?.remove();
  }
}

/** Whether the document has a stylesheet, or is about to. */
export function hasStyle(address: string): boolean {
  return stylesheet(address) !== undefined;
}

function stylesheet(address: string): HTMLLinkElement | undefined {
  const links = document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]");
  return Array.from(links).find((link) => link.getAttribute("href") === address);
}

function add(address: string, before: Element | null): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  loading.set(address, whenLoaded(link, address).finally(() => loading.delete(address)));
  link.setAttribute("href", address);
  if (before) before.after(link);
  else document.head.append(link);
  return link;
}

function whenLoaded(link: HTMLLinkElement, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error(`${address} cannot be loaded`));
    });
  });
}
