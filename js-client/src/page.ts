/**
 * What the HTML page says about itself, in its element `#ferroflex`.
 */
import type { StoredField } from "./client-storage.ts";
import { embedded } from "./embedded.ts";
import { type ErrorMessage, parse, type Value, type WireCommand } from "./wire.ts";

/** The page's description of itself. */
export interface Page {
  /** The path under which the app is served, without a slash at its end. */
  base: string;
  /** The build of the app that the page was made for. */
  build: string;
  /** The address of the page's module. */
  module: string;
  /** The state that the page was delivered with. */
  state: Value[][];
  /** That state's hash. */
  hash: string | null;
  env: "dev" | "prod";
  color_mode: "light" | "dark" | "system";
  /** The address of the table of the app's pages. */
  pages?: string;
  /** The fields that the browser keeps, where there are some. */
  storage?: StoredField[];
  /** Whether the page's content came as HTML. */
  rendered?: boolean;
  /** The session that the page was delivered with, if it was. */
  token?: string;
  /** The name that this page load has in it. */
  client?: string;
  /** The sequence number at which the state stands. */
  seq?: number;
  /** The highest event id that the session has received. */
  event?: number;
  /** Whether another page had the session before: this tab's, or one that was taken for it. */
  continued?: boolean;
  /** How many of the page's `on_load` items the server has done. */
  loaded?: number;
  /** What the handlers that ran before want done once the page is shown. */
  commands?: WireCommand[];
  /** What went wrong in them. */
  errors?: ErrorMessage[];
}

let page: Page | null = null;

/** The page's description, read once; throws when the page has none. */
export function readPage(): Page {
  if (page) return page;
  const element = embedded("ferroflex");
  if (!element?.textContent) throw new Error("the page has no element #ferroflex");
  page = parse(element.textContent) as Page;
  return page;
}

/** Sets the description where there is no document to read it from. */
export function setPage(description: Page | null): void {
  page = description;
}

/** An address of the app, given without the base, as the browser needs it. */
export function withBase(base: string, address: string): string {
  return /^\/(?!\/)/.test(address) ? base + address : address;
}

/** Path, query and fragment that the browser shows, without the base. */
export function currentRoute(base: string): string {
  const { pathname, search, hash } = location;
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : pathname;
  return (path || "/") + search + hash;
}
