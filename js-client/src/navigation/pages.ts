/**
 * The table of the app's pages, as the server wrote it: `<base>/_app/pages-<hash>.json`.
 */
import { matcher } from "./routes.ts";

/** An element of the document's head. */
export type HeadElement = readonly [tag: string, attributes: Record<string, string>, text: string];

/** What the browser needs to show a page. */
export interface PageEntry {
  route: string;
  /** The address of its module. */
  module: string;
  /** The addresses of all its stylesheets, in their order. */
  styles: string[];
  /** The addresses of what its module imports. */
  preload: string[];
  /** Its title; that of the initial state where it follows the state. */
  title: string | null;
  description: string | null;
  /** Further elements of the head: tags, attributes and texts. */
  head: HeadElement[];
  /** False for a page that has to be loaded as a document. */
  plain: boolean;
}

/** The pages, the most specific first. */
export class PageTable {
  readonly pages: readonly PageEntry[];
  readonly #matchers: ((path: string) => boolean)[];
  readonly #notFound: PageEntry | undefined;

  constructor({ pages, not_found }: { pages: PageEntry[]; not_found: number | null }) {
    this.pages = pages;
    this.#matchers = pages.map(({ route }) => matcher(route));
    this.#notFound = not_found === null ? undefined : pages[not_found];
  }

  /** Fetches the table. */
  static async fetch(address: string): Promise<PageTable> {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return new PageTable(await response.json());
  }

  /** The page at a path below the base. */
  find(path: string): PageEntry | undefined {
    return this.pages[this.#matchers.findIndex((matches) => matches(path))];
  }

  /** The page that the server answers with at a path below the base. */
  shownAt(path: string): PageEntry | undefined {
    return this.find(path) ?? this.#notFound;
  }
}
