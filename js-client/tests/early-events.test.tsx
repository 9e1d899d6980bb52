/** What is done with a server-rendered page before React is there: kept, and done once more. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { act, type ReactNode, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { takeEarlyEvents } from "../src/early-events.ts";

const EARLY = readFileSync(join(import.meta.dirname, "../src/early.js"), "utf8");

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const done: string[] = [];
let unmount = () => {};

beforeEach(() => void done.splice(0));
afterEach(() => {
  act(() => unmount());
  document.ferroflexEarly?.();
  delete document.ferroflexEarly;
});

/** Serves the page, lets the user do something, then starts React. */
function visit(page: ReactNode, use: (root: HTMLElement) => void): HTMLElement {
  document.body.innerHTML = `<div id="root">${renderToString(page)}</div><button>outside</button>`;
  new Function(EARLY)();
  const root = document.getElementById("root") as HTMLElement;
  use(root);
  const replay = takeEarlyEvents();
  const mismatch = vi.fn();
  act(() => void (unmount = hydrate(root, page, mismatch)));
  act(replay);
  expect(mismatch).not.toHaveBeenCalled();
  return root;
}

function hydrate(root: HTMLElement, page: ReactNode, mismatch: () => void): () => void {
  const hydrated = hydrateRoot(root, page, { onRecoverableError: mismatch });
  return () => hydrated.unmount();
}

const input = (root: HTMLElement, selector = "input") =>
  root.querySelector(selector) as HTMLInputElement;

function type(control: HTMLInputElement, text: string): void {
  for (let end = 1; end <= text.length; end++) {
    control.value = text.slice(0, end);
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

test("clicks are heard once, in their order, on whatever was clicked", () => {
  const page = (
    <>
      <button onClick={() => done.push("button")}>
        <i>a</i>
      </button>
      <div onClick={() => done.push("box")}>b</div>
    </>
  );
  visit(page, (root) => {
    root.querySelector("i")?.click();
    root.querySelector("div")?.click();
    root.querySelector("i")?.click();
    document.querySelector<HTMLElement>("body > button")?.click();
  });
  expect(done).toEqual(["button", "box", "button"]);
});

test("a click on an icon is heard by the button around it, and what came after it, too", () => {
  const page = (
    <>
      <button onClick={() => done.push("icon")}>
        <svg>
          <path d="M0 0" />
        </svg>
      </button>
      <button id="text" onClick={() => done.push("text")}>
        a
      </button>
    </>
  );
  visit(page, (root) => {
    const clicked = new MouseEvent("click", { bubbles: true, cancelable: true });
    root.querySelector("path")?.dispatchEvent(clicked);
    root.querySelector<HTMLElement>("#text")?.click();
  });
  expect(done).toEqual(["icon", "text"]);
});

test("text of an input that keeps its own is kept, and told once", () => {
  const page = <input defaultValue="given" onChange={(event) => done.push(event.target.value)} />;
  const root = visit(page, (here) => type(input(here), "typed"));
  expect(input(root).value).toBe("typed");
  expect(done).toEqual(["typed"]);
});

test("text of an input that the page controls is kept, and told", () => {
  function Controlled() {
    const [text, setText] = useState("given");
    return <input value={text} onChange={(event) => setText(event.target.value)} />;
  }
  const root = visit(<Controlled />, (here) => type(input(here), "typed"));
  expect(input(root).value).toBe("typed");
});

test("what was ticked and chosen stays so, and is told", () => {
  const page = (
    <>
      <input type="checkbox" onChange={(event) => done.push(`tick ${event.target.checked}`)} />
      <select defaultValue="1" onChange={(event) => done.push(`choice ${event.target.value}`)}>
        <option>1</option>
        <option>2</option>
      </select>
    </>
  );
  const root = visit(page, (here) => {
    input(here).click();
    const select = here.querySelector("select") as HTMLSelectElement;
    select.selectedIndex = 1;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(input(root).checked).toBe(true);
  expect(root.querySelector("select")?.value).toBe("2");
  expect(done).toEqual(["tick true", "choice 2"]);
});

test("a form is sent by React, after what was typed into it, and not by the browser", () => {
  const page = (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done.push(`sent ${new FormData(event.currentTarget).get("name")}`);
      }}
    >
      <input name="name" defaultValue="" onChange={() => done.push("typed")} />
      <button>send</button>
    </form>
  );
  const early: boolean[] = [];
  document.addEventListener("submit", (event) => early.push(event.defaultPrevented));
  visit(page, (root) => {
    type(input(root), "Ada");
    root.querySelector("button")?.click();
  });
  expect(done).toEqual(["typed", "sent Ada"]);
  expect(early).toEqual([true]);
});

test("links stay the browser's, and there is a limit to what is kept", () => {
  const page = (
    <>
      <a href="/x" onClick={() => done.push("link")}>
        x
      </a>
      <button onClick={() => done.push("button")}>a</button>
    </>
  );
  visit(page, (root) => {
    const click = new MouseEvent("click", { bubbles: true, cancelable: true });
    // Not followed here, but not taken by what keeps events either.
    const stay = (event: Event) => {
      done.push(`prevented ${event.defaultPrevented}`);
      event.preventDefault();
    };
    document.addEventListener("click", stay, { once: true });
    root.querySelector("a")?.dispatchEvent(click);
    for (let times = 0; times < 300; times++) root.querySelector("button")?.click();
  });
  expect(done.slice(0, 2)).toEqual(["prevented false", "button"]);
  expect(done).toHaveLength(101);
});
