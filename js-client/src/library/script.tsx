/**
 * The module `@ferroflex/script`: scripts that the app's author put into a page. Each is run once in
 * the life of a page, as the Content-Security-Policy allows to what bears the page's nonce. Not
 * here: scripts that an event runs (../script.ts).
 */
import { type ReactNode, useEffect, useRef } from "react";

import { nonce } from "../script.ts";

/** A script: its address or its text, its attributes, and who is told. */
export interface ScriptProps {
  /** The text of an inline script. */
  children?: unknown;
  /** The address of another. */
  src?: string | null;
  /** Its name: a script of another name is run although it is the same. */
  id?: string;
  /** It ran; an inline script has, once it is there. */
  onLoad?: () => void;
  /** It ran, now or for an earlier element of the same. */
  onReady?: () => void;
  /** It could not be had. */
  onError?: () => void;
  [name: string]: unknown;
}

/** Runs a script when it first comes to stand on the page; shows nothing. */
export function Script(props: ScriptProps): ReactNode {
  const latest = useRef(props);
  latest.current = props;
  const { id = "", src } = props;
  const text = src ? "" : String(props.children ?? "");
  useEffect(() => {
    let isHere = true;
    const tell = (name: "onLoad" | "onReady" | "onError") => isHere && latest.current[name]?.();
    const key = JSON.stringify([id, src ?? null, text]);
    const known = started.get(key);
    const script = known ?? start(latest.current, text);
    started.set(key, script);
    script.then(
      () => {
        if (!known) tell("onLoad");
        tell("onReady");
      },
      () => {
        // The next element of it tries again.
        started.delete(key);
        tell("onError");
      },
    );
    return () => {
      isHere = false;
    };
  }, [id, src, text]);
  return null;
}

/** The scripts that ran or are on their way. */
const started = new Map<string, Promise<void>>();

/** What is said to React rather than to the script's element. */
const OWN = new Set(["children", "onError", "onLoad", "onReady", "ref", "strategy"]);

/** Attributes that are switched on by being there. */
const SWITCHES = new Set(["async", "defer", "noModule"]);

/** Names of attributes that are not React's in lower case. */
const RENAMED: Record<string, string> = { className: "class" };

function start(props: ScriptProps, text: string): Promise<void> {
  const element = document.createElement("script");
  element.nonce = nonce();
  for (const [name, value] of Object.entries(props)) {
    if (OWN.has(name) || value === null || value === undefined) continue;
    if (SWITCHES.has(name)) element.toggleAttribute(name.toLowerCase(), Boolean(value));
    else element.setAttribute(RENAMED[name] ?? name.toLowerCase(), String(value));
  }
  // Scripts of one page run in its order unless they are said to be independent.
  if (!props["async"]) element.async = false;
  element.textContent = text;
  const ran = new Promise<void>((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => reject(new Error(`${props.src} cannot be loaded`)));
    // A module without an address tells when it ran; no other inline script does.
    if (!props.src && props["type"] !== "module") queueMicrotask(resolve);
  });
  document.head.append(element);
  return ran;
}
