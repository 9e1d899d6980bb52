/**
 * The module `@ferroflex/markdown`: Markdown as Radix's components or the page's own. The parser is
 * loaded with the first text that is not the server's; formulas and highlighted code with the first
 * text that has some. Not here: the parser (markdown/parser.ts), and what the parts of a text become
 * (markdown/elements.tsx).
 */
import { memo, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";

import { loadAhead } from "../ahead.ts";
import { isPrepared, prepare, prepared } from "../prepared.ts";
import { report } from "../script.ts";
import { type Additions, hasFormula, sourceOf, useMathematics } from "./markdown/additions.ts";
import { type Part, partsWith } from "./markdown/elements.tsx";
import { elementsOf, type Outline, outlineOf } from "./markdown/outline.ts";

/** All of the smaller Radix module, so that it stays one chunk: a page loads it for its theme. */
export * from "./radix-base.ts";

/** What Markdown is given. */
export interface MarkdownProps extends Additions {
  /** The text. */
  children?: unknown;
  /** The page's own components, by the tag that each stands for; made once. */
  componentMap?: Record<string, Part>;
}

type Parser = typeof import("./markdown/parser.ts");

let parser: Parser | null = null;
let loading: Promise<unknown> | null = null;

// Where the server has parsed nothing, there is no text without the parser.
if (!isPrepared()) await loadParser();

/** Shows a text; is parsed again only when the text or an option changes. */
export const Markdown = memo(function Markdown(props: MarkdownProps): ReactNode {
  const { children, componentMap } = props;
  const source = sourceOf(String(children ?? ""), props);
  const isMathematical = hasFormula(source);
  const mathematics = useMathematics(isMathematical);
  const parts = useMemo(() => partsWith(componentMap), [componentMap]);
  const id = useId();
  const outline = useOutline(id, JSON.stringify(source), mathematics !== null);
  const parse = useParser(outline === undefined || isMathematical);
  // What was shown before, while the parser is loaded.
  const shown = useRef<ReactNode>(null);
  if (outline !== undefined) shown.current = elementsOf(outline, parts);
  else if (parse) shown.current = parse(source, parts, mathematics);
  prepare(id, () => outlineOf(shown.current));
  return shown.current;
});

/** What the server has made of the text, as long as it is the same one. */
function useOutline(id: string, source: string, isOutdated: boolean): Outline | undefined {
  const [first] = useState(source);
  return source === first && !isOutdated ? (prepared(id) as Outline | undefined) : undefined;
}

/** The parser once it is loaded, which is when it is wanted. */
function useParser(wanted: boolean): Parser["parse"] | undefined {
  const [, setLoaded] = useState(parser !== null);
  useEffect(() => {
    if (wanted && !parser) loadParser().then(() => setLoaded(true), report);
  }, [wanted]);
  return parser?.parse;
}

function loadParser(): Promise<unknown> {
  return (loading ??= import("./markdown/parser.ts").then(
    (module) => (parser = module),
    (error) => {
      loading = null;
      throw error;
    },
  ));
}

// A text changes with another page, or after the user has done something.
loadAhead(loadParser);
for (const kind of ["pointerdown", "keydown"]) {
  globalThis.document?.addEventListener(kind, hurry, { capture: true, once: true, passive: true });
}

/** Loads the parser before it is needed; who needs it tries again. */
function hurry(): void {
  loadParser().catch(() => {});
}
