/**
 * The themes of highlighted code: the two defaults, and the others by their names.
 */
import type { CSSProperties } from "react";
import oneDark from "react-syntax-highlighter/dist/esm/styles/prism/one-dark";
import oneLight from "react-syntax-highlighter/dist/esm/styles/prism/one-light";

import { report } from "../../script.ts";

/** Inline styles by what they are for. */
export type Theme = Record<string, CSSProperties>;

/**
 * Colours of the defaults that are too pale to be read (less than 4.5 to 1 against what is behind
 * them), and the nearest that are not. A theme that is asked for by its name is left as it is.
 */
const READABLE: Record<string, string> = {
  "hsl(5, 48%, 51%)": "hsl(5, 48%, 64%)",
  "hsl(5, 74%, 59%)": "hsl(5, 74%, 48%)",
  "hsl(35, 99%, 36%)": "hsl(35, 99%, 32%)",
  "hsl(119, 34%, 47%)": "hsl(119, 34%, 37%)",
  "hsl(198, 99%, 37%)": "hsl(198, 99%, 34%)",
  "hsl(220, 10%, 40%)": "hsl(220, 10%, 60%)",
  "hsl(221, 87%, 60%)": "hsl(221, 87%, 55%)",
  "hsl(230, 4%, 64%)": "hsl(230, 4%, 45%)",
  "hsl(355, 65%, 65%)": "hsl(355, 65%, 67%)",
};

/** The defaults, by colour mode. */
export const LIGHT = readable(oneLight as Theme);
export const DARK = readable(oneDark as Theme);

const FOLDER = "../../../node_modules/react-syntax-highlighter/dist/esm/styles/prism";

/** The other themes, each in a chunk of its own. */
const OTHERS = import.meta.glob<Theme>(
  [
    "../../../node_modules/react-syntax-highlighter/dist/esm/styles/prism/*.js",
    "!**/prism/{index,one-dark,one-light}.js",
  ],
  { import: "default" },
);

/** The theme of that name, in whichever spelling; undefined when there is none or it is not had. */
export async function loadTheme(given: string): Promise<Theme | undefined> {
  const name = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll("_", "-");
  if (name === "one-light" || name === "light") return oneLight as Theme;
  if (name === "one-dark" || name === "dark") return oneDark as Theme;
  try {
    return await OTHERS[`${FOLDER}/${name}.js`]?.();
  } catch (error) {
    report(error);
    return undefined;
  }
}

function readable(theme: Theme): Theme {
  const rules = Object.entries(theme).map(([part, style]) => {
    const color = READABLE[String(style.color)];
    return [part, color ? { ...style, color } : style];
  });
  return Object.fromEntries(rules) as Theme;
}
