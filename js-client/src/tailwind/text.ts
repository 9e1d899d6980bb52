/**
 * The engine's stylesheet without the space that only people need.
 *
 * Not a CSS parser: it relies on how Tailwind writes, each rule and declaration on its own lines.
 */

/** The stylesheet with its lines joined; comments go, but for the first, the licence. */
export function packed(css: string): string {
  const [, licence = "", rest = css] = /^(\/\*![^]*?\*\/)([^]*)$/.exec(css) ?? [];
  const lines = rest.replace(COMMENTS, "").split("\n").map((line) => line.trim());
  return lines.filter(Boolean).reduce(joined, licence && `${licence}\n`);
}

const COMMENTS = /^\s*\/\*[^]*?\*\/\s*$/gm;

/** Lines that end or begin a rule or a declaration need no space between them. */
function joined(text: string, line: string): string {
  const isApart = text === "" || /[{};,\n]$/.test(text) || line.startsWith("}");
  return text + (isApart ? "" : " ") + line.replace(/ \{$/, "{").replace(/^([\w-]+): /, "$1:");
}
