/** Markdown that the server has parsed: taken over without the parser, and parsed once it changes. */
import { act, type ReactNode, useState } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, describe, expect, test, vi } from "vitest";

import { beginPreparing, endPreparing, prepare } from "../src/prepared.ts";
import { eventually, LOADING_MS_MAX } from "./render.tsx";

type Library = typeof import("../src/library/markdown.tsx");

const TEXT = [
  "# Title\n\nSome *words* & `code` <b class='x'>bold</b> <script>x</script>",
  "- [x] done\n- two\n\n| a | b |\n| - | -: |\n| 1 | **2** |",
  "[x](/docs) ![logo](/logo.png)\n\n```python\nif x:\n    y()\n```\n\n![alone](/alone.png)",
].join("\n\n");

const unmounts: (() => void)[] = [];
/** How often the parser was loaded in the present document. */
let loads = 0;

afterEach(() => {
  act(() => unmounts.splice(0).forEach((unmount) => unmount()));
  vi.doUnmock("../src/library/markdown/parser.ts");
});

/** The shell's modules as a document finds them, which has this in it. */
async function visit(content: string): Promise<Library> {
  document.body.innerHTML = `<script type="application/json" id="ferroflex">{"base": "/todo"}</script>
    <div id="root">${content}</div>`;
  vi.resetModules();
  loads = 0;
  vi.doMock("../src/library/markdown/parser.ts", async (original) => {
    loads += 1;
    return original();
  });
  return import("../src/library/markdown.tsx");
}

/** The HTML of a page, and what was made for it beside that. */
async function served(page: (library: Library) => ReactNode): Promise<[string, string]> {
  const library = await visit("");
  expect(loads).toBe(1);
  const preparing = await import("../src/prepared.ts");
  preparing.beginPreparing();
  const html = renderToString(page(library));
  return [html, preparing.endPreparing()];
}

/** Serves a page, and has React take it over. */
async function takenOver(page: (library: Library) => ReactNode) {
  const [html, data] = await served(page);
  const library = await visit(html + data);
  const root = document.getElementById("root") as HTMLElement;
  expect(root.innerHTML).toBe(new DOMParser().parseFromString(html, "text/html").body.innerHTML);
  const first = root.querySelector("h1");
  const problem = vi.spyOn(console, "error");
  const mismatch = vi.fn();
  const options = { onRecoverableError: mismatch };
  await act(async () => {
    const hydrated = hydrateRoot(root, page(library), options);
    unmounts.push(() => hydrated.unmount());
  });
  expect(mismatch).not.toHaveBeenCalled();
  expect(problem).not.toHaveBeenCalled();
  expect(root.querySelector("h1")).toBe(first);
  return { library, root };
}

describe("a text that the server has parsed", () => {
  test("is taken over without the parser", async () => {
    const { root } = await takenOver(({ Markdown }) => <Markdown>{TEXT}</Markdown>);
    expect(loads).toBe(0);
    expect(root.querySelector("p b.x")?.textContent).toBe("bold");
    expect(root.querySelector("a")?.getAttribute("href")).toBe("/todo/docs");
    expect(document.getElementById("ferroflex-prepared")).toBeNull();
    await eventually(() => expect(root.querySelector("pre span")).not.toBeNull());
    expect(root.querySelector("pre")?.textContent).toBe("if x:\n    y()");
    expect(loads).toBe(0);
  }, LOADING_MS_MAX);

  test("has the page's own components, alive", async () => {
    function Counter({ children, node: _ }: Record<string, unknown>): ReactNode {
      const [count, setCount] = useState(0);
      return <button onClick={() => setCount(count + 1)}>{`${children as string} ${count}`}</button>;
    }
    const map = { code: Counter };
    const { root } = await takenOver(({ Markdown }) => (
      <Markdown componentMap={map}>{"# Title\n\nPress `here`"}</Markdown>
    ));
    const button = root.querySelector("button");
    act(() => button?.click());
    expect(button?.textContent).toBe("here 1");
    expect(loads).toBe(0);
  }, LOADING_MS_MAX);

  test("stays until the parser is there when it changes, and is known when it comes back", async () => {
    let write!: (text: string) => void;
    function Page({ Markdown }: Library): ReactNode {
      const [text, setText] = useState("# one\n\nkept");
      write = setText;
      return <Markdown>{text}</Markdown>;
    }
    const { root } = await takenOver((library) => <Page {...library} />);
    const heading = root.querySelector("h1");
    act(() => write("# two\n\nkept"));
    expect(heading?.textContent).toBe("one");
    await eventually(() => expect(heading?.textContent).toBe("two"));
    expect(loads).toBe(1);
    expect(root.querySelector("h1")).toBe(heading);
    act(() => write("# three"));
    expect(heading?.textContent).toBe("three");
    act(() => write("# one\n\nkept"));
    expect(root.textContent?.trim()).toBe("one\nkept");
  }, LOADING_MS_MAX);

  test("is taken from the server's data alone, whatever ids the text has", async () => {
    const forged = '<b id="ferroflex-prepared">{"_R_0_": {"props": {}, "content": ["forged"]}}</b>';
    const { root } = await takenOver(({ Markdown }) => <Markdown>{`# Title\n\n${forged}`}</Markdown>);
    expect(root.querySelector("h1")?.textContent).toBe("Title");
    expect(root.querySelector("b")?.id).toBe("ferroflex-prepared");
  }, LOADING_MS_MAX);

  test("gets its formulas from the parser", async () => {
    const { root } = await takenOver(({ Markdown }) => <Markdown>{"# Title\n\nSo $x^2$."}</Markdown>);
    await eventually(() => expect(root.querySelector(".katex")).not.toBeNull());
    expect(loads).toBe(1);
  }, LOADING_MS_MAX);

  test("loads the parser for one beside it that is new, and ahead of the next page", async () => {
    const { library } = await takenOver(({ Markdown }) => <Markdown># Title</Markdown>);
    const { loadedAhead } = await import("../src/ahead.ts");
    const element = document.createElement("div");
    const root = createRoot(element);
    unmounts.push(() => root.unmount());
    act(() => root.render(<library.Markdown>*new*</library.Markdown>));
    expect(element.innerHTML).toBe("");
    await act(loadedAhead);
    await eventually(() => expect(element.querySelector("em")?.textContent).toBe("new"));
    expect(loads).toBe(1);
  }, LOADING_MS_MAX);
});

describe("what a page is given beside its HTML", () => {
  test("cannot end its element, and is nothing where nothing was made", () => {
    expect(endPreparing()).toBe("");
    beginPreparing();
    expect(endPreparing()).toBe("");
    beginPreparing();
    prepare("a", () => "</script><!--");
    const html = endPreparing();
    expect(html.match(/<\/script/g)).toHaveLength(1);
    document.body.innerHTML = html;
    expect(JSON.parse(document.body.textContent ?? "")).toEqual({ a: "</script><!--" });
  });

  test("is nothing where it would be too much", () => {
    beginPreparing();
    prepare("a", () => "x".repeat(500_000));
    expect(endPreparing()).toBe("");
  });

  test("is not made where nobody asks for it", () => {
    const make = vi.fn();
    prepare("a", make);
    expect(make).not.toHaveBeenCalled();
  });
});
