/**
 * Mathematics in Markdown: what reads it, what draws it, and the fonts that it is drawn with. Loaded
 * with the first text that has some.
 */
import "katex/dist/katex.min.css";

export { default as katex } from "rehype-katex";
export { default as math } from "remark-math";
