/**
 * Renders into a fresh element, and gives React's work the time that it needs.
 */
import { act, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, vi } from "vitest";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const unmounts: (() => void)[] = [];

afterEach(() => {
  act(() => unmounts.splice(0).forEach((unmount) => unmount()));
});

/** Renders; the element stands in the document until the test's end. */
export function render(node: ReactNode): HTMLElement {
  const element = document.createElement("div");
  document.body.append(element);
  const root = createRoot(element);
  unmounts.push(() => {
    root.unmount();
    element.remove();
  });
  act(() => root.render(node));
  return element;
}

/** So long, in milliseconds, a busy machine may take to load a library. */
export const LOADING_MS_MAX = 30_000;

/** Waits until what a component loads is there and shown, which comes when it comes. */
export async function eventually(look: () => void): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  await vi.waitFor(look, { timeout: LOADING_MS_MAX });
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
}
