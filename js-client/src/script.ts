/**
 * JavaScript of the app's author that arrives as text, and what it gives.
 *
 * The Content-Security-Policy forbids `eval`. So the text becomes a function in a script element
 * that bears the page's nonce, as only code of the page's own can. Not here: when scripts run
 * (commands.ts).
 */
import type { Callback, Script } from "./wire.ts";

type Compiled = (...values: unknown[]) => unknown;

/** Texts whose functions are kept: those of a page's buttons, not those made anew each time. */
const COMPILED_MAX = 100;

/** Semicolons, from the end, after which a script's value is looked for. */
const SPLITS_MAX = 20;

const compiled = new Map<string, Compiled>();

/** Runs a script and hands its result on, once it has come. */
export function runScript(script: Script<Callback>, isFunction: boolean): void {
  const { callback } = script;
  const result = isFunction ? (value(script) as () => unknown)() : value(script);
  if (!callback) return;
  if (!isThenable(result)) callback(result);
  else result.then((settled) => callback(settled)).then(undefined, report);
}

/** Tells the console and those who listen for the window's errors. */
export function report(error: unknown): void {
  if (typeof reportError === "function") reportError(error);
  else console.error(error);
}

/** What a script element bears so that the Content-Security-Policy lets it run. */
export function nonce(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}

/**
 * The function bodies that a script may be, those first from which its value is known: an
 * expression; statements, of which the last is one; statements without a value.
 */
export function bodies(code: string): string[] {
  const text = code.replace(/[\s;]+$/, "");
  const found = [`(${text}\n)`];
  let end = text.lastIndexOf(";");
  for (let count = 0; end >= 0 && count < SPLITS_MAX; count += 1) {
    // On one line with what stands before, so that a comment or a string there swallows it and
    // the body is none.
    found.push(`{ ${text.slice(0, end)}; return (${text.slice(end + 1).trimStart()}\n) }`);
    end = text.lastIndexOf(";", end - 1);
  }
  return [...found, `{ ${code}\n}`];
}

function value({ code, values = [] }: Script<Callback>): unknown {
  return typeof code === "string" ? compile(code, values.length)(...values) : code;
}

function compile(code: string, parameters: number): Compiled {
  const key = `${parameters} ${code}`;
  const known = compiled.get(key);
  if (known) return known;
  const names = Array.from({ length: parameters }, (_, position) => `$${position}`).join(", ");
  let problem: unknown = null;
  for (const body of bodies(code)) {
    const outcome = define(`(${names}) => ${body}`);
    if (typeof outcome === "function") return keep(key, outcome as Compiled);
    problem = outcome;
  }
  throw problem ?? new Error("the Content-Security-Policy of the page does not let scripts run");
}

function keep(key: string, script: Compiled): Compiled {
  if (compiled.size >= COMPILED_MAX) compiled.delete(compiled.keys().next().value as string);
  compiled.set(key, script);
  return script;
}

/** The function of that text; else why there is none, null when the browser did not say. */
function define(text: string): unknown {
  const element = document.createElement("script") as HTMLScriptElement & { outcome?: unknown };
  element.nonce = nonce();
  element.textContent = `document.currentScript.outcome = ${text}`;
  let problem: unknown = null;
  const listen = (event: ErrorEvent) => {
    problem = event.error ?? new SyntaxError(event.message);
    // No error yet: the text may still be one of the other forms.
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("error", listen, { capture: true });
  document.head.append(element);
  removeEventListener("error", listen, { capture: true });
  element.remove();
  return element.outcome ?? problem;
}

function isThenable(result: unknown): result is PromiseLike<unknown> {
  return typeof (result as { then?: unknown } | null | undefined)?.then === "function";
}
