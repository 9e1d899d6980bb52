/** Inputs whose value the state holds: what they show while events are under way. */
import { act, useState } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { controlled } from "../src/controlled.tsx";
import { event } from "../src/events.ts";
import { announceSettled, isPending } from "../src/runtime.ts";
import { render } from "./render.tsx";

const restarts = new Set<() => void>();

vi.mock("../src/runtime.ts", async (original) => ({
  ...(await original<typeof import("../src/runtime.ts")>()),
  onRestart: (listener: () => void) => {
    restarts.add(listener);
    return () => restarts.delete(listener);
  },
  isPending: vi.fn(),
  isConnected: () => true,
}));

const pending = new Set<number>();
let sent: string[];
let setServerValue: (value: never) => void;

beforeEach(() => {
  pending.clear();
  sent = [];
  vi.mocked(isPending).mockImplementation((ticket) => pending.has(ticket));
});

const send = (value: string): number => {
  sent.push(value);
  pending.add(sent.length);
  return sent.length;
};

const Input = controlled("input", "value");
const handler = event(((e: { target: HTMLInputElement }) => send(e.target.value)) as never);

function Page({ onChange = handler }: { onChange?: unknown }) {
  const [value, setValue] = useState<string | null>("");
  setServerValue = setValue;
  return <Input value={value} onChange={onChange} />;
}

function renderInput(onChange?: unknown): HTMLInputElement {
  const input = render(<Page onChange={onChange} />).querySelector("input") as HTMLInputElement;
  input.focus();
  return input;
}

function type(input: HTMLInputElement, value: string): void {
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value") ?? {};
  act(() => {
    set?.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function serve(value: string, ...acknowledged: number[]): void {
  act(() => {
    setServerValue(value as never);
    for (const ticket of acknowledged) pending.delete(ticket);
    announceSettled();
  });
}

describe("an input", () => {
  test("shows what is typed although the server's answers are late", () => {
    const input = renderInput();
    type(input, "h");
    type(input, "he");
    serve("h", 1);
    expect(input.value).toBe("he");
    type(input, "hey");
    serve("he", 2);
    expect(input.value).toBe("hey");
    serve("hey", 3);
    expect(input.value).toBe("hey");
    expect(sent).toEqual(["h", "he", "hey"]);
  });

  test("shows what the server made of it once all is acknowledged", () => {
    const input = renderInput();
    type(input, "abc");
    serve("ABC", 1);
    expect(input.value).toBe("ABC");
    serve("");
    expect(input.value).toBe("");
  });

  test("keeps the caret when the server changes the text", () => {
    const input = renderInput();
    type(input, "abXc");
    input.setSelectionRange(3, 3);
    serve("ABXC", 1);
    expect([input.value, input.selectionStart]).toEqual(["ABXC", 3]);
    type(input, "ABX-C");
    input.setSelectionRange(4, 4);
    serve("(ABX-C", 2);
    expect([input.value, input.selectionStart]).toEqual(["(ABX-C", 5]);
  });

  test("keeps its text while an input method composes", () => {
    const input = renderInput();
    act(() => void input.dispatchEvent(new Event("compositionstart", { bubbles: true })));
    type(input, "か");
    serve("[か]", 1);
    expect(input.value).toBe("か");
    act(() => void input.dispatchEvent(new Event("compositionend", { bubbles: true })));
    expect(input.value).toBe("[か]");
  });

  test("keeps its text while a debounced event waits and until it is acknowledged", () => {
    vi.useFakeTimers();
    const late = (e: { target: HTMLInputElement }) => send(e.target.value);
    const input = renderInput(event(late as never, { debounce: 300 }));
    type(input, "a");
    type(input, "ab");
    serve("");
    expect([input.value, sent]).toEqual(["ab", []]);
    act(() => void vi.advanceTimersByTime(300));
    expect([input.value, sent]).toEqual(["ab", ["ab"]]);
    serve("AB", 1);
    expect(input.value).toBe("AB");
    vi.useRealTimers();
  });

  test("keeps what was typed when another session begins, which is told of it", () => {
    const input = renderInput();
    type(input, "abc");
    serve("abc", 1);
    act(() => restarts.forEach((restart) => restart()));
    serve("");
    expect(sent).toEqual(["abc", "abc"]);
    expect(input.value).toBe("abc");
    serve("abc", 2);
    expect(input.value).toBe("abc");
  });

  test("is as another session has it when the last one had changed the text", () => {
    const input = renderInput();
    type(input, "abc");
    serve("", 1);
    act(() => restarts.forEach((restart) => restart()));
    serve("new");
    expect([input.value, sent]).toEqual(["new", ["abc"]]);
  });

  test("of a state that has no text yet is empty", () => {
    const input = renderInput();
    act(() => setServerValue(null as never));
    expect(input.value).toBe("");
  });
});

describe("a component whose callback gives the value", () => {
  test("is shown changed until the server has decided", () => {
    type Props = { checked: boolean; onCheckedChange: (value: boolean) => void };
    const Switch = ({ checked, onCheckedChange }: Props) => (
      <button onClick={() => onCheckedChange(!checked)}>{String(checked)}</button>
    );
    const Controlled = controlled(Switch as never, "checked");
    const toggle = event(((value: boolean) => send(String(value))) as never);
    const element = render(<Controlled checked={false} onCheckedChange={toggle} />);
    const button = element.querySelector("button") as HTMLButtonElement;
    act(() => button.click());
    expect([button.textContent, sent]).toEqual(["true", ["true"]]);
    act(() => {
      pending.clear();
      announceSettled();
    });
    expect(button.textContent).toBe("false");
  });
});
