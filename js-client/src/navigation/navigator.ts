/**
 * From one page of the app to the next without loading a document: what is done, in its order.
 * Not here: which clicks and redirects begin it (navigation.ts).
 */
import { leave, type PageModule, type Stage, type Step } from "../navigation.ts";
import { navigated } from "../runtime.ts";
import { announce, moveFocus, scrollTo } from "./attention.ts";
import { replaceHead } from "./head.ts";
import { type PageEntry, PageTable } from "./pages.ts";
import { Positions } from "./positions.ts";
import { showProgress } from "./progress.ts";
import { loadPage, prefetchPage } from "./resources.ts";
import { keepStyles } from "./styles.ts";

/** A path whose last part has an ending: files come before pages of routes with arguments. */
const LIKE_FILE = /\.[^/]*$/;

/** Where it goes, and how. */
interface Goal {
  address: URL;
  step: Step;
  /** The page stays where it is scrolled to. */
  keepsScroll: boolean;
}

/** Knows the pages and which of them is shown. */
export class Navigator {
  readonly #stage: Stage;
  readonly #table: PageTable;
  readonly #positions: Positions;
  /** The stylesheets of all pages. */
  readonly #styles: Set<string>;
  /** The page that is shown, and its path and query. */
  #page: PageEntry | undefined;
  #place: string;
  /** Counts the pages asked for: the last one wins. */
  #asked = 0;

  /** Begins with the page that the document was loaded for. */
  constructor(stage: Stage, table: PageTable) {
    this.#stage = stage;
    this.#table = table;
    this.#positions = new Positions(stage.page.base);
    this.#styles = new Set(table.pages.flatMap(({ styles }) => styles));
    this.#page = table.shownAt(this.#pathOf(new URL(location.href)));
    this.#place = location.pathname + location.search;
    addEventListener("popstate", () => this.#moved());
  }

  /** Fetches the table of pages first. */
  static async open(stage: Stage, pages: string): Promise<Navigator> {
    return new Navigator(stage, await PageTable.fetch(pages));
  }

  /** The page at an address of the app; none where there may be a file, which the server knows. */
  find(address: URL): PageEntry | undefined {
    const path = this.#pathOf(address);
    const page = this.#table.find(path);
    return page?.route.includes("[") && LIKE_FILE.test(path) ? undefined : page;
  }

  /** Fetches what the page at an address needs. */
  prefetch(address: URL): void {
    const page = this.find(address);
    if (page) prefetchPage(page);
  }

  /** Notes how far the page is scrolled, before the browser scrolls it. */
  keepPosition(): void {
    this.#positions.keep();
  }

  /** Scrolls to where the page was left before a reload, if the browser had too little to scroll. */
  restorePosition(): void {
    const { last } = this.#positions;
    if (last && scrollY === 0) scrollTo(new URL(location.href), last);
  }

  /** Shows the page at an address; one that cannot be shown so is loaded as a document. */
  async go(address: URL, step: Step, keepsScroll = false): Promise<void> {
    const asked = ++this.#asked;
    const page = this.find(address);
    if (!page?.plain) return leave(address, step);
    const hideProgress = showProgress();
    try {
      const module = await loadPage(page);
      if (asked === this.#asked) this.#enter(page, module, { address, step, keepsScroll });
    } catch {
      // The app is another by now, or the network is gone: the server or the browser says which.
      if (asked === this.#asked) leave(address, step);
    } finally {
      hideProgress();
    }
  }

  #enter(page: PageEntry, module: PageModule, { address, step, keepsScroll }: Goal): void {
    const asked = this.#asked;
    const last = step === "pop" ? this.#positions.last : undefined;
    if (step !== "pop") this.#positions.enter(address, step);
    this.#place = address.pathname + address.search;
    this.#stage.show(module, page.module, {
      shown: () => {
        // What the next page has fetched meanwhile stays.
        if (asked === this.#asked) keepStyles(page.styles, this.#styles);
        if (page !== this.#page) replaceHead(this.#page, page);
        this.#page = page;
        if (!keepsScroll) scrollTo(address, last);
        moveFocus(address);
      },
      settled: () => {
        announce(document.title);
        navigated();
        module.onLoad?.(0);
      },
    });
  }

  /** The browser has gone to another entry of the history. */
  #moved(): void {
    this.#positions.moved();
    const address = new URL(location.href);
    if (address.pathname + address.search !== this.#place) return void this.go(address, "pop");
    this.#asked += 1;
    const { last } = this.#positions;
    if (last) scrollTo(address, last);
  }

  #pathOf({ pathname }: URL): string {
    return pathname.slice(this.#stage.page.base.length);
  }
}
