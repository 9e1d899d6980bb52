/**
 * The configuration of an `rxconfig.py` to one that Tailwind 4 takes.
 *
 * Not here: what version 3 did by itself (`three.ts`).
 */
import type { Config } from "tailwindcss";

import { KNOWN, plugin, type Plugin } from "./plugins.ts";

/** A plugin as `rxconfig.py` names it; `call` calls what is imported under that name. */
type GivenPlugin =
  | string
  | { name: string; import?: { name: string; from: string }; call?: string; args?: object };

/** What Reflex's documentation calls a Tailwind configuration. */
export interface GivenConfig {
  content?: unknown;
  corePlugins?: string[] | Record<string, boolean>;
  darkMode?: unknown;
  important?: boolean | string;
  plugins?: GivenPlugin[];
  prefix?: string;
  presets?: unknown[];
  safelist?: unknown[];
  separator?: string;
  theme?: object;
}

/** What came of a configuration. */
export interface Adapted {
  config: Config;
  /** Words that count as used wherever they stand. */
  safelist: string[];
  hasPreflight: boolean;
  /** What has no effect, and what to do. */
  warnings: string[];
}

/** A configuration that Tailwind 4 takes, and what is left of the other. */
export function adapt(given: GivenConfig): Adapted {
  checkTheme(given.theme ?? {}, "theme");
  const warnings: string[] = [];
  const hasPreflight = preflight(given.corePlugins, warnings);
  const presets = loadable(given.presets ?? [], warnings);
  const config = {
    content: [],
    darkMode: given.darkMode ?? DARK_MODE,
    plugins: plugins(given.plugins ?? [], warnings),
    theme: given.theme ?? {},
    // Tailwind refuses an empty list.
    ...(presets.length > 0 ? { presets } : {}),
    ...(given.important === undefined ? {} : { important: given.important }),
  } as unknown as Config;
  if (given.prefix) {
    warnings.push(`prefix ${quoted(given.prefix)} is not taken: write classes without it`);
  }
  if (given.separator && given.separator !== ":") {
    warnings.push(`separator ${quoted(given.separator)} is not taken: variants end with a colon`);
  }
  return { config, safelist: safelist(given.safelist ?? [], warnings), hasPreflight, warnings };
}

/** The class on the root element that the shell sets. */
const DARK_MODE = "selector";

/** Tailwind's own message for these names neither the place nor what is wrong. */
function checkTheme(theme: object, name: string): void {
  if (!isObject(theme)) throw new Error(`${name} must be a dictionary`);
  for (const [key, values] of Object.entries(theme)) {
    if (!isObject(values)) throw new Error(`${name}.${key} must be a dictionary`);
    if (name === "theme" && key === "extend") checkTheme(values, "theme.extend");
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plugins(given: GivenPlugin[], warnings: string[]): Plugin[] {
  return given.flatMap((one) => {
    const name = typeof one === "string" ? one : (one.import?.from ?? one.name);
    const known = plugin(name);
    if (!known) {
      warnings.push(
        `the plugin ${quoted(name)} is not a part of Ferroflex, which knows ${KNOWN.join(", ")}; ` +
          "its classes do nothing: write what you need of them into a stylesheet of the app's",
      );
      return [];
    }
    const isCalled = typeof one !== "string" && one.call !== undefined;
    if (!isCalled || typeof known !== "function") return [known];
    return [(known as unknown as (options: object) => Plugin)(one.args ?? {})];
  });
}

/** Configurations to stand on; names of npm packages cannot be loaded. */
function loadable(given: unknown[], warnings: string[]): Config[] {
  return given.filter((preset): preset is Config => {
    if (typeof preset !== "string") return true;
    warnings.push(`the preset ${quoted(preset)} cannot be loaded: write what it says into theme`);
    return false;
  });
}

function safelist(given: unknown[], warnings: string[]): string[] {
  const words = given.filter((word) => typeof word === "string");
  if (words.length < given.length) {
    warnings.push("safelist has a pattern; only names of classes count");
  }
  return words;
}

/** Of the parts of Tailwind that version 3 could switch off, only the reset of elements can be. */
function preflight(given: GivenConfig["corePlugins"], warnings: string[]): boolean {
  if (!given) return true;
  if (Array.isArray(given)) {
    warnings.push("corePlugins is not taken: all classes of Tailwind are there");
    return given.includes(PREFLIGHT);
  }
  const others = Object.keys(given).filter((name) => name !== PREFLIGHT && !given[name]);
  if (others.length > 0) warnings.push(`corePlugins cannot switch off ${others.join(", ")}`);
  return given[PREFLIGHT] ?? true;
}

const PREFLIGHT = "preflight";

function quoted(text: string): string {
  return JSON.stringify(text);
}
