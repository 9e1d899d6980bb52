/** From page to page: the order of what is done, and when a document is loaded instead. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { PageModule, Stage } from "../src/navigation.ts";
import * as navigation from "../src/navigation.ts";
import { Navigator } from "../src/navigation/navigator.ts";
import { type PageEntry, PageTable } from "../src/navigation/pages.ts";
import * as resources from "../src/navigation/resources.ts";
import type { Arrival } from "../src/outlet.tsx";

const done: string[] = [];
/** Answers of the server to be given later, by module. */
const answers = new Map<string, Answer>();

interface Answer {
  resolve(module: PageModule): void;
  reject(error: Error): void;
}

const entry = (route: string, values: Partial<PageEntry> = {}): PageEntry => ({
  route,
  module: `${route}.js`,
  styles: [],
  preload: [],
  title: `Title of ${route}`,
  description: null,
  head: [],
  plain: true,
  ...values,
});

const table = new PageTable({
  pages: [entry("/"), entry("/a"), entry("/b"), entry("/own", { plain: false }), entry("/[x]")],
  not_found: null,
});

function start(): Navigator {
  const show = (_: PageModule, name: string, { shown, settled }: Arrival) => {
    done.push(`show ${name} at ${location.pathname}`);
    shown?.();
    settled();
  };
  return new Navigator({ page: { base: "/todo" }, show } as unknown as Stage, table);
}

const to = (path: string) => new URL(`/todo${path}`, location.href);
const module = (name: string): PageModule => ({
  default: () => null,
  onLoad: (from) => done.push(`load ${name} from ${from}`),
});
/** The server answers a request for a module. */
const answer = (name: string) => answers.get(`${name}.js`)?.resolve(module(name));

beforeEach(() => {
  done.length = 0;
  answers.clear();
  sessionStorage.clear();
  document.head.innerHTML = "<title>first</title>";
  history.replaceState(null, "", "/todo/");
  vi.spyOn(navigation, "leave").mockImplementation((address, step) => {
    done.push(`leave for ${address.pathname} by ${step}`);
  });
  vi.spyOn(resources, "loadPage").mockImplementation(
    ({ module }) =>
      new Promise((resolve, reject) => answers.set(module, { resolve, reject })),
  );
});

// The navigators of other tests must not follow this one's history.
let listening: Parameters<typeof addEventListener>[] = [];
beforeEach(() => {
  listening = vi.spyOn(window, "addEventListener").mock.calls as typeof listening;
});
afterEach(() => {
  for (const [kind, listener] of listening) removeEventListener(kind, listener);
});

describe("a page", () => {
  test("is loaded, then stands at its address, then loads its data", async () => {
    const going = start().go(to("/a?x=1"), "push");
    expect(location.pathname).toBe("/todo/");
    answer("/a");
    await going;
    expect(done).toEqual(["show /a.js at /todo/a", "load /a from 0"]);
    expect([document.title, location.search]).toEqual(["Title of /a", "?x=1"]);
  });

  test("that was asked for before another is dropped, however late it comes", async () => {
    const navigator = start();
    const both = [navigator.go(to("/a"), "push"), navigator.go(to("/b"), "push")];
    answer("/b");
    answer("/a");
    await Promise.all(both);
    expect(done).toEqual(["show /b.js at /todo/b", "load /b from 0"]);
    // One that fails late changes nothing either.
    const late = navigator.go(to("/a"), "push");
    const next = navigator.go(to("/"), "push");
    answers.get("/a.js")?.reject(new Error("gone"));
    answer("/");
    await Promise.all([late, next]);
    expect(done.slice(2)).toEqual(["show /.js at /todo/", "load / from 0"]);
  });

  test("is a document when it has to be, or is not there", async () => {
    const navigator = start();
    await navigator.go(to("/own"), "push");
    await navigator.go(to("/no/pe"), "replace");
    await navigator.go(to("/report.pdf"), "push");
    const going = navigator.go(to("/a"), "push");
    answers.get("/a.js")?.reject(new Error("404"));
    await going;
    expect(done).toEqual([
      "leave for /todo/own by push",
      "leave for /todo/no/pe by replace",
      "leave for /todo/report.pdf by push",
      "leave for /todo/a by push",
    ]);
    expect(location.pathname).toBe("/todo/");
  });

  test("is gone back to where the history says, or stays at another fragment", async () => {
    start();
    history.pushState(null, "", "/todo/#x");
    dispatchEvent(new PopStateEvent("popstate"));
    expect(answers.size).toBe(0);
    history.pushState(null, "", "/todo/b");
    dispatchEvent(new PopStateEvent("popstate"));
    answer("/b");
    await vi.waitFor(() => expect(done).toContain("load /b from 0"));
    expect(location.pathname).toBe("/todo/b");
  });
});
