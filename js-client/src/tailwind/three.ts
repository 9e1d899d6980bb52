/**
 * What Tailwind 3 did otherwise than 4, for configurations that were written for it: scales,
 * colours, defaults of elements, and the utilities for opacity.
 *
 * Not here: configurations as such, which Tailwind 4 reads itself.
 */
import formerColors from "tailwindcss-v3/colors.js";
import former from "tailwindcss-v3/defaultTheme.js";
import type { Config } from "tailwindcss";

/** The scales whose `sm` was a smaller step than 4's, under the names of 4's variables. */
const SCALES: [string, Record<string, string | string[] | undefined>][] = [
  ["radius", { ...former.borderRadius }],
  ["shadow", { ...former.boxShadow }],
  ["blur", { ...former.blur }],
  ["drop-shadow", { ...former.dropShadow }],
];

/** The families of colours; the other names are former ones, which warn when they are read. */
const FAMILIES = [
  ["slate", "gray", "zinc", "neutral", "stone"],
  ["red", "orange", "amber", "yellow", "lime", "green", "emerald", "teal", "cyan", "sky"],
  ["blue", "indigo", "violet", "purple", "fuchsia", "pink", "rose"],
].flat();

/** Version 3's values under the names of version 4's variables. */
export function formerTheme(): string {
  const scales = SCALES.map(([name, { sm = [] }]) => `--${name}-sm: ${[sm].flat().join(", ")};`);
  const colors = flattened(palette()).map(([name, value]) => `--color-${name}: ${value};`);
  const ring = "--default-ring-width: 3px; --default-ring-color: rgb(59 130 246 / 0.5);";
  return `@theme default { ${[...scales, ...colors, ring].join(" ")} }`;
}

/** What version 3 said of elements. */
export function formerBase({ theme }: Config): string {
  const { borderColor, extend } = (theme ?? {}) as Former & { extend?: Former };
  const border = extend?.borderColor?.DEFAULT ?? borderColor?.DEFAULT;
  return `
    *, ::before, ::after, ::backdrop, ::file-selector-button {
      border-color: ${border ?? 'theme("colors.gray.200", currentcolor)'};
    }
    input::placeholder, textarea::placeholder { color: theme("colors.gray.400", currentcolor); }
    button:not(:disabled), [role="button"]:not(:disabled) { cursor: pointer; }
  `;
}

/** What of a theme is read here. */
interface Former {
  borderColor?: { DEFAULT?: string };
  colors?: Colors;
}

/** The utilities, in no layer. Pointers that cannot hover showed it when they tapped. */
export const formerUtilities = "@tailwind utilities; @custom-variant hover (&:hover);";

/** Words as version 4 writes them, and the pieces in them that were written otherwise before. */
export interface Translated {
  words: string[];
  pieces: Map<string, string>;
}

/** Words with values in brackets as version 4 wants them: `bg-[--x]` is `bg-[var(--x)]` there. */
export function translated(words: string[]): Translated {
  const pieces = new Map<string, string>();
  const noted = (piece: string, former: string): string => {
    if (piece !== former) pieces.set(piece, former);
    return piece;
  };
  const current = (word: string): string =>
    word
      .replace(VARIABLE, (former, type = "", name) => noted(`[${type}var(${name})]`, former))
      .replace(TRACKS, (former) => noted(former.replace(COMMAS, "_"), former));
  return { words: words.map(current), pieces };
}

/** The stylesheet for translated words, with the selectors of those that the app has. */
export function restored(css: string, { pieces }: Translated): string {
  return [...pieces].reduce(
    (text, [piece, former]) => text.replaceAll(escaped(piece), escaped(former)),
    css,
  );
}

/** A custom property alone in brackets after a utility, with or without the type of its value. */
const VARIABLE = /(?<=-)\[([a-z-]+:)?(--[\w-]+)\]/g;

/** Lists whose commas version 3 read as spaces. */
const TRACKS = /(?<=(?:grid-(?:cols|rows)|object)-)\[[^\]]*,[^\]]*\]/g;

/** Commas outside of parentheses. */
const COMMAS = /,(?![^(]*\))/g;

/** As names stand in selectors. */
function escaped(name: string): string {
  return name.replace(/[!-,./:-@[-^`{-~]/g, "\\$&");
}

/** Utilities whose colours another utility made transparent, and the namespace of each. */
const WITH_OPACITY: Record<string, string> = {
  bg: "backgroundColor",
  border: "borderColor",
  divide: "divideColor",
  placeholder: "placeholderColor",
  ring: "ringColor",
  text: "textColor",
};

/** The configuration with colours that `bg-opacity-50` and its like make transparent, if used. */
export function withOpacities(config: Config, words: string[]): Config {
  const names = Object.keys(WITH_OPACITY);
  const used = names.filter((name) => words.some((word) => isOpacity(word, name)));
  if (used.length === 0) return config;
  const colors = flattened({ ...palette(), ...configured(config) });
  const namespaces = used.map((name): [string, object] => [
    WITH_OPACITY[name] ?? name,
    Object.fromEntries(colors.map(([color, value]) => [color, transparent(value, name)])),
  ]);
  const theme = (config.theme ?? {}) as { extend?: object };
  const extend = { ...Object.fromEntries(namespaces), ...theme.extend };
  const addOpacities = ({ matchUtilities }: Utilities): void =>
    matchUtilities(
      Object.fromEntries(used.map((name) => [`${name}-opacity`, opacity(name)])),
      { values: { ...former.opacity } },
    );
  return {
    ...config,
    theme: { ...theme, extend },
    plugins: [...(config.plugins ?? []), addOpacities],
  } as unknown as Config;
}

function isOpacity(word: string, name: string): boolean {
  return word.slice(word.lastIndexOf(":") + 1).startsWith(`${name}-opacity-`);
}

function opacity(name: string): (value: string) => Record<string, string> {
  return (value) => ({ [`--tw-${name}-opacity`]: value });
}

function transparent(color: string, name: string): string {
  return `color-mix(in srgb, ${color} calc(var(--tw-${name}-opacity, 1) * 100%), transparent)`;
}

/** What a plugin is given, as far as it is used here. */
interface Utilities {
  matchUtilities(
    utilities: Record<string, (value: string) => Record<string, string>>,
    options: { values: Record<string, string> },
  ): void;
}

type Colors = { [name: string]: string | Colors };

function palette(): Colors {
  const all = formerColors as unknown as Colors;
  const families = FAMILIES.map((family) => [family, all[family] ?? {}] as const);
  return { ...Object.fromEntries(families), black: "#000", white: "#fff" };
}

function configured({ theme }: Config): Colors {
  const { colors, extend } = (theme ?? {}) as Former & { extend?: Former };
  return { ...colors, ...extend?.colors };
}

/** Names of colours as classes have them: `gray-500`, and `brand` for what is `brand.DEFAULT`. */
function flattened(colors: Colors, before: string[] = []): [string, string][] {
  return Object.entries(colors).flatMap(([name, value]): [string, string][] => {
    const path = name === "DEFAULT" ? before : [...before, name];
    return typeof value === "string" ? [[path.join("-"), value]] : flattened(value, path);
  });
}
