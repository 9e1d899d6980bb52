/**
 * Tailwind's own engine, for the host: a configuration and the words of an app to a stylesheet.
 *
 * It runs in the host's JavaScript engine when an app is loaded, never in a browser, and is built
 * apart from the shell (`bundle/tailwind.ts`). Not here: which words an app has, and when Tailwind
 * is on at all.
 */
import { compile, type Config } from "tailwindcss";
import preflight from "tailwindcss/preflight.css?raw";
import theme from "tailwindcss/theme.css?raw";

import { adapt, type GivenConfig } from "./tailwind/config.ts";
import { plugin, type Plugin } from "./tailwind/plugins.ts";
import { packed } from "./tailwind/text.ts";
import {
  formerBase,
  formerTheme,
  formerUtilities,
  restored,
  translated,
  withOpacities,
} from "./tailwind/three.ts";

/** What the host asks for. */
export interface Request {
  /** Of which version the author wrote the configuration. */
  version: 3 | 4;
  config: GivenConfig;
  /** Stylesheets of the author's that are written in Tailwind's language. */
  stylesheets: string[];
  /** The words that decide whether Tailwind is used; all when there are none. */
  deciding?: string[] | null;
}

/** What the host gets. */
export interface Result {
  css: string;
  /** Whether one of the words that decide is a class of Tailwind's. */
  used: boolean;
  /** What of the configuration has no effect here, and what to do. */
  warnings: string[];
}

/** The stylesheet for these words, as JSON: `Request` and a list of texts to `Result`. */
export async function build(requestJson: string, wordsJson: string): Promise<string> {
  const request = JSON.parse(requestJson) as Request;
  const written = JSON.parse(wordsJson) as string[];
  const former = request.version === 3 ? translated(written) : null;
  const words = former?.words ?? written;
  const { config, safelist, hasPreflight, warnings } = adapt(request.config);
  const complete = former ? withOpacities(config, words) : config;
  const compiler = await compile(entry(request, complete, hasPreflight), {
    base: "/",
    // What a stylesheet of the author's imports of Tailwind is there already.
    loadStylesheet: async (id, base) => ({ path: id, base, content: "" }),
    loadModule: async (id, base) => ({ path: id, base, module: module(id, complete) }),
  });
  const nothing = compiler.build([]);
  const used = compiler.build(request.deciding ?? words) !== nothing;
  const css = compiler.build([...words, ...safelist]);
  const result: Result = { css: packed(former ? restored(css, former) : css), used, warnings };
  return JSON.stringify(result);
}

/** What `@config` and `@plugin` stand for: the configuration, or a plugin by its name. */
function module(id: string, config: Config): Config | Plugin {
  if (id === CONFIG) return config;
  const known = plugin(id);
  if (!known) throw new Error(`the plugin ${id} of Tailwind is not a part of Ferroflex`);
  return known;
}

const CONFIG = "rxconfig";

/** The order of the layers stands in Radix's stylesheet too, which comes first. */
const LAYERS = "@layer theme, base, components, utilities;";

/**
 * What the engine compiles. Utilities of version 3 stand in no layer, as they did there, so that
 * they override Radix's rules and stylesheets that stand before them.
 */
function entry({ version, stylesheets }: Request, config: Config, hasPreflight: boolean): string {
  const isFormer = version === 3;
  const base = [...(hasPreflight ? [preflight] : []), ...(isFormer ? [formerBase(config)] : [])];
  return [
    LAYERS,
    `@layer theme { ${theme} ${isFormer ? formerTheme() : ""} }`,
    `@layer base { ${base.join("\n")} }`,
    isFormer ? formerUtilities : "@layer utilities { @tailwind utilities; }",
    `@config "${CONFIG}";`,
    ...stylesheets,
  ].join("\n");
}
