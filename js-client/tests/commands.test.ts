/** Commands: what they do to the page, and what follows from those of the server. */
import { beforeEach, describe, expect, test, vi } from "vitest";

import { withFunctions } from "../src/callbacks.ts";
import { command } from "../src/commands.ts";
import { removeCookie } from "../src/cookies.ts";
import { bodies } from "../src/script.ts";
import { clearStored, removeStored } from "../src/storage.ts";
import { type Command, parse, ResultPart, type WireCommand } from "../src/wire.ts";

beforeEach(() => {
  document.body.innerHTML = `<input id="name">
    <script type="application/json" id="ferroflex">{"base": "/todo"}</script>`;
});

describe("what follows from a command", () => {
  function follow(text: string, result: unknown) {
    const done: unknown[] = [];
    const send = (handler: number, args: readonly unknown[]) => done.push([handler, ...args]);
    const run = (next: Command) => done.push(next);
    const ready = withFunctions(parse(text) as WireCommand, { send, run });
    (ready as { callback: (result: unknown) => void }).callback(result);
    return done;
  }

  test("are events and commands with the result or parts of it", () => {
    const steps = `[{"handler": 3, "args": ["x", {"$": ["result"]}, {"a": [{"$": ["result", "b", -1]}]}]},
      {"c": "alert", "message": {"$": ["result", "b", 0]}}]`;
    const result = { b: [1, 2] };
    const done = follow(`{"c": "call_script", "code": "", "callback": ${steps}}`, result);
    expect(done).toEqual([
      [3, "x", result, { a: [2] }],
      { c: "alert", message: 1 },
    ]);
  });

  test("may have what follows from them, which waits for a result of their own", () => {
    const inner = `{"c": "call_script", "code": {"$": ["result"]},
      "callback": [{"handler": 1, "args": [{"$": ["result"]}]}]}`;
    const [next] = follow(`{"c": "call_script", "code": "", "callback": [${inner}]}`, "outer");
    expect(next).toMatchObject({ c: "call_script", code: "outer" });
    expect((next as { callback: unknown }).callback).toBeTypeOf("function");
  });

  test("a part that the result does not have is undefined", () => {
    expect(new ResultPart(["a", 0]).of(null)).toBeUndefined();
    expect(new ResultPart(["a", 0]).of({ a: 3 })).toBeUndefined();
  });
});

describe("scripts", () => {
  test("are taken for an expression, then for statements with a value, then for any", () => {
    expect(bodies("f(1);")).toEqual(["(f(1)\n)", "{ f(1);\n}"]);
    expect(bodies("a; b; c")).toEqual([
      "(a; b; c\n)",
      "{ a; b; return (c\n) }",
      "{ a; return (b; c\n) }",
      "{ a; b; c\n}",
    ]);
  });

  test.each([
    ["1 + 1 // two", 2],
    ["({ a: 1 }).a ;\n", 1],
    ["let n = 'a; b'; n.length", 4],
    ["let n = 1; n += 1 // done; really", 2],
    ["if (true) { 1; 2 }", undefined],
    ["for (let n = 0; n < 2; n++) n", undefined],
    ["let n = `; ${1}`; /;/.test(n)", true],
    ["", undefined],
  ])("%j gives its value", (code, value) => {
    const compile = (body: string) => {
      try {
        return new Function(`return (() => ${body})`)() as () => unknown;
      } catch {
        return null;
      }
    };
    const script = bodies(code).map(compile).find((found) => found !== null);
    expect(script?.()).toBe(value);
  });

  test("are their own result when they are no text", () => {
    const callback = vi.fn();
    command({ c: "call_script", code: { a: 1 }, callback });
    command({ c: "call_function", code: () => 5, callback });
    expect(callback.mock.calls).toEqual([[{ a: 1 }], [5]]);
  });
});

describe("what is stored", () => {
  test("is removed, but for the shell's own", () => {
    localStorage.setItem("ferroflex:color_mode", "dark");
    localStorage.setItem("mine", "1");
    localStorage.setItem("other", "2");
    removeStored("local", "mine");
    removeStored("local", "ferroflex:color_mode");
    expect({ ...localStorage }).toEqual({ "ferroflex:color_mode": "dark", other: "2" });
    clearStored("local");
    expect({ ...localStorage }).toEqual({ "ferroflex:color_mode": "dark" });
  });

  test("cookies are removed where they are valid, and nowhere else", () => {
    const write = vi.spyOn(document, "cookie", "set");
    removeCookie("k");
    removeCookie("k", { path: "/x; secure", domain: "example.org", same_site: "lax", secure: true });
    expect(write.mock.calls.flat()).toEqual([
      "k=; path=/; max-age=0",
      "k=; path=/x secure; max-age=0; domain=example.org; secure; samesite=lax",
    ]);
    expect(() => removeCookie("k; domain=x")).toThrow(TypeError);
  });
});

describe("commands", () => {
  test("scroll and take the focus away", () => {
    const input = document.querySelector("input") as HTMLInputElement;
    input.scrollIntoView = vi.fn();
    input.focus();
    command({ c: "blur", id: "name" });
    command({ c: "scroll", id: "name", top: false });
    command({ c: "scroll", id: "missing" });
    expect(document.activeElement).not.toBe(input);
    expect(input.scrollIntoView).toHaveBeenCalledExactlyOnceWith(false);
  });

  test("download addresses below the base, and never code", () => {
    const reported = vi.spyOn(console, "error").mockImplementation(() => {});
    vi.stubGlobal("reportError", undefined);
    const saved: (string | null)[][] = [];
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push([this.getAttribute("href"), this.download]);
    });
    command({ c: "download", url: "/a.csv", filename: "a.csv" });
    command({ c: "download", data: "data:text/csv,x" });
    command({ c: "download", url: "javascript:alert(1)" });
    expect(saved).toEqual([
      ["/todo/a.csv", "a.csv"],
      ["data:text/csv,x", ""],
    ]);
    expect(reported).toHaveBeenCalledOnce();
  });

  test("text that only begins like a data address is a file's content", async () => {
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
    const created = vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:x");
    command({ c: "download", data: "data:\n  - 1" });
    command({ c: "download", data: new Uint8Array([1, 2]) });
    command({ c: "download", data: { a: [1] } });
    const files = created.mock.calls.map(([file]) => file as Blob);
    expect(await Promise.all(files.map((file) => file.text()))).toEqual([
      "data:\n  - 1",
      "\u0001\u0002",
      '{"a":[1]}',
    ]);
    expect(files.map((file) => file.type)).toEqual([
      "text/plain",
      "application/octet-stream",
      "application/json",
    ]);
  });

  test("one that fails is reported, and the next one runs", () => {
    const reported = vi.fn();
    vi.stubGlobal("reportError", reported);
    vi.spyOn(console, "log").mockImplementation(() => {});
    vi.stubGlobal("navigator", {});
    command({ c: "clipboard", text: "x" });
    command({ c: "console", message: "next" });
    expect(reported).toHaveBeenCalledOnce();
    expect(console.log).toHaveBeenCalledWith("next");
  });
});
