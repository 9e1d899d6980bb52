/**
 * Light and dark: what the user chose, what the system has, and the class on the root element
 * that stylesheets follow. `early.js` sets that class before the first paint.
 */
import { useSyncExternalStore } from "react";

import { readStored, writeStored } from "./storage.ts";

/** What is shown. */
export type ColorMode = "light" | "dark";

/** What can be chosen. */
export type ColorChoice = ColorMode | "system";

/** The user's choice, for all apps of an origin. The same name stands in early.js. */
const STORAGE_KEY = "ferroflex:color_mode";

const listeners = new Set<() => void>();
let choice: ColorChoice = "system";
let defaultMode: ColorChoice = "system";

/** Starts with the user's stored choice, else the page's default, and follows the system. */
export function startColorMode(pageDefault: ColorChoice): void {
  setDefaultMode(pageDefault);
  const stored = readStored("local", STORAGE_KEY);
  choice = isChoice(stored) ? stored : pageDefault;
  systemDark().addEventListener("change", apply);
  addEventListener("storage", takeOver);
  apply();
}

/** Sets what the server renders for everybody: it does not know what a user chose. */
export function setDefaultMode(pageDefault: ColorChoice): void {
  defaultMode = pageDefault;
}

/** What is shown, as a hook. */
export function colorMode(): ColorMode {
  return useSyncExternalStore(subscribe, shownMode, renderedMode);
}

/** What was chosen, as a hook. */
export function colorChoice(): ColorChoice {
  return useSyncExternalStore(subscribe, readChoice, renderedChoice);
}

/** Chooses, and remembers the choice. */
export function setColorMode(next: ColorChoice): void {
  choice = next;
  writeStored("local", STORAGE_KEY, next);
  apply();
}

/** Changes from what is shown to the other. */
export function toggleColorMode(): void {
  setColorMode(shownMode() === "dark" ? "light" : "dark");
}

function shownMode(): ColorMode {
  if (choice !== "system") return choice;
  return systemDark().matches ? "dark" : "light";
}

function readChoice(): ColorChoice {
  return choice;
}

/** What the server rendered, and the browser's first rendering has to repeat. */
function renderedMode(): ColorMode {
  return defaultMode === "dark" ? "dark" : "light";
}

function renderedChoice(): ColorChoice {
  return defaultMode;
}

/** Takes over what was chosen in another tab. */
function takeOver({ key, newValue }: StorageEvent): void {
  if (key !== STORAGE_KEY || !isChoice(newValue)) return;
  choice = newValue;
  apply();
}

function apply(): void {
  const { classList, style } = document.documentElement;
  const mode = shownMode();
  classList.toggle("dark", mode === "dark");
  classList.toggle("light", mode === "light");
  style.colorScheme = mode;
  for (const listener of listeners) listener();
}

function systemDark(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

function isChoice(value: unknown): value is ColorChoice {
  return value === "light" || value === "dark" || value === "system";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
