/**
 * Joins the props that a parent hands down (Radix's `asChild` clones its child with some) with an
 * element's own.
 */
import type { Ref } from "react";

type Props = Record<string, unknown>;
type Callback = (...args: unknown[]) => unknown;

/**
 * The element's own props win; handlers of both run, the own first; class names and styles are
 * joined, refs composed.
 */
export function merge(given: Props, own: Props): Props {
  const merged: Props = { ...given, ...own };
  for (const name of Object.keys(given)) {
    if (name in own) merged[name] = join(name, given[name], own[name]);
  }
  return merged;
}

/** A ref that sets both. */
export function composeRefs(one: Ref<unknown> | undefined, other: Ref<unknown>): Ref<unknown> {
  if (!one) return other;
  return (node) => {
    const cleanups = [setRef(one, node), setRef(other, node)];
    return () => cleanups.forEach((cleanup) => cleanup());
  };
}

function join(name: string, given: unknown, own: unknown): unknown {
  if (own === undefined) return given;
  if (isHandler(name, given) && isHandler(name, own)) return inTurn(own, given);
  if (name === "className") return [given, own].filter(Boolean).join(" ");
  if (name === "style") return { ...(given as object), ...(own as object) };
  if (name === "ref") return composeRefs(given as Ref<unknown>, own as Ref<unknown>);
  return own;
}

function isHandler(name: string, value: unknown): value is Callback {
  return /^on[A-Z]/.test(name) && typeof value === "function";
}

function inTurn(first: Callback, second: Callback): Callback {
  return (...args) => {
    const result = first(...args);
    second(...args);
    return result;
  };
}

/** Sets a ref; gives what unsets it. */
function setRef(ref: Ref<unknown>, node: unknown): () => void {
  if (typeof ref === "function") {
    const cleanup = ref(node);
    return typeof cleanup === "function" ? cleanup : () => ref(null);
  }
  if (ref) ref.current = node;
  return () => {
    if (ref) ref.current = null;
  };
}
