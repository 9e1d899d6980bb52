/**
 * From a text to elements: the parser of Markdown and its additions. Loaded with the first text that
 * the server has not parsed for the browser. Not here: which additions a text is shown with
 * (additions.ts), and what its parts become (elements.tsx).
 */
import type { ReactNode } from "react";
import parseMarkdown, { type Components, defaultUrlTransform, type Options } from "react-markdown";
import rehypeRaw from "rehype-raw";
import rehypeUnwrapImages from "rehype-unwrap-images";
import remarkGfm from "remark-gfm";

import { readPage, withBase } from "../../page.ts";
import type { Mathematics, Named, Source } from "./additions.ts";
import type { Part } from "./elements.tsx";

type Plugins = NonNullable<Options["remarkPlugins"]>;

/** The elements of a text; formulas are drawn when what draws them is given. */
export function parse(
  { text, remark, rehype }: Source,
  parts: Record<string, Part>,
  mathematics: Mathematics | null,
): ReactNode {
  const known: Record<string, unknown> = {
    gfm: remarkGfm,
    katex: mathematics?.katex,
    math: mathematics?.math,
    raw: rehypeRaw,
    unwrap_images: rehypeUnwrapImages,
  };
  const resolved = (given: Named[]) => given.flatMap((plugin) => resolve(plugin, known));
  // A component without hooks: called, it gives the elements themselves.
  return parseMarkdown({
    children: text,
    components: parts as Components,
    disallowedElements: DISALLOWED,
    rehypePlugins: [...resolved(rehype), withoutHandlers],
    remarkPlugins: resolved(remark),
    urlTransform: address,
  });
}

/** A text brings no code: React would load a script with `async` and `src` from anywhere. */
const DISALLOWED = ["script"];

/** An address that is none of a script; one of the app is given without the app's base. */
function address(given: string): string {
  return withBase(readPage().base, defaultUrlTransform(given));
}

function resolve(given: Named, known: Record<string, unknown>): Plugins {
  const [name, options] = [given].flat() as [string, unknown];
  const plugin = known[name];
  if (!plugin) return [];
  return [options === undefined ? plugin : [plugin, options]] as Plugins;
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
