/** The document's title and description, which follow the state. */
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
