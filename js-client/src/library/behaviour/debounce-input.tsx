/**
 * An input that shows every keystroke and tells its value once it was left alone for a while.
 */
import {
  type ChangeEvent,
  Children,
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";

import { merge } from "../../merge.ts";

type Input = HTMLInputElement | HTMLTextAreaElement;
type Change = ChangeEvent<Input>;

/** What it is given; all else goes to the input. */
export interface DebounceInputProps {
  /** The input. */
  children?: ReactNode;
  value?: string | number | null;
  onChange?: (event: Change) => unknown;
  /** Milliseconds to wait; less than none is for ever. */
  debounceTimeout?: number;
  /** Shorter values are told as empty ones, once. */
  minLength?: number;
  /** Whether the enter key ends the wait. */
  forceNotifyByEnter?: boolean;
  /** Whether leaving the input does. */
  forceNotifyOnBlur?: boolean;
  [name: string]: unknown;
}

/** Reflex's wait. */
const TIMEOUT_MS = 300;

/** The input with its events held back. */
export function DebounceInput(props: DebounceInputProps): ReactNode {
  const {
    children,
    value,
    onChange,
    debounceTimeout = TIMEOUT_MS,
    minLength = 0,
    forceNotifyByEnter = true,
    forceNotifyOnBlur = true,
    ...rest
  } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  const waiting = useRef<{ timer: number; event: Change } | null>(null);

  const finish = () => {
    if (!waiting.current) return;
    const { timer, event } = waiting.current;
    clearTimeout(timer);
    waiting.current = null;
    tell.current?.(event);
    setDraft(null);
  };
  const change = (event: Change) => {
    const { value: text } = event.target;
    const before = draft ?? String(value ?? "");
    clearTimeout(waiting.current?.timer);
    waiting.current = null;
    setDraft(text);
    if (text.length < minLength && text.length >= before.length) return;
    // What is told is what the input held then, whatever it holds when the wait is over.
    const told = text.length < minLength ? "" : text;
    const held = { ...event, target: { ...snapshot(event.target), value: told } } as Change;
    const timer = debounceTimeout < 0 ? 0 : window.setTimeout(finish, debounceTimeout);
    waiting.current = { timer, event: held };
    if (debounceTimeout === 0) finish();
  };
  const end = useRef(finish);
  end.current = finish;
  useEffect(() => () => end.current(), []);

  const input = Children.only(children) as ReactElement<Record<string, unknown>>;
  const own = {
    ...rest,
    value: draft ?? value ?? "",
    onChange: change,
    ...(forceNotifyOnBlur && { onBlur: finish }),
    ...(forceNotifyByEnter && {
      onKeyDown: (event: KeyboardEvent) => event.key === "Enter" && finish(),
    }),
  };
  return cloneElement(input, merge(own, input.props));
}

/** What a handler may read of an input. */
function snapshot({ type, name, id, value }: Input): Record<string, unknown> {
  return { type, name, id, value };
}
