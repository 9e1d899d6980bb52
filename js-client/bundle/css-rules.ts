/**
 * Minified CSS to a flat list of its rules, in their order.
 *
 * Not a CSS parser: it splits what lightningcss wrote, which has no comments and nests only the
 * rules of `@media` and its like.
 */

/** A rule. What is no style rule (`@keyframes`, `@font-face`) has no selector and is one text. */
export interface PlainRule {
  /** The conditions around it, outermost first. */
  around: string[];
  selector: string;
  declarations: string;
}

/** At-rules that hold rules. */
const GROUPS = /^@(media|supports|layer|container)\b/;

/** The rules of a stylesheet. */
export function parseRules(css: string, around: string[] = []): PlainRule[] {
  const rules: PlainRule[] = [];
  let start = 0;
  for (let open = find(css, "{", 0); open >= 0; open = find(css, "{", start)) {
    const close = find(css, "}", open + 1);
    const prelude = css.slice(start, open).trim();
    const block = css.slice(open + 1, close);
    if (GROUPS.test(prelude)) rules.push(...parseRules(block, [...around, prelude]));
    else if (prelude.startsWith("@")) {
      rules.push({ around, selector: "", declarations: `${prelude}{${block}}` });
    } else rules.push({ around, selector: prelude, declarations: block });
    start = close + 1;
  }
  return rules;
}

/** The parts of a list, split where nothing encloses the separator. */
export function splitList(text: string, separator: "," | ";"): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = find(text, separator, 0); at >= 0; at = find(text, separator, start)) {
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter(Boolean);
}

/** The first place of a character outside of strings and of what opened after `from`; -1: none. */
function find(text: string, character: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const letter = text[at] as string;
    if (letter === "\\") at++;
    else if (depth === 0 && letter === character) return at;
    else if (letter === '"' || letter === "'") at = endOfString(text, at);
    else if ("([{".includes(letter)) depth++;
    else if (")]}".includes(letter)) depth--;
  }
  return -1;
}

function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === text[open]) return at;
  }
  return text.length;
}
