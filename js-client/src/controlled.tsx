/**
 * Inputs whose value the state holds: what the user does is shown at once, and the state's value
 * again as soon as the server has taken the change in.
 */
import {
  Component,
  type ComponentType,
  createElement,
  type CSSProperties,
  type ReactNode,
  type Ref,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

import { noteControlled } from "./fields.ts";
import { composeRefs } from "./merge.ts";
import { onRestart, onSettled } from "./runtime.ts";
import { sameValues } from "./store.ts";
import { isUnsettled } from "./ticket.ts";

type Props = Record<string, unknown> & { ref?: Ref<unknown>; style?: CSSProperties };
type Callback = (...args: unknown[]) => unknown;
type Element = ComponentType<never> | string;

/** What the user made of the input, and the handler's sign of when the server knows it. */
interface Echo {
  value: unknown;
  result: unknown;
  /** Does the same once more. */
  again: () => void;
}

/**
 * The component with the user's own changes of `prop` shown until they are acknowledged. Works
 * for inputs (`onChange` with a DOM event) and for components whose callback gives the value
 * (`onValueChange`, `onCheckedChange`, `onOpenChange` …).
 */
export function controlled(element: Element, prop: string): (props: Props) => ReactNode {
  const changes = ["onChange", `on${prop[0]?.toUpperCase()}${prop.slice(1)}Change`];
  return function Controlled(props: Props) {
    const [echo, setEcho] = useState<Echo | null>(null);
    const composing = useRef(false);
    const node = useRef<unknown>(null);
    const unsettled = () => composing.current || (echo !== null && isUnsettled(echo.result));
    const local = useSyncExternalStore(onSettled, unsettled, nothingSent);

    const own: Props = { ...props, ref: composeRefs(props.ref, node) };
    own[prop] = local && echo ? echo.value : valueOf(props[prop], prop);
    for (const name of changes) {
      if (typeof props[name] !== "function") continue;
      const change = (...args: unknown[]) => {
        const result = (props[name] as Callback)(...args);
        setEcho({ value: changedValue(args[0], prop), result, again: () => change(...args) });
        return result;
      };
      own[name] = change;
    }
    useRedo(echo, own[prop]);
    useLayoutEffect(() => noteControlled(node.current));
    if (prop === "value") {
      const ended = () => setEcho((last) => last && { ...last });
      Object.assign(own, compositionHandlers(props, composing, ended));
    }
    const input = createElement(element as string, own);
    return createElement(KeepCaret, { node, value: own[prop] }, input);
  };
}

/**
 * Does the user's last change again when the page is given another session, which knows nothing of
 * it; not when the server has made something else of the input since.
 */
function useRedo(echo: Echo | null, shown: unknown): void {
  const redo = useRef<() => void>(undefined);
  useLayoutEffect(() => {
    const { result, again } = echo ?? {};
    // What waits is sent to the other session anyway.
    const redone = () => isUnsettled(result) || again?.();
    redo.current = echo && isSame(echo.value, shown) ? redone : undefined;
  });
  useEffect(() => onRestart(() => redo.current?.()), []);
}

/** Nothing was while the server renders. */
function nothingSent(): boolean {
  return false;
}

/** A slider's value, and that of several choices, is an array. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) return sameValues(one, other);
  return Object.is(one, other);
}

/** A state that has no value yet must not make the input an uncontrolled one. */
function valueOf(value: unknown, prop: string): unknown {
  if (value !== null && value !== undefined) return value;
  return prop === "value" ? "" : false;
}

function changedValue(argument: unknown, prop: string): unknown {
  const target = (argument as { target?: Record<string, unknown> } | null)?.target;
  return target && typeof target === "object" ? target[prop] : argument;
}

/** While an input method composes, the text belongs to it and must not be replaced. */
function compositionHandlers(props: Props, composing: RefObject<boolean>, ended: () => void) {
  const chain = (name: string, react: () => void) => (event: unknown) => {
    react();
    (props[name] as Callback | undefined)?.(event);
  };
  return {
    onCompositionStart: chain("onCompositionStart", () => {
      composing.current = true;
    }),
    onCompositionEnd: chain("onCompositionEnd", () => {
      composing.current = false;
      ended();
    }),
  };
}

interface Caret {
  text: string;
  start: number;
  end: number;
}

type TextInput = HTMLInputElement | HTMLTextAreaElement;

interface KeepCaretProps {
  node: RefObject<unknown>;
  value: unknown;
  children?: ReactNode;
}

/** Puts the caret back where it was after the server has put in another text than was typed. */
class KeepCaret extends Component<KeepCaretProps> {
  override getSnapshotBeforeUpdate(before: { value: unknown }): Caret | null {
    const input = this.props.node.current;
    if (before.value === this.props.value || !isFocusedText(input)) return null;
    const { value: text, selectionStart: start, selectionEnd: end } = input;
    return start === null || end === null ? null : { text, start, end };
  }

  override componentDidUpdate(_props: unknown, _state: unknown, caret: Caret | null): void {
    const input = this.props.node.current;
    if (!caret || !isFocusedText(input) || input.value === caret.text) return;
    const [start, end] = [caret.start, caret.end].map((at) => follow(caret, at, input.value));
    input.setSelectionRange(start as number, end as number);
  }

  override render(): ReactNode {
    return this.props.children;
  }
}

/** Where a position of the old text is in the new one: the text after it decides, if kept. */
function follow({ text }: Caret, position: number, after: string): number {
  const rest = text.slice(position);
  if (rest !== "" && after.endsWith(rest)) return after.length - rest.length;
  if (position === text.length) return after.length;
  return Math.min(position, after.length);
}

function isFocusedText(node: unknown): node is TextInput {
  const text = node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;
  return text && document.activeElement === node;
}
