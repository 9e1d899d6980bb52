/** Which links are followed without loading a document, and what happens on the way. */
import { act, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { App } from "../src/app.tsx";
import { followHead } from "../src/head.ts";
import { isFragment, isPlainClick, linkedAddress } from "../src/links.ts";
import { announce, moveFocus } from "../src/navigation/attention.ts";
import { replaceHead } from "../src/navigation/head.ts";
import type { PageEntry } from "../src/navigation/pages.ts";
import { Positions } from "../src/navigation/positions.ts";
import { showProgress } from "../src/navigation/progress.ts";
import { addStyles, keepStyles } from "../src/navigation/styles.ts";
import { Outlet } from "../src/outlet.tsx";
import { type State, store } from "../src/store.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

beforeEach(() => {
  sessionStorage.clear();
  document.head.innerHTML = "";
  document.body.innerHTML = "";
  history.replaceState(null, "", "/todo/");
});

describe("links", () => {
  const addressOf = (html: string) => {
    document.body.innerHTML = html;
    return linkedAddress(document.querySelector("b"), "/todo")?.href.replace(location.origin, "");
  };

  test.each([
    ['<a href="/todo/x?y#z"><b></b></a>', "/todo/x?y#z"],
    ['<a href="/todo"><b></b></a>', "/todo"],
    ['<a href="about"><b></b></a>', "/todo/about"],
    ['<a href="/todo/x" target="_self"><b></b></a>', "/todo/x"],
    ["<b></b>", undefined],
    ["<a><b></b></a>", undefined],
    ['<a href="/todos/x"><b></b></a>', undefined],
    ['<a href="/"><b></b></a>', undefined],
    ['<a href="https://example.org/todo/x"><b></b></a>', undefined],
    ['<a href="mailto:a@b.c"><b></b></a>', undefined],
    ['<a href="/todo/x" target="_blank"><b></b></a>', undefined],
    ['<a href="/todo/x" download><b></b></a>', undefined],
    ['<a href="/todo/x" data-reload="true"><b></b></a>', undefined],
    ['<a href="/todo/x" data-reload="false"><b></b></a>', "/todo/x"],
    ['<a href="/todo/x" rel="noopener external"><b></b></a>', undefined],
    ['<a href="/todo/_upload/x"><b></b></a>', undefined],
    ['<a href="/todo/_app/x.js"><b></b></a>', undefined],
  ])("%s", (html, address) => {
    expect(addressOf(html)).toBe(address);
  });

  test("are left to the browser when the click says so", () => {
    expect(isPlainClick(new MouseEvent("click"))).toBe(true);
    for (const key of ["metaKey", "ctrlKey", "shiftKey", "altKey"]) {
      expect(isPlainClick(new MouseEvent("click", { [key]: true }))).toBe(false);
    }
    expect(isPlainClick(new MouseEvent("click", { button: 1 }))).toBe(false);
    const taken = new MouseEvent("click", { cancelable: true });
    taken.preventDefault();
    expect(isPlainClick(taken)).toBe(false);
  });

  test("to places on the page are the browser's", () => {
    const fragment = (address: string) => isFragment(new URL(address, location.href));
    expect(["#a", "#", "/todo/#b"].map(fragment)).toEqual([true, true, true]);
    expect(["/todo/", "/todo/x#a", "/todo/?q#a"].map(fragment)).toEqual([false, false, false]);
  });
});

describe("the outlet", () => {
  const life: string[] = [];
  function Part({ name }: { name: string }) {
    useEffect(() => {
      life.push(`${name} begins`);
      return () => void life.push(`${name} ends`);
    }, [name]);
    return <input defaultValue={name} />;
  }
  const pageOf = (name: string) => () => (
    <App theme={null}>
      <Part name={name} />
    </App>
  );
  const arrival = (name: string) => ({
    shown: () => life.push(`${name} shown`),
    settled: () => life.push(`${name} settled`),
  });

  test("ends one page, begins the next, and keeps what is around", () => {
    const element = document.body.appendChild(document.createElement("div"));
    const root = createRoot(element);
    const show = (name: string, module = name) =>
      act(() => {
        const shown = { default: pageOf(name) };
        root.render(<Outlet module={shown} name={module} arrival={arrival(name)} />);
      });
    show("one");
    const typed = element.querySelector("input") as HTMLInputElement;
    typed.value = "typed";
    expect(life.splice(0)).toEqual(["one shown", "one begins", "one settled"]);
    show("two");
    expect(element.querySelector("input")?.value).toBe("two");
    expect(life.splice(0)).toEqual(["two shown", "one ends", "two begins", "two settled"]);
    // The page of the same module at another address is the same page.
    (element.querySelector("input") as HTMLInputElement).value = "kept";
    show("two", "two");
    expect(element.querySelector("input")?.value).toBe("kept");
    expect(life.splice(0)).toEqual(["two shown", "two settled"]);
    act(() => root.unmount());
  });
});

describe("a head that depends on the state", () => {
  const texts = ($: State) => ({ title: `Post ${$[0]?.[0]}`, description: `On ${$[0]?.[0]}` });
  const descriptions = () =>
    Array.from(document.querySelectorAll("meta[name=description]"), (meta) =>
      meta.getAttribute("content"),
    );

  test("follows it, and goes with its page", () => {
    document.head.innerHTML = '<title>x</title><meta name="description" content="On 1">';
    store.replace([[1]]);
    const end = followHead([[0], texts]);
    expect([document.title, descriptions()]).toEqual(["Post 1", ["On 1"]]);
    store.apply([[0, ["s", [0], 2]]]);
    store.notify();
    expect([document.title, descriptions()]).toEqual(["Post 2", ["On 2"]]);
    end();
    store.apply([[0, ["s", [0], 3]]]);
    store.notify();
    expect([document.title, descriptions()]).toEqual(["Post 2", []]);
  });
});

describe("the head", () => {
  const page = (values: Partial<PageEntry>) =>
    ({ title: null, description: null, head: [], ...values }) as PageEntry;

  test("loses what the page before said, and nothing of the app's", () => {
    document.head.innerHTML =
      '<meta charset="utf-8"><title>One</title><meta name="description" content="1">' +
      '<meta property="og:image" content="1.png"><meta name="author" content="Ada">';
    const one = page({
      title: "One",
      description: "1",
      head: [["meta", { property: "og:image", content: "1.png" }, ""]],
    });
    const robots = ["meta", { name: "robots", content: "noindex" }, ""] as const;
    const two = page({ title: "Two", head: [robots] });
    const meta = () =>
      Array.from(document.head.querySelectorAll("meta"), (element) => element.outerHTML);
    const kept = ['<meta charset="utf-8">', '<meta name="author" content="Ada">'];
    replaceHead(one, two);
    expect(document.title).toBe("Two");
    expect(meta()).toEqual([kept[0], '<meta name="robots" content="noindex">', kept[1]]);
    replaceHead(two, one);
    expect(meta()).toHaveLength(4);
    replaceHead(one, page({}));
    expect([document.title, meta()]).toEqual(["One", kept]);
  });
});

describe("stylesheets", () => {
  const hrefs = () =>
    Array.from(document.querySelectorAll("link"), (link) => link.getAttribute("href"));
  /** Who waits for the files, by their addresses. */
  const waiting = new Map<string | null, Record<string, () => void>>();
  const deliver = (href: string, type = "load") => waiting.get(href)?.[type]?.();

  beforeEach(() => {
    // The simulated browser fetches no stylesheets, and would say so at once.
    const { happyDOM } = window as unknown as { happyDOM: { settings: Record<string, boolean> } };
    happyDOM.settings["handleDisabledFileLoadingAsSuccess"] = true;
    const create = document.createElement.bind(document);
    vi.spyOn(document, "createElement").mockImplementation((name: string) => {
      const link = create(name);
      const listeners: Record<string, () => void> = {};
      link.addEventListener = (type: string, listener: unknown) => {
        listeners[type] = listener as () => void;
      };
      queueMicrotask(() => waiting.set(link.getAttribute("href"), listeners));
      return link;
    });
  });

  test("are waited for, stand in their order, and go with their page", async () => {
    document.head.innerHTML = ["/shell.css", "/a.css"]
      .map((href) => `<link rel="stylesheet" href="${href}">`)
      .join("");
    let ready = false;
    const added = addStyles(["/shell.css", "/radix.css", "/b.css"]).then(() => (ready = true));
    expect(hrefs()).toEqual(["/shell.css", "/radix.css", "/b.css", "/a.css"]);
    await Promise.resolve();
    deliver("/radix.css");
    await Promise.resolve();
    expect(ready).toBe(false);
    deliver("/b.css");
    await added;
    keepStyles(["/shell.css", "/radix.css", "/b.css"], ["/shell.css", "/a.css", "/b.css"]);
    expect(hrefs()).toEqual(["/shell.css", "/radix.css", "/b.css"]);
  });

  test("that are gone fail the page, and are asked for again the next time", async () => {
    const added = addStyles(["/gone.css"]);
    await Promise.resolve();
    deliver("/gone.css", "error");
    await expect(added).rejects.toThrow("/gone.css");
    expect(hrefs()).toEqual([]);
  });
});

describe("positions", () => {
  const scroll = (top: number) => vi.stubGlobal("scrollY", top);

  test("belong to entries of the history, and outlive the document", () => {
    const positions = new Positions("/todo");
    const first = history.state;
    expect(positions.last).toBeUndefined();
    scroll(700);
    positions.enter(new URL("/todo/x", location.href), "push");
    expect([location.pathname, positions.last]).toEqual(["/todo/x", undefined]);
    scroll(30);
    const second = history.state;
    history.replaceState(first, "", "/todo/");
    positions.moved();
    expect(positions.last).toEqual([scrollX, 700]);
    dispatchEvent(new Event("pagehide"));
    expect(history.scrollRestoration).toBe("auto");
    history.replaceState(second, "", "/todo/x");
    expect(new Positions("/todo").last).toEqual([scrollX, 30]);
    expect(history.scrollRestoration).toBe("manual");
  });

  test("of old entries are forgotten", () => {
    const positions = new Positions("/todo");
    const first = history.state;
    for (let entry = 0; entry < 60; entry++) {
      positions.enter(new URL(`/todo/${entry}`, location.href), "push");
    }
    history.replaceState(first, "");
    positions.moved();
    expect(positions.last).toBeUndefined();
  });
});

describe("attention", () => {
  const address = (text: string) => new URL(text, location.href);

  test("goes to the heading, to the fragment, or stays where it is", () => {
    document.body.innerHTML =
      '<div id="root"><h1>Title</h1><input><section id="a b">here</section></div>';
    const heading = document.querySelector("h1") as HTMLElement;
    moveFocus(address("/todo/"));
    expect(document.activeElement).toBe(heading);
    heading.blur();
    expect(heading.outerHTML).toBe('<h1>Title</h1>');
    moveFocus(address("/todo/#a%20b"));
    expect(document.activeElement?.textContent).toBe("here");
    (document.querySelector("input") as HTMLElement).focus();
    moveFocus(address("/todo/"));
    expect(document.activeElement?.localName).toBe("input");
  });

  test("is called to the title", () => {
    announce("One");
    announce("Two");
    const regions = document.querySelectorAll("[aria-live=polite]");
    expect(Array.from(regions, (region) => region.textContent)).toEqual(["Two"]);
  });
});

describe("progress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is shown only when it takes long", () => {
    const bars = () => document.querySelectorAll("[role=progressbar]").length;
    const hideQuick = showProgress();
    vi.advanceTimersByTime(100);
    hideQuick();
    vi.advanceTimersByTime(1_000);
    expect(bars()).toBe(0);
    const hide = showProgress();
    vi.advanceTimersByTime(1_000);
    expect(bars()).toBe(1);
    hide();
    expect(bars()).toBe(0);
  });
});
