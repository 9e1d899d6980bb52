/** Which page an address leads to, by the cases that Rust is tested with too. */
import { expect, test } from "vitest";

import cases from "../../tests/routes.json" with { type: "json" };
import { PageTable } from "../src/navigation/pages.ts";
import { matcher } from "../src/navigation/routes.ts";

const entry = (route: string) => ({
  route,
  module: "",
  styles: [],
  preload: [],
  title: null,
  description: null,
  head: [],
  plain: true,
});

test.each(cases.cases)("$path leads to $route", ({ path, route }) => {
  const table = new PageTable({ pages: cases.order.map(entry), not_found: null });
  expect(table.find(path)?.route ?? null).toBe(route);
});

test("what no page stands at is answered with the page for that", () => {
  const pages = ["/404", "/about"].map(entry);
  const table = new PageTable({ pages, not_found: 0 });
  expect(table.find("/nope")).toBeUndefined();
  expect(table.shownAt("/nope")?.route).toBe("/404");
  expect(table.shownAt("/about")?.route).toBe("/about");
});

test("the optional parts of a route may be left out, in every combination", () => {
  const matches = matcher("/[[a]]/x/[[b]]");
  const paths = ["/x", "/1/x", "/x/2", "/1/x/2", "/x/x/x", "/1", "/1/2/3"];
  expect(paths.map(matches)).toEqual([true, true, true, true, true, false, false]);
});
