/** Components that behave: inputs that wait, what is pasted, the window's events, lost connections. */
import { act, type ReactNode, useState } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { ConnectionBanner } from "../src/banner.tsx";
import {
  Clipboard,
  ConnectionMessage,
  ConnectionModal,
  DebounceInput,
  WindowEvents,
} from "../src/library/behaviour.ts";
import { read } from "../src/library/behaviour/clipboard.tsx";
import { setStatus } from "../src/status.ts";
import { render } from "./render.tsx";

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<script type="application/json" id="ferroflex">
    {"base": "/todo"}</script>`;
});
afterEach(() => vi.useRealTimers());

/** Types a text into an input, as the browser tells React of it. */
function type(input: HTMLInputElement, text: string): void {
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value") ?? {};
  set?.call(input, text);
  act(() => void input.dispatchEvent(new Event("input", { bubbles: true })));
}

const wait = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

describe("DebounceInput", () => {
  function shown(options = {}) {
    const told: string[] = [];
    const own = vi.fn();
    function Page(): ReactNode {
      const [value, setValue] = useState("a");
      const change = (event: { target: { value: string } }) => {
        told.push(event.target.value);
        setValue(event.target.value);
      };
      return (
        <DebounceInput value={value} onChange={change} debounceTimeout={200} {...options}>
          <input onBlur={own} />
        </DebounceInput>
      );
    }
    const element = render(<Page />);
    return { input: element.querySelector("input") as HTMLInputElement, told, own };
  }

  test("shows every keystroke and tells the last of them", () => {
    const { input, told } = shown();
    expect(input.value).toBe("a");
    type(input, "ab");
    wait(150);
    type(input, "abc");
    wait(150);
    expect([input.value, told]).toEqual(["abc", []]);
    wait(60);
    expect(told).toEqual(["abc"]);
  });

  test("tells at once on Enter and when it is left, beside the input's own handlers", () => {
    const { input, told, own } = shown();
    type(input, "ab");
    act(() => void input.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true })));
    expect(told).toEqual([]);
    const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true });
    act(() => void input.dispatchEvent(enter));
    expect(told).toEqual(["ab"]);
    type(input, "abc");
    act(() => void input.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
    expect(told).toEqual(["ab", "abc"]);
    expect(own).toHaveBeenCalledOnce();
    wait(1_000);
    expect(told).toHaveLength(2);
  });

  test("keeps short values to itself, and tells that a longer one is gone", () => {
    const { input, told } = shown({ minLength: 3 });
    type(input, "ab");
    wait(300);
    expect(told).toEqual([]);
    type(input, "abc");
    wait(300);
    type(input, "ab");
    wait(300);
    expect(told).toEqual(["abc", ""]);
    expect(input.value).toBe("");
  });

  test("waits for ever when the wait is negative, and not at all when there is none", () => {
    const never = shown({ debounceTimeout: -1, forceNotifyOnBlur: false });
    type(never.input, "ab");
    wait(10_000);
    expect(never.told).toEqual([]);
    const now = shown({ debounceTimeout: 0 });
    type(now.input, "ab");
    expect(now.told).toEqual(["ab"]);
  });
});

describe("Clipboard", () => {
  const item = (type: string, data: string): unknown => ({
    kind: "string",
    type,
    getAsString: (take: (text: string) => void) => take(data),
  });

  test("reads texts as they are and files as addresses", async () => {
    vi.useRealTimers();
    const picture = new File(["x"], "x.png", { type: "image/png" });
    const words = new File(["words"], "a.txt", { type: "text/plain" });
    const file = (given: File) => ({ kind: "file", type: given.type, getAsFile: () => given });
    const items = [item("text/html", "<b>x</b>"), file(picture), file(words)];
    expect(await read({ items } as unknown as DataTransfer)).toEqual([
      ["text/html", "<b>x</b>"],
      ["image/png", "data:image/png;base64,eA=="],
      ["text/plain", "words"],
    ]);
  });

  test("listens on the page when there is nothing inside, and no longer than it is there", async () => {
    const told = vi.fn();
    const paste = () => {
      const event = new Event("paste", { bubbles: true, cancelable: true });
      const clipboardData = { items: [item("text/plain", "seven")] };
      document.body.dispatchEvent(Object.assign(event, { clipboardData }));
      return event;
    };
    render(<Clipboard onPaste={told} prevent />);
    expect(paste().defaultPrevented).toBe(true);
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith([["text/plain", "seven"]]));
  });
});

test("the window's events reach the handler of the last render", () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const Page = ({ listener }: { listener: () => void }) => <WindowEvents onHashChange={listener} />;
  render(<Page listener={first} />);
  act(() => void dispatchEvent(new Event("hashchange")));
  expect(first).toHaveBeenCalledOnce();
  render(<WindowEvents onDoubleClick={second} />);
  act(() => void dispatchEvent(new Event("dblclick")));
  expect(second).toHaveBeenCalledOnce();
});

describe("a page's own sign of a lost connection", () => {
  beforeEach(() => act(() => setStatus({ kind: "open" })));

  test("stands in place of the shell's", () => {
    const element = render(
      <>
        <ConnectionBanner />
        <ConnectionMessage>
          <p>away</p>
        </ConnectionMessage>
      </>,
    );
    act(() => setStatus({ kind: "waiting", reason: "refused" }));
    expect(element.textContent).toBe("");
    wait(1_500);
    expect(element.textContent).toBe("away");
    act(() => setStatus({ kind: "open" }));
    expect(element.textContent).toBe("");
  });

  test("says what is the matter, in a dialog after a while", () => {
    const element = render(<ConnectionModal />);
    act(() => setStatus({ kind: "waiting", reason: "refused" }));
    wait(1_500);
    expect(element.querySelector("dialog")).toBeNull();
    wait(2_000);
    const text = element.querySelector("dialog")?.textContent ?? "";
    expect(text).toContain("Cannot connect to server: refused");
    expect(text).toContain("/todo/");
  });
});
