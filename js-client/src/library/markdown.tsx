/**
 * The module `@ferroflex/markdown`: Markdown as Radix's components or the page's own. Formulas and
 * highlighted code are loaded with the first text that has some. Not here: what the parts of a text
 * become (markdown/elements.tsx), and the additions to Markdown (markdown/plugins.ts).
 */
import { memo, type ReactNode, useMemo } from "react";
import ReactMarkdown, { type Components, defaultUrlTransform } from "react-markdown";

import { readPage, withBase } from "../page.ts";
import { type Part, partsWith } from "./markdown/elements.tsx";
import { type Additions, usePlugins } from "./markdown/plugins.ts";

/** All of the smaller Radix module, so that it stays one chunk: a page loads it for its theme. */
export * from "./radix-base.ts";

/** What Markdown is given. */
export interface MarkdownProps extends Additions {
  /** The text. */
  children?: unknown;
  /** The page's own components, by the tag that each stands for; made once. */
  componentMap?: Record<string, Part>;
}

/** Shows a text; is parsed again only when the text or an option changes. */
export const Markdown = memo(function Markdown(props: MarkdownProps): ReactNode {
  const { children, componentMap } = props;
  const text = String(children ?? "");
  const plugins = usePlugins(text, { ...ALL, ...props });
  const parts = useMemo(() => partsWith(componentMap), [componentMap]);
  return (
    <ReactMarkdown
      {...plugins}
      components={parts as Components}
      disallowedElements={DISALLOWED}
      urlTransform={address}
    >
      {text}
    </ReactMarkdown>
  );
});

const ALL: Additions = {
  useGfm: true,
  useKatex: true,
  useMath: true,
  useRaw: true,
  useUnwrapImages: true,
};

/** A text brings no code: React would load a script with `async` and `src` from anywhere. */
const DISALLOWED = ["script"];

/** An address that is none of a script; one of the app is given without the app's base. */
function address(given: string): string {
  return withBase(readPage().base, defaultUrlTransform(given));
}
