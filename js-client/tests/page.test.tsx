/** What wraps a page, and the commands that it runs. */
import { act } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { App, provideTheme } from "../src/app.tsx";
import { colorMode, setColorMode, startColorMode, toggleColorMode } from "../src/color.ts";
import { command } from "../src/commands.ts";
import { reportFailure } from "../src/failures.tsx";
import { icon } from "../src/icon.tsx";
import { currentRoute, withBase } from "../src/page.ts";
import { setStatus } from "../src/status.ts";
import { render } from "./render.tsx";

describe("App", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    setStatus({ kind: "open" });
    return () => vi.useRealTimers();
  });

  test("puts Radix's theme around a page that asks for one, without its appearance", () => {
    const Theme = vi.fn(({ children }) => <main>{children}</main>);
    provideTheme(Theme);
    const theme = { accentColor: "red", appearance: "dark" };
    expect(render(<App theme={theme}>hi</App>).innerHTML).toBe("<main>hi</main>");
    expect(Theme.mock.calls[0]?.[0]).toEqual({ accentColor: "red", children: expect.anything() });
    expect(render(<App theme={null}>hi</App>).innerHTML).toBe("hi");
  });

  test("says that the connection is lost after a second, and nothing once it is back", () => {
    const element = render(<App theme={null} />);
    act(() => setStatus({ kind: "connecting" }));
    act(() => void vi.advanceTimersByTime(900));
    expect(element.textContent).toBe("");
    act(() => void vi.advanceTimersByTime(200));
    expect(element.textContent).toContain("Reconnecting");
    act(() => setStatus({ kind: "open" }));
    expect(element.textContent).toBe("");
  });

  test("says at once that the session is over", () => {
    const element = render(<App theme={null} />);
    act(() => setStatus({ kind: "stopped", reason: "elsewhere" }));
    expect(element.textContent).toContain("elsewhere");
    expect(element.querySelector("button")?.textContent).toBe("Reload");
  });

  test("shows an error's traceback in development until it is dismissed", () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const element = render(<App theme={null} />);
    const error = { t: "error", code: "handler_failed", message: "KeyError", trace: "line 3" };
    act(() => reportFailure(error as never, "dev"));
    expect(element.querySelector("pre")?.textContent).toBe("line 3");
    act(() => void dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })));
    expect(element.querySelector("pre")).toBeNull();
  });
});

describe("commands", () => {
  beforeEach(() => {
    document.body.innerHTML = `<input id="name"><input id="tick" type="checkbox">
      <script type="application/json" id="ferroflex">{"base": "/todo"}</script>`;
  });

  test("set values and the focus", () => {
    command({ c: "set_value", id: "name", value: "Ada" });
    command({ c: "set_value", id: "tick", value: true });
    command({ c: "focus", id: "name" });
    command({ c: "focus", id: "missing" });
    const [name, tick] = document.querySelectorAll("input");
    expect([name?.value, tick?.checked]).toEqual(["Ada", true]);
    expect(document.activeElement).toBe(name);
  });

  test("redirect inside the app by its base, elsewhere as given, and never into code", () => {
    const assign = vi.spyOn(location, "assign").mockImplementation(() => {});
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    command({ c: "redirect", to: "/items?page=2" });
    command({ c: "redirect", to: "https://example.org/" });
    command({ c: "redirect", to: "javascript:alert(1)" });
    const targets = assign.mock.calls.map(([address]) => String(address));
    expect(targets[0]).toMatch(/\/todo\/items\?page=2$/);
    expect(targets.slice(1)).toEqual(["https://example.org/"]);
    expect(error).toHaveBeenCalledOnce();
  });
});

describe("routes", () => {
  test("are what the browser shows without the base", () => {
    history.replaceState(null, "", "/todo/items?page=2#last");
    expect(currentRoute("/todo")).toBe("/items?page=2#last");
    history.replaceState(null, "", "/todo");
    expect(currentRoute("/todo")).toBe("/");
    history.replaceState(null, "", "/");
    expect([withBase("/todo", "//cdn/x"), withBase("", "/x")]).toEqual(["//cdn/x", "/x"]);
  });
});

describe("the colour mode", () => {
  test("is the user's choice before the page's, and is remembered", () => {
    localStorage.clear();
    const Shown = () => colorMode();
    startColorMode("dark");
    const element = render(<Shown />);
    expect([element.textContent, document.documentElement.className]).toEqual(["dark", "dark"]);
    act(() => toggleColorMode());
    expect([element.textContent, document.documentElement.className]).toEqual(["light", "light"]);
    act(() => startColorMode("dark"));
    expect(element.textContent).toBe("light");
    act(() => setColorMode("system"));
    expect(localStorage.getItem("ferroflex:color_mode")).toBe("system");
  });
});

describe("icon", () => {
  test("draws its lines, in the size and colour given", () => {
    const ChevronDown = icon("ChevronDown", [["path", { d: "m6 9 6 6 6-6" }]]);
    const svg = render(<ChevronDown size={16} color="red" className="x" />).firstElementChild;
    expect(svg?.getAttribute("class")).toBe("lucide lucide-chevron-down x");
    expect([svg?.getAttribute("width"), svg?.getAttribute("stroke")]).toEqual(["16", "red"]);
    expect(svg?.innerHTML).toBe('<path d="m6 9 6 6 6-6"></path>');
  });
});
