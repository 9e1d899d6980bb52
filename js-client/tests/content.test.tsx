/** Content of libraries: code, dates, players, scripts. What browsers alone show is tested there. */
import { act } from "react";
import styledElement from "react-syntax-highlighter/dist/esm/create-element";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { setColorMode } from "../src/color.ts";
import { CodeBlock } from "../src/library/code.tsx";
import { renderRows } from "../src/library/code/rows.ts";
import { LIGHT, loadTheme } from "../src/library/code/themes.ts";
import { playable, progress } from "../src/library/media.tsx";
import { languageFile, Moment } from "../src/library/moment.tsx";
import { Script } from "../src/library/script.tsx";
import { eventually, LOADING_MS_MAX, render } from "./render.tsx";

const NOON = "2024-05-17T12:00:00+00:00";

beforeEach(() => {
  document.body.innerHTML = `<script type="application/json" id="ferroflex">
    {"base": "/todo"}</script>`;
});
afterEach(() => act(() => setColorMode("light")));

describe("CodeBlock", () => {
  const pre = (element: HTMLElement) => element.querySelector("pre") as HTMLElement;

  test("has its text at once and its colours later", async () => {
    const element = render(<CodeBlock language="py">{"def f():\n    pass"}</CodeBlock>);
    expect(element.textContent).toBe("def f():\n    pass");
    await eventually(() => {
      const spans = [...element.querySelectorAll("span")].map((span) => span.textContent);
      expect(spans).toContain("def");
    });
    expect(element.querySelector("code > span.token")?.textContent).toBe("def");
    expect(element.textContent).toBe("def f():\n    pass");
  }, LOADING_MS_MAX);

  test("has the lines that the highlighter makes itself", () => {
    const word = (className: string[], value: string): rendererNode => ({
      type: "element",
      tagName: "span",
      properties: { className },
      children: [{ type: "text", value }],
    });
    const line = word([], "");
    line.properties = { className: ["a-line"], style: { display: "flex" } };
    line.children = [
      word(["token", "keyword"], "def"),
      { type: "text", value: " " },
      word(["token", "function", "x"], "f"),
      word(["token", "keyword"], "pass"),
    ];
    const given = { rows: [line, word(["token", "comment"], "#")], stylesheet: LIGHT };
    const options = { ...given, useInlineStyles: true };
    const own = given.rows.map((node, key) => styledElement({ ...options, node, key }));
    const expected = render(own).innerHTML;
    expect(expected).toContain("color:");
    expect(render(renderRows(options)).innerHTML).toBe(expected);
  });

  test("follows the colour mode, a theme's name, and the author's style over both", async () => {
    const element = render(
      <CodeBlock language="text" customStyle={{ margin: 3 }}>
        x
      </CodeBlock>,
    );
    const light = pre(element).style.background;
    act(() => setColorMode("dark"));
    expect(pre(element).style.background).not.toBe(light);
    expect(pre(element).style.margin).toBe("3px");
    const named = render(
      <CodeBlock language="text" theme="dracula">
        x
      </CodeBlock>,
    );
    await eventually(() => expect(pre(named).style.background).toContain("#282a36"));
  }, LOADING_MS_MAX);

  test("keeps the theme's style of the text when its element has props", () => {
    const tagProps = { style: { whiteSpace: "pre-wrap" } } as const;
    const element = render(
      <CodeBlock language="text" codeTagProps={tagProps}>
        x
      </CodeBlock>,
    );
    const style = element.querySelector("code")?.style;
    expect(style?.whiteSpace).toBe("pre-wrap");
    expect(style?.fontFamily).toContain("monospace");
  });

  test("themes have one name in any spelling", async () => {
    const theme = await loadTheme("vsc-dark-plus");
    expect(theme).toBeDefined();
    expect(await loadTheme("vsc_dark_plus")).toBe(theme);
    expect(await loadTheme("vscDarkPlus")).toBe(theme);
    expect(await loadTheme("mine")).toBeUndefined();
  }, LOADING_MS_MAX);
});

describe("Moment", () => {
  test("shows a date and tells what it shows", () => {
    const told = vi.fn();
    const element = render(<Moment date={NOON} utc format="HH:mm" onChange={told} />);
    expect(element.querySelector("time")?.textContent).toBe("12:00");
    expect(told).toHaveBeenCalledWith("12:00");
  });

  test("knows the files of languages and of their dialects", () => {
    expect(languageFile("de")).toMatch(/\/de\.js$/);
    expect(languageFile("de_AT")).toMatch(/\/de-at\.js$/);
    expect(languageFile("fr-LU")).toMatch(/\/fr\.js$/);
    expect(languageFile("en")).toBeUndefined();
    expect(languageFile("xx")).toBeUndefined();
  });
});

describe("a player", () => {
  test("tells how much is played and loaded, in numbers that can be sent", () => {
    const buffered = { length: 1, start: () => 0, end: () => 6 };
    expect(progress({ buffered, currentTime: 3, duration: 12 })).toEqual({
      played: 0.25,
      playedSeconds: 3,
      loaded: 0.5,
      loadedSeconds: 6,
      duration: 12,
    });
    const unknown = progress({ buffered, currentTime: 0, duration: NaN });
    expect(unknown).toMatchObject({ played: 0, loaded: 0, duration: 0 });
  });

  test("takes the first of several files that can be played, under the app's base", () => {
    const plays = vi.fn((type: string) => (type === "video/webm" ? "maybe" : ""));
    HTMLVideoElement.prototype.canPlayType = plays as never;
    const sources = [
      { src: "/a.mp4", type: "video/mp4" },
      { src: "/a.webm", type: "video/webm" },
    ];
    expect(playable(sources)).toBe("/todo/a.webm");
    expect(playable(["/b.mp4", "/c.mp4"])).toBe("/todo/b.mp4");
    expect(playable("/todo/d.mp4")).toBe("/todo/d.mp4");
    expect(playable(null)).toBeUndefined();
  });
});

describe("Script", () => {
  let scripts: HTMLScriptElement[];
  beforeEach(() => {
    const marked = document.createElement("script");
    marked.setAttribute("nonce", "n1");
    marked.nonce = "n1";
    document.head.replaceChildren(marked);
    scripts = [];
    const append = (script: HTMLScriptElement) => void scripts.push(script);
    vi.spyOn(document.head, "append").mockImplementation(append as typeof document.head.append);
  });

  test("stands in the head once, with the page's nonce and its attributes", () => {
    const own = { crossOrigin: "anonymous", integrity: "sha256-x", strategy: "lazyOnload" };
    const twice = (
      <>
        <Script src="https://example.org/once.js" async {...own} />
        <Script src="https://example.org/once.js" async {...own} />
      </>
    );
    render(twice);
    const [script, ...others] = scripts;
    expect(others).toEqual([]);
    expect(script?.nonce).toBe("n1");
    expect(script?.getAttribute("src")).toBe("https://example.org/once.js");
    expect(script?.getAttribute("crossorigin")).toBe("anonymous");
    expect(script?.hasAttribute("async")).toBe(true);
    expect(script?.hasAttribute("strategy")).toBe(false);
  });

  test("tells those who wait that it ran, and those who come later that it is there", async () => {
    const [loaded, ready, late] = [vi.fn(), vi.fn(), vi.fn()];
    render(<Script src="/ran.js" onLoad={loaded} onReady={ready} />);
    expect(loaded).not.toHaveBeenCalled();
    scripts[0]?.dispatchEvent(new Event("load"));
    await vi.waitFor(() => expect(loaded).toHaveBeenCalledOnce());
    expect(ready).toHaveBeenCalledOnce();
    render(<Script src="/ran.js" onLoad={loaded} onReady={late} />);
    await vi.waitFor(() => expect(late).toHaveBeenCalledOnce());
    expect(loaded).toHaveBeenCalledOnce();
  });

  test("one that cannot be had is told of, and tried again", async () => {
    const failed = vi.fn();
    render(<Script src="/gone.js" onError={failed} />);
    scripts[0]?.dispatchEvent(new Event("error"));
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
    render(<Script src="/gone.js" />);
    expect(scripts).toHaveLength(2);
  });

  test("a text is a script of its own", () => {
    render(<Script>{"globalThis.fromScript = 7"}</Script>);
    expect(scripts[0]?.textContent).toBe("globalThis.fromScript = 7");
  });
});
