/**
 * What the server hands the browser beside a page's HTML: what it has made of the page's texts, so
 * that the browser need not load and run what makes it. Not here: what that is, and who makes it
 * (library/markdown/).
 */

import { embedded } from "./embedded.ts";

/** Of more, in characters, a page is given nothing: a browser is as quick to make it. */
const PREPARED_CHARS_MAX = 500_000;

const ELEMENT = "ferroflex-prepared";

type Contents = Record<string, unknown>;

/** What the rendering under way has made; null in a browser. */
let making: Contents | null = null;

/** What the page came with; undefined until somebody asks. */
let given: Contents | null | undefined;

/** Begins a page, on the server. */
export function beginPreparing(): void {
  making = {};
}

/** Has the browser given this under a name that both know, such as that of `useId`; data alone. */
export function prepare(name: string, content: () => unknown): void {
  if (making) making[name] = content();
}

/** What was made for the page, as an element to stand behind its content; ends the page. */
export function endPreparing(): string {
  const contents = making ?? {};
  making = null;
  if (Object.keys(contents).length === 0) return "";
  const text = JSON.stringify(contents).replaceAll("<", "\\u003c");
  if (text.length > PREPARED_CHARS_MAX) return "";
  return `<script type="application/json" id="${ELEMENT}">${text}</script>`;
}

/** Whether the server has made something for this document. */
export function isPrepared(): boolean {
  return read() !== null;
}

/** What the server has made under this name. */
export function prepared(name: string): unknown {
  return read()?.[name];
}

/** Reads the element once, and takes it out of the document, where React does not expect it. */
function read(): Contents | null {
  if (given !== undefined) return given;
  const element = embedded(ELEMENT);
  element?.remove();
  return (given = element ? (JSON.parse(element.textContent) as Contents) : null);
}
