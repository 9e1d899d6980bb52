/**
 * What the user put into the page's controls, kept while the page is loaded again: a newer build of
 * the app must not cost anybody what they were writing.
 *
 * Not here: what a form sends (form.ts), and inputs that the state holds while the page stays
 * (controlled.tsx).
 */
import { flushSync } from "react-dom";

import { silently } from "./runtime.ts";
import { takeStored, writeStored } from "./storage.ts";

/** What a control holds: text, whether it is ticked, or which options are chosen. */
export type Content = string | boolean | string[];

/** The contents by the controls' keys, and the address of the page that they are of. */
interface Kept {
  path: string;
  contents: Record<string, Content>;
}

/** Native controls, and Radix's buttons that stand for one. */
const CONTROLS = "input, textarea, select, [role=checkbox], [role=switch], [role=radio]";

/** Inputs whose contents are secret, cannot be set, or are not the user's. */
const PASSED_OVER = ["password", "file", "hidden", "submit", "button", "reset", "image"];

const edited = new WeakSet<EventTarget>();
const controlledNodes = new WeakSet<Element>();

/** Begins to note which controls the user changes. */
export function watchFields(): void {
  const note = ({ target }: Event) => target && edited.add(target);
  addEventListener("input", note, true);
  addEventListener("change", note, true);
  addEventListener("click", ({ target }) => {
    const control = (target as Element | null)?.closest?.(CONTROLS);
    if (control) edited.add(control);
  }, true);
  addEventListener("reset", ({ target }) => {
    for (const control of (target as HTMLFormElement).elements) edited.delete(control);
  }, true);
}

/** Notes that the state holds the contents of a control, so that it has to hear of them. */
export function noteControlled(node: unknown): void {
  if (node instanceof Element) controlledNodes.add(node);
}

/** Keeps what the user changed until the page has been loaded again. */
export function keepFields(base: string): void {
  const changed = keyed().filter(([, control]) => edited.has(control));
  const contents = Object.fromEntries(changed.map(([key, control]) => [key, contentOf(control)]));
  const kept: Kept = { path: location.pathname, contents };
  if (changed.length > 0) writeStored("session", storageKey(base), JSON.stringify(kept));
}

/**
 * Puts back what was kept, once. The server hears of controls whose contents the state holds, and
 * of no others.
 */
export function restoreFields(base: string): void {
  const text = takeStored("session", storageKey(base));
  if (!text) return;
  const { path, contents } = JSON.parse(text) as Kept;
  if (path !== location.pathname) return;
  for (const [key, control] of keyed()) {
    const content = contents[key];
    if (content === undefined || same(contentOf(control), content)) continue;
    edited.add(control);
    const put = () => flushSync(() => putInto(control, content));
    if (isControlled(control)) put();
    else silently(put);
  }
}

function storageKey(base: string): string {
  return `ferroflex:fields:${base}`;
}

/** The controls with keys that they have in the next build as well, if it has them at all. */
function keyed(): [string, Element][] {
  const counts = new Map<string, number>();
  const controls = Array.from(document.querySelectorAll<HTMLInputElement>(CONTROLS));
  return controls.filter(isKept).map((control) => {
    const kind = control.getAttribute("role") ?? control.type;
    const choice = kind === "radio" ? control.value : "";
    const name = [kind, control.id || control.name || "", choice].join(" ");
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [`${name} ${count}`, control];
  });
}

/** Radix's hidden inputs only follow its buttons; its hidden select can be set. */
function isKept(control: HTMLInputElement): boolean {
  const hidden = control.getAttribute("aria-hidden") === "true";
  if (control.hasAttribute("role")) return true;
  return !PASSED_OVER.includes(control.type) && !(hidden && control.localName === "input");
}

/** What a control holds. */
export function contentOf(control: Element): Content {
  if (control instanceof HTMLInputElement) {
    return ["checkbox", "radio"].includes(control.type) ? control.checked : control.value;
  }
  if (control instanceof HTMLTextAreaElement) return control.value;
  if (control instanceof HTMLSelectElement) {
    return Array.from(control.selectedOptions, (option) => option.value);
  }
  return control.getAttribute("aria-checked") === "true";
}

function same(one: Content, other: Content): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isControlled(control: Element): boolean {
  const group = control.closest("[role=radiogroup]");
  return controlledNodes.has(control) || (group !== null && controlledNodes.has(group));
}

/** Puts it into a control, as the user would. */
export function putInto(control: Element, content: Content): void {
  if (typeof content === "string") return typeInto(control as HTMLInputElement, content);
  if (control instanceof HTMLSelectElement) return choose(control, content as string[]);
  // A radio that is not chosen any more gives way to the one that is.
  const isRadio = (control.getAttribute("role") ?? (control as HTMLInputElement).type) === "radio";
  if (content || !isRadio) (control as HTMLElement).click();
}

/** As the user's own typing, which React hears of. */
function typeInto(control: HTMLInputElement, text: string): void {
  const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), "value")?.set;
  set?.call(control, text);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function choose(select: HTMLSelectElement, values: string[]): void {
  for (const option of select.options) option.selected = values.includes(option.value);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}
