/**
 * The character that a name stands for (`&amp;`), for the parser of Markdown: its own way needs a
 * document. Not here: references by number, which the parser reads itself.
 */
import { parseFragment } from "parse5";

/** The character, or false when the name stands for none. */
export function decodeNamedCharacterReference(name: string): string | false {
  const reference = `&${name};`;
  const [node] = parseFragment(reference).childNodes;
  const text = node && "value" in node ? node.value : reference;
  // Some shorter name may stand at its beginning: what follows that is left, up to the semicolon.
  const isPartial = text.endsWith(";") && name !== "semi";
  return text === reference || isPartial ? false : text;
}
