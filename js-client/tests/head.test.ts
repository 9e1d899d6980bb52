/** The document's title, description and metadata, which follow the state. */
import { afterEach, beforeEach, expect, test } from "vitest";

import { followHead, type PageHead } from "../src/head.ts";
import { store } from "../src/store.ts";

const head: PageHead = [
  [0],
  ($) => ({ title: $[0]?.[0] as string | null, description: $[0]?.[1] as string | null }),
];

const description = () =>
  document.head.querySelector<HTMLMetaElement>('meta[name="description"]')?.content;

let stop: () => void;

beforeEach(() => {
  document.head.innerHTML = "<title>From the server</title>";
  store.replace([["First", null]]);
  stop = followHead(head);
});

afterEach(() => stop());

test("the title follows the state", () => {
  expect(document.title).toBe("First");
  store.replace([["Second", null]]);
  store.notify();
  expect(document.title).toBe("Second");
  expect(description()).toBeUndefined();
});

test("an empty title leaves the one that is there", () => {
  store.replace([["", null]]);
  store.notify();
  expect(document.title).toBe("First");
});

test("the description follows the state", () => {
  for (const text of ["about it", "more about it"]) {
    store.replace([["First", text]]);
    store.notify();
    expect(description()).toBe(text);
  }
  expect(document.head.querySelectorAll("meta")).toHaveLength(1);
});

test("after its end nothing is followed", () => {
  stop();
  store.replace([["Third", null]]);
  store.notify();
  expect(document.title).toBe("First");
});

test("elements follow the state, those from the server and those that are missing", () => {
  stop();
  document.head.innerHTML = '<meta name="robots" content="all" data-followed="0">';
  const given = document.head.firstElementChild;
  store.replace([["First", null]]);
  stop = followHead([
    [0],
    ($) => ({
      title: null,
      description: null,
      elements: [
        ["meta", { name: "robots", content: $[0]?.[0] }, []],
        ["link", { rel: "next", href: $[0]?.[1], hidden: true }, []],
      ],
    }),
  ]);
  const written = () => Array.from(document.head.children, (element) => element.outerHTML);
  expect(document.head.firstElementChild).toBe(given);
  expect(written()).toEqual([
    '<meta name="robots" content="First" data-followed="0">',
    '<link rel="next" hidden="" data-followed="1">',
  ]);
  store.replace([["Second", "/2"]]);
  store.notify();
  expect(document.head.firstElementChild).toBe(given);
  expect(written()).toEqual([
    '<meta name="robots" content="Second" data-followed="0">',
    '<link rel="next" hidden="" data-followed="1" href="/2">',
  ]);
  stop();
  expect(written()).toEqual([]);
});
