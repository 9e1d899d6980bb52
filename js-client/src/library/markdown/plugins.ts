/**
 * The additions to Markdown: which a text is shown with, and those that are loaded when a text has
 * a use for them. Not here: what the parts of a text become (elements.tsx).
 */
import { useEffect, useState } from "react";
import type { Options } from "react-markdown";
import rehypeRaw from "rehype-raw";
import rehypeUnwrapImages from "rehype-unwrap-images";
import remarkGfm from "remark-gfm";

import { report } from "../../script.ts";

type Plugins = NonNullable<Options["remarkPlugins"]>;

/** A plugin's name, or the name and its options. */
export type Named = string | [string, unknown];

/** Which additions there are to be. */
export interface Additions {
  /** Whether tables, task lists, footnotes and bare addresses are understood. */
  useGfm?: boolean;
  /** Whether formulas are drawn. */
  useKatex?: boolean;
  /** Whether formulas are understood. */
  useMath?: boolean;
  /** Whether HTML in the text is HTML on the page. */
  useRaw?: boolean;
  /** Whether an image that stands alone gets no paragraph around it. */
  useUnwrapImages?: boolean;
  /** Further ones, of the text and of what it becomes. */
  remarkPlugins?: Named[];
  rehypePlugins?: Named[];
}

type Mathematics = typeof import("./mathematics.ts");

/** What may be a formula: between dollar signs, or a block of code of that language. */
const FORMULA = /\$[^]*\$|^ *(```|~~~)math/m;

let mathematics: Mathematics | null = null;

/** The plugins for a text; those of mathematics once they are there. */
export function usePlugins(text: string, given: Additions) {
  const remark = [given.useMath && "math", given.useGfm && "gfm", ...(given.remarkPlugins ?? [])];
  const rehype = [
    given.useKatex && "katex",
    given.useRaw && "raw",
    given.useUnwrapImages && "unwrap_images",
    ...(given.rehypePlugins ?? []),
  ];
  const asks = [...remark, ...rehype].some((plugin) => plugin && isMathematics(plugin));
  const loaded = useMathematics(asks && FORMULA.test(text));
  return {
    remarkPlugins: remark.flatMap((plugin) => resolve(plugin, loaded)),
    rehypePlugins: [...rehype.flatMap((plugin) => resolve(plugin, loaded)), withoutHandlers],
  };
}

function isMathematics(plugin: Named): boolean {
  return ["katex", "math"].includes(nameOf(plugin));
}

function nameOf(plugin: Named): string {
  return typeof plugin === "string" ? plugin : plugin[0];
}

function resolve(given: Named | false | undefined, loaded: Mathematics | null): Plugins {
  if (!given) return [];
  const known: Record<string, unknown> = {
    gfm: remarkGfm,
    katex: loaded?.katex,
    math: loaded?.math,
    raw: rehypeRaw,
    unwrap_images: rehypeUnwrapImages,
  };
  const plugin = known[nameOf(given)];
  if (!plugin) return [];
  return [typeof given === "string" ? plugin : [plugin, given[1]]] as Plugins;
}

function useMathematics(wanted: boolean): Mathematics | null {
  const [, setLoaded] = useState(mathematics !== null);
  useEffect(() => {
    if (!wanted || mathematics) return;
    import("./mathematics.ts").then((module) => {
      mathematics = module;
      setLoaded(true);
    }, report);
  }, [wanted]);
  return wanted ? mathematics : null;
}

/** What `onclick` and its like say is text, which React takes for an error. */
function withoutHandlers(): (node: HtmlNode) => void {
  return function clean(node) {
    for (const name of Object.keys(node.properties ?? {})) {
      if (/^on/i.test(name)) delete node.properties?.[name];
    }
    node.children?.forEach(clean);
  };
}

/** A node of the tree that the text becomes. */
interface HtmlNode {
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
}
