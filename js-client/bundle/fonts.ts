/**
 * The Vite plugin that leaves a stylesheet's fonts in one format: every browser that runs the shell
 * reads WOFF2.
 */
import type { Plugin } from "vite";

/** Takes the other formats out of what KaTeX's stylesheet asks for. */
export function onlyModernFonts(): Plugin {
  return {
    name: "ferroflex-fonts",
    enforce: "pre",
    transform(code, id) {
      if (!/katex.*\.css$/.test(id)) return null;
      return code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, "");
    },
  };
}
