/**
 * The module `@ferroflex/code`: highlighted code. The highlighter, each language and each theme are
 * chunks of their own, loaded when the first code that needs them is shown; until then the code is
 * there without its colours. Not here: the button that copies it, which is the page's.
 */
import { type CSSProperties, type ReactNode, useEffect, useState } from "react";
import Highlighter from "react-syntax-highlighter/dist/esm/prism-async-light";

import { colorMode } from "../color.ts";
import { renderRows } from "./code/rows.ts";
import { DARK, LIGHT, loadTheme, type Theme } from "./code/themes.ts";

/** All of the smaller Radix module, so that it stays one chunk: a page loads it for its theme. */
export * from "./radix-base.ts";

/** What a block of code is given; all else goes to its `pre` element. */
export interface CodeBlockProps {
  /** The code. */
  children?: unknown;
  /** Attributes of the `code` element, its style among them. */
  codeTagProps?: { style?: CSSProperties; [name: string]: unknown };
  /** Style of the block, over the theme's. */
  customStyle?: CSSProperties;
  /** One of Prism's names, or a common short one; what is neither is shown without colours. */
  language?: string | null;
  showLineNumbers?: boolean;
  startingLineNumber?: number;
  /** A theme's name or a theme itself; the one of the colour mode when it is not given. */
  theme?: string | Theme | null;
  wrapLongLines?: boolean;
  [name: string]: unknown;
}

/** Shows code in the colours of a theme. */
export function CodeBlock(props: CodeBlockProps): ReactNode {
  const { children, codeTagProps, customStyle, language, theme: wanted, ...rest } = props;
  const theme = useTheme(wanted);
  const name = languageName(language);
  const tagProps = {
    className: name ? `language-${name}` : undefined,
    ...codeTagProps,
    style: { ...theme[CODE], ...theme[`code[class*="language-${name}"]`], ...codeTagProps?.style },
  };
  return (
    <Highlighter
      {...rest}
      codeTagProps={tagProps}
      customStyle={{ ...OWN_STYLE, ...customStyle }}
      language={name}
      renderer={renderRows}
      style={theme}
      wrapLines={rest["wrapLines"] === true} // else a renderer has an element around each line
    >
      {String(children ?? "")}
    </Highlighter>
  );
}

/** A width that the author gives is that of the block with its padding, as of any other box. */
const OWN_STYLE: CSSProperties = { boxSizing: "border-box" };

/** The rule of a theme for the code inside a block. */
const CODE = 'code[class*="language-"]';

/** Names that authors use for what Prism calls otherwise. */
const SHORT_NAMES: Record<string, string> = {
  "c#": "csharp",
  "c++": "cpp",
  console: "bash",
  docker: "docker",
  html: "markup",
  js: "javascript",
  kt: "kotlin",
  md: "markdown",
  plain: "text",
  plaintext: "text",
  py: "python",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shell: "bash",
  svg: "markup",
  ts: "typescript",
  txt: "text",
  xml: "markup",
  yml: "yaml",
};

function languageName(given: string | null | undefined): string {
  const name = String(given ?? "").toLowerCase();
  return SHORT_NAMES[name] ?? name;
}

/** The theme; that of the colour mode until one with a chunk of its own is there. */
function useTheme(wanted: string | Theme | null | undefined): Theme {
  const byMode = colorMode() === "dark" ? DARK : LIGHT;
  const [loaded, setLoaded] = useState<{ name: string; theme: Theme } | null>(null);
  const name = typeof wanted === "string" ? wanted : "";
  useEffect(() => {
    let isCurrent = name !== "";
    if (isCurrent) {
      void loadTheme(name).then((theme) => isCurrent && theme && setLoaded({ name, theme }));
    }
    return () => {
      isCurrent = false;
    };
  }, [name]);
  if (wanted && typeof wanted === "object") return wanted;
  return loaded?.name === name ? loaded.theme : byMode;
}
