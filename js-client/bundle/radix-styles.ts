/**
 * Radix's stylesheet as data: its rules in their order, and for each what a page must use so that
 * the rule can apply to anything on it. The host puts a stylesheet together of what an app uses.
 *
 * Not here: the choice itself, which is the host's (rust/radix.rs).
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

import { transform } from "lightningcss";

import { parseRules, type PlainRule, splitList } from "./css-rules.ts";

/** Text that counts only when all these are in use: classes, colour scales, `RESPONSIVE`. */
type Part = [needs: string[], text: string];

/** One rule; a keyframe and its like has no selectors, and its text as the only declaration. */
interface Rule {
  around: string[];
  selectors: Part[];
  declarations: Part[];
}

/** What `radix.json` holds. */
export interface RadixStyles {
  rules: Rule[];
  /** The classes that each component may bring, by its name. */
  classes: Record<string, string[]>;
  /** The colour scales, each with the gray that goes with it. */
  scales: Record<string, string>;
}

/** Needed by the rules for a property that has a value by the window's width. */
const RESPONSIVE = "responsive";

/** The scale that every page needs: colours that are not named are gray. */
const ALWAYS = "gray";

const require = createRequire(import.meta.url);
const FOLDER = dirname(require.resolve("@radix-ui/themes/package.json"));
const MODULES = join(FOLDER, "dist/esm");

/** Reads the installed package. */
export async function readRadixStyles(): Promise<RadixStyles> {
  const path = join(FOLDER, "styles.css");
  const options = { code: await readFile(path), filename: path, minify: true };
  const scales = readScales();
  const names = new Set(Object.keys(scales));
  const rules = parseRules(transform(options).code.toString());
  return { rules: rules.map((rule) => described(rule, names)), classes: await readClasses(), scales };
}

function readScales(): Record<string, string> {
  const { accentColors, grayColors } = require("@radix-ui/themes/props") as {
    accentColors: readonly string[];
    grayColors: readonly string[];
  };
  const { getMatchingGrayColor } = require("@radix-ui/themes/helpers") as {
    getMatchingGrayColor: (accent: string) => string;
  };
  const accents = accentColors.map((name): [string, string] => [name, getMatchingGrayColor(name)]);
  const grays = grayColors.map((name): [string, string] => [name, name]);
  return Object.fromEntries([...accents, ...grays].filter(([name]) => name !== "auto"));
}

/** The classes in the modules that a component is made of. */
async function readClasses(): Promise<Record<string, string[]>> {
  const index = await readFile(join(MODULES, "components/index.js"), "utf8");
  const files = new Map<string, string>();
  for (const [, namespace, names, from] of index.matchAll(IMPORT)) {
    const locals = namespace ? [namespace] : pairs(names as string).map(([, local]) => local);
    for (const local of locals) files.set(local, from as string);
  }
  const classes: Record<string, string[]> = {};
  for (const [local, name] of pairs(/export\s*\{([^}]*)\}/.exec(index)?.[1] ?? "")) {
    const found = await classesIn(join(MODULES, "components", files.get(local) ?? "index.js"));
    classes[name] = [...found].sort();
  }
  if (!classes["Button"]?.includes("rt-BaseButton")) {
    throw new Error("the classes of Radix's components are not where they were");
  }
  return classes;
}

/** What is imported: all under one name, or a list; and from where. */
const IMPORT = /import\s*(?:\*\s*as\s+([\w$]+)|\{([^}]*)\})\s*from\s*"([^"]+)"/g;

/** The names of an import or export list: before and after `as`. */
function pairs(list: string): [string, string][] {
  return list.split(",").map((item) => {
    const [first = "", second = first] = item.trim().split(/\s+as\s+/);
    return [first, second];
  });
}

/**
 * What a module of our own uses of Radix, itself or through others of ours: the names of the
 * components that it imports, and of the colour scales. What is passed on (`export … from`) is not
 * among them: the page that imports it names it.
 */
export async function usedByModule(path: string): Promise<string[]> {
  const names = new Set<string>();
  await gather(path, names, new Set(), new Set(Object.keys(readScales())));
  return [...names].sort();
}

async function gather(
  path: string,
  names: Set<string>,
  seen: Set<string>,
  scales: Set<string>,
): Promise<void> {
  if (seen.has(path)) return;
  seen.add(path);
  const source = await readFile(path, "utf8");
  for (const [, namespace, list, from] of source.matchAll(IMPORT)) {
    if (from !== "@radix-ui/themes") continue;
    if (namespace) throw new Error(`${path} must import Radix's components by their names`);
    for (const [name] of pairs(list as string)) {
      if (name && !name.startsWith("type ")) names.add(name);
    }
  }
  for (const [, scale] of source.matchAll(/--([a-z]+)-/g)) {
    if (scales.has(scale as string)) names.add(scale as string);
  }
  for (const [, from] of source.matchAll(/(?:from|import)\s*"(\.[^"?]+)/g)) {
    await gather(resolve(dirname(path), from as string), names, seen, scales);
  }
}

async function classesIn(path: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(path)) return new Set();
  seen.add(path);
  const source = await readFile(path, "utf8");
  const found = new Set([...source.matchAll(/\brt-[A-Z]\w*/g)].map(([name]) => name));
  for (const [, from] of source.matchAll(/from\s*"(\.[^"]+)"/g)) {
    for (const name of await classesIn(resolve(dirname(path), from as string), seen)) {
      found.add(name);
    }
  }
  return found;
}

function described({ around, selector, declarations }: PlainRule, scales: Set<string>): Rule {
  const selectors = splitList(selector, ",").map((one): Part => [selectorNeeds(one, scales), one]);
  const written = selector ? splitList(declarations, ";") : [declarations];
  return { around, selectors, declarations: joined(written, scales) };
}

/** Declarations with what they need; neighbours with the same needs are one. */
function joined(declarations: string[], scales: Set<string>): Part[] {
  const parts: Part[] = [];
  for (const text of declarations) {
    const scale = /^--([a-z]+)-/.exec(text)?.[1] ?? "";
    const needs = scales.has(scale) && scale !== ALWAYS ? [scale] : [];
    const last = parts.at(-1);
    if (last && last[0].join() === needs.join()) last[1] += `;${text}`;
    else parts.push([needs, text]);
  }
  return parts;
}

/** What must be in use for a selector to match. What stands in `:not()` need not. */
function selectorNeeds(selector: string, scales: Set<string>): string[] {
  const needs = new Set<string>();
  const positive = withoutAlternatives(selector);
  for (const [, name] of positive.matchAll(/\.(rt-[A-Z]\w*)/g)) needs.add(name as string);
  for (const [, name] of positive.matchAll(/\[data-(?:accent|gray)-color="?(\w+)"?\]/g)) {
    if (scales.has(name as string) && name !== ALWAYS) needs.add(name as string);
  }
  if (/\.(xs|sm|md|lg|xl)\\:/.test(positive)) needs.add(RESPONSIVE);
  return [...needs];
}

/** The selector without `:not(…)`, and without the lists of which one has to match. */
function withoutAlternatives(selector: string): string {
  const open = /:(?:not|where|is|has)\(/g;
  for (let found = open.exec(selector); found; found = open.exec(selector)) {
    const end = closing(selector, open.lastIndex);
    const inner = selector.slice(open.lastIndex, end);
    const required = found[0] !== ":not(" && splitList(inner, ",").length === 1;
    const kept = required ? ` ${withoutAlternatives(inner)}` : "";
    selector = selector.slice(0, found.index) + kept + selector.slice(end + 1);
    open.lastIndex = found.index + kept.length;
  }
  return selector;
}

function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return text.length;
}
