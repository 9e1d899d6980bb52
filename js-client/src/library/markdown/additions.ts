/**
 * The additions to Markdown: which a text is shown with, and those of mathematics, which are loaded
 * when a text has a use for them. Not here: what they are (parser.ts).
 */
import { useEffect, useState } from "react";

import { report } from "../../script.ts";

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

/** A text with the additions that it is to be parsed with. */
export interface Source {
  text: string;
  remark: Named[];
  rehype: Named[];
}

/** What reads and draws formulas. */
export type Mathematics = typeof import("./mathematics.ts");

/** What may be a formula: between dollar signs, or a block of code of that language. */
const FORMULA = /\$[^]*\$|^ *(```|~~~)math/m;

const ALL: Additions = {
  useGfm: true,
  useKatex: true,
  useMath: true,
  useRaw: true,
  useUnwrapImages: true,
};

let mathematics: Mathematics | null = null;

/** A text with the additions that are asked for; all that are not switched off. */
export function sourceOf(text: string, asked: Additions): Source {
  const given = { ...ALL, ...asked };
  const remark = [given.useMath && "math", given.useGfm && "gfm", ...(given.remarkPlugins ?? [])];
  const rehype = [
    given.useKatex && "katex",
    given.useRaw && "raw",
    given.useUnwrapImages && "unwrap_images",
    ...(given.rehypePlugins ?? []),
  ];
  return { text, remark: remark.filter(isNamed), rehype: rehype.filter(isNamed) };
}

function isNamed(plugin: Named | false | undefined): plugin is Named {
  return Boolean(plugin);
}

/** Whether the text has a use for mathematics. */
export function hasFormula({ text, remark, rehype }: Source): boolean {
  const names = [...remark, ...rehype].map((plugin) => [plugin].flat()[0]);
  return (names.includes("math") || names.includes("katex")) && FORMULA.test(text);
}

/** Mathematics, once it is loaded, where it is wanted. */
export function useMathematics(wanted: boolean): Mathematics | null {
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
