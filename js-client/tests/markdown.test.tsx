/** Markdown as elements: what is shown, what is left out, and that it is shown once. */
import { act } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { Markdown } from "../src/library/markdown.tsx";
import { eventually, LOADING_MS_MAX, render } from "./render.tsx";

/** The first element that a text becomes. */
function shown(text: unknown, selector: string, options = {}): Element | null {
  return render(<Markdown {...options}>{text}</Markdown>).querySelector(selector);
}

beforeEach(() => {
  document.body.innerHTML = `<script type="application/json" id="ferroflex">
    {"base": "/todo"}</script>`;
});

describe("Markdown", () => {
  test("is made of Radix's components", () => {
    const text = "# Title\n\nSome `code`.\n\n> quoted\n\n- one\n\n---";
    const element = render(<Markdown>{text}</Markdown>);
    expect(element.querySelector("h1.rt-Heading.rt-r-size-6")?.textContent).toBe("Title");
    expect(element.querySelector("p.rt-Text code.rt-Code")?.textContent).toBe("code");
    expect(element.querySelector("blockquote.rt-Blockquote")?.textContent?.trim()).toBe("quoted");
    expect(element.querySelector<HTMLElement>("ul")?.style.listStyleType).toBe("disc");
    expect(element.querySelector(".rt-Separator")).not.toBeNull();
    expect(element.innerHTML).not.toContain("[object Object]");
  });

  test("understands GitHub's tables and task lists, unless told not to", () => {
    const table = "| a | b |\n| - | -: |\n| 1 | 2 |";
    expect(shown(table, ".rt-TableRoot td:nth-child(2)")?.getAttribute("style")).toContain("right");
    expect(shown(table, "table", { useGfm: false })).toBeNull();
    const item = shown("- [x] done", "li");
    expect(item?.querySelector("input")?.checked).toBe(true);
    expect(item?.getAttribute("style")).toContain("none");
  });

  test("shows HTML of the text as HTML, unless told not to, and never a script", () => {
    expect(shown("a <b class='x'>bold</b>", "b.x")?.textContent).toBe("bold");
    expect(shown("a <b>bold</b>", "b", { useRaw: false })).toBeNull();
    const script = '<script async src="https://example.org/x.js"></script>';
    expect(shown(`x\n\n${script}`, "script")).toBeNull();
    expect(document.head.querySelector("script")).toBeNull();
  });

  test("has no handlers of the text's own, which React would not take", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const button = shown('<p>a <button onclick="alert(1)">x</button></p>', "button");
    expect(button?.getAttributeNames()).toEqual([]);
    expect(error).not.toHaveBeenCalled();
  });

  test("shows a block of code as it was written, and its colours when they are there", async () => {
    const element = render(<Markdown>{"```python\nif x:\n    y()\n```"}</Markdown>);
    expect(element.querySelector("pre")?.textContent).toBe("if x:\n    y()");
    await eventually(() => expect(element.querySelector("pre span")).not.toBeNull());
    expect(element.querySelector("pre")?.textContent).toBe("if x:\n    y()");
  }, LOADING_MS_MAX);

  test("draws formulas once it has what draws them, unless told not to", async () => {
    const text = "So $x^2$.";
    const plain = render(<Markdown useMath={false}>{text}</Markdown>);
    const element = render(<Markdown>{text}</Markdown>);
    await eventually(() => expect(element.querySelector(".katex")).not.toBeNull());
    expect(plain.textContent).toBe(text);
    expect(shown("No $ alone", ".katex")).toBeNull();
  }, LOADING_MS_MAX);

  test("has the page's own components, and hands them what a part has", () => {
    const heading = ({ children, node: _, ...props }: Record<string, unknown>) => (
      <h4 {...props}>{children as string}</h4>
    );
    const block = ({ children, language }: Record<string, unknown>) => (
      <pre>{`${String(language)}: ${String(children)}`}</pre>
    );
    const element = render(
      <Markdown componentMap={{ h1: heading, codeblock: block }}>
        {"# Title\n\n```rust\nlet x;\n```\n\nx `y`"}
      </Markdown>,
    );
    expect(element.querySelector("h4")?.textContent).toBe("Title");
    expect(element.querySelector("pre")?.textContent).toBe("rust: let x;");
    expect(element.querySelector("p code.rt-Code")?.textContent).toBe("y");
  });

  test("takes plugins by their names", () => {
    const table = "| a |\n| - |\n| 1 |";
    const none = { useGfm: false };
    expect(shown(table, "table", { ...none, remarkPlugins: ["gfm"] })).not.toBeNull();
    const options = { singleTilde: false };
    const single = { ...none, remarkPlugins: [["gfm", options]] };
    expect(shown("~a~", "del", single)).toBeNull();
    expect(shown("~~a~~", "del", single)).not.toBeNull();
  });

  test("finds pages and pictures of the app under its base, and follows no code", () => {
    expect(shown("[x](/docs)", "a")?.getAttribute("href")).toBe("/todo/docs");
    expect(shown("[x](https://example.org/)", "a")?.getAttribute("href")).toBe(
      "https://example.org/",
    );
    expect(shown("[x](javascript:alert(1))", "a")?.getAttribute("href")).toBe("");
    const picture = render(<Markdown>![logo](/logo.png)</Markdown>);
    expect(picture.querySelector("img")?.getAttribute("src")).toBe("/todo/logo.png");
    expect(picture.querySelector("p")).toBeNull();
  });

  test("takes what is no text for its text", () => {
    expect(shown(42, "p")?.textContent).toBe("42");
    expect(shown(null, "*")).toBeNull();
  });

  test("is not parsed again for the same text", () => {
    const element = document.createElement("div");
    const root = createRoot(element);
    const split = vi.spyOn(String.prototype, "charCodeAt");
    act(() => root.render(<Markdown>same</Markdown>));
    const before = split.mock.calls.length;
    act(() => root.render(<Markdown>same</Markdown>));
    expect(before).toBeGreaterThan(0);
    expect(split.mock.calls.length).toBe(before);
    act(() => root.unmount());
  });
});
