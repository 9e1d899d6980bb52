/**
 * What the parts of a Markdown text become: Radix's components, and highlighted code, which is
 * loaded with the first block of it.
 */
import { Blockquote, Code, Heading, Link, Separator, Table, Text } from "@radix-ui/themes";
import {
  type ComponentType,
  isValidElement,
  lazy,
  type ReactElement,
  type ReactNode,
} from "react";

import { Later } from "../../later.tsx";

type Props = Record<string, unknown>;

/** A component for a kind of part, of the shell's own or of the page's author. */
export type Part = ComponentType<Props>;

/** The components by the tag that they stand for, with the author's in place of some. */
export function partsWith(given: Record<string, Part> | undefined): Record<string, Part> {
  const block = given?.["pre"] ?? given?.["codeblock"];
  return { ...PARTS, ...given, pre: block ? blockOf(block) : BLOCK };
}

/** A component with props and style of its own, under those that the element has. */
function styled(Component: unknown, own: Props = {}): Part {
  const Styled = Component as ComponentType<Props>;
  return function MarkdownElement({ node: _, ...props }) {
    const style = { ...(own["style"] as object), ...(props["style"] as object) };
    return <Styled {...own} {...props} style={style} />;
  };
}

function heading(level: 1 | 2 | 3 | 4 | 5 | 6): Part {
  const size = String(7 - level);
  return styled(Heading, { as: `h${level}`, size, style: { marginBlock: "0.5em" } });
}

/** A list; the boxes of a task list stand where its marks would. */
function list(Tag: "ul" | "ol", mark: string): Part {
  const style = { listStyleType: mark, marginBlock: "1em", marginInlineStart: "1.5rem" };
  return styled(Tag, { style: { ...style, paddingInlineStart: 0 } });
}

function Item({ node: _, ...props }: Props): ReactNode {
  const isTask = /\btask-list-item\b/.test(String(props["className"] ?? ""));
  const style = { marginBlock: "0.5em", ...(isTask && { listStyleType: "none" }) };
  return <li {...props} style={style} />;
}

/** A task's box says nothing of its own to those who cannot see what stands beside it. */
function Input({ node: _, ...props }: Props): ReactNode {
  const label = props["checked"] ? "done" : "to do";
  return <input aria-label={props["type"] === "checkbox" ? label : undefined} {...props} />;
}

function Image({ node: _, ...props }: Props): ReactNode {
  return <img alt="" {...props} style={{ maxWidth: "100%" }} />;
}

/** A block of code: its component is given the text and the language, and nothing around it. */
function blockOf(Block: Part): Part {
  return function MarkdownBlock({ children }) {
    const code = isValidElement(children) ? (children as ReactElement<Props>).props : {};
    const { node: _, className, children: content, ...rest } = code;
    const text = [content].flat().join("\n").replace(/\n$/, "");
    const language = /language-(\S+)/.exec(String(className ?? ""))?.[1] ?? "";
    return (
      <Block {...rest} language={language}>
        {text}
      </Block>
    );
  };
}

const Highlighted = lazy(async () => ({ default: (await import("../code.tsx")).CodeBlock }));

const BLOCK = blockOf(function CodeBlock({ children, ...props }) {
  const text = children as string;
  return (
    <Later fallback={<pre style={WAITING_STYLE}>{text}</pre>}>
      <Highlighted {...props} codeTagProps={WRAPPED} customStyle={BLOCK_STYLE} wrapLongLines>
        {text}
      </Highlighted>
    </Later>
  );
});

const BLOCK_STYLE = { marginBlock: "1em" };
const WRAPPED = { style: { whiteSpace: "pre-wrap" } } as const;
/** About as much room as the block will take. */
const WAITING_STYLE = { lineHeight: 1.5, marginBlock: "1em", padding: "1em" };

const PARTS: Record<string, Part> = {
  a: styled(Link, { underline: "always" }),
  blockquote: styled(Blockquote, { my: "4" }),
  code: styled(Code),
  h1: heading(1),
  h2: heading(2),
  h3: heading(3),
  h4: heading(4),
  h5: heading(5),
  h6: heading(6),
  hr: styled(Separator, { my: "5", size: "4" }),
  img: Image,
  input: Input,
  li: Item,
  ol: list("ol", "decimal"),
  p: styled(Text, { as: "p", style: { marginBlock: "1em" } }),
  table: styled(Table.Root, { my: "4", variant: "surface" }),
  tbody: styled(Table.Body),
  td: styled(Table.Cell),
  th: styled(Table.ColumnHeaderCell),
  thead: styled(Table.Header),
  tr: styled(Table.Row),
  ul: list("ul", "disc"),
};
