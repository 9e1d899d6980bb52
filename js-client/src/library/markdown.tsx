/**
 * The module `@ferroflex/markdown`: Markdown as Radix's components. GitHub's additions and HTML
 * inside the text are understood. Not here: mathematics, and colours inside code.
 */
import { Blockquote, Box, Code, Heading, Link, Separator, Table, Text } from "@radix-ui/themes";
import { type ComponentType, isValidElement, memo, type ReactNode } from "react";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import rehypeRaw from "rehype-raw";
import rehypeUnwrapImages from "rehype-unwrap-images";
import remarkGfm from "remark-gfm";

import { readPage, withBase } from "../page.ts";

/** All of the smaller Radix module, so that it stays one chunk: a page loads it for its theme. */
export * from "./radix-base.ts";

/** What Markdown is given. */
export interface MarkdownProps {
  /** The text. */
  children?: unknown;
  /** Whether tables, task lists, footnotes and bare addresses are understood. */
  useGfm?: boolean;
  /** Whether HTML in the text is HTML on the page. */
  useRaw?: boolean;
  /** Whether an image that stands alone gets no paragraph around it. */
  useUnwrapImages?: boolean;
}

/** Shows a text; is parsed again only when the text or an option changes. */
export const Markdown = memo(function Markdown(props: MarkdownProps): ReactNode {
  const { children, useGfm = true, useRaw = true, useUnwrapImages = true } = props;
  const plugins: Options = {
    remarkPlugins: useGfm ? [remarkGfm] : [],
    rehypePlugins: [
      ...(useRaw ? [rehypeRaw, withoutHandlers] : []),
      ...(useUnwrapImages ? [rehypeUnwrapImages] : []),
    ],
  };
  return (
    <ReactMarkdown {...plugins} components={COMPONENTS} disallowedElements={DISALLOWED}>
      {String(children ?? "")}
    </ReactMarkdown>
  );
});

/** A text brings no code: React would load a script with `async` and `src` from anywhere. */
const DISALLOWED = ["script"];

/** What `onclick` and its like say is text, which React takes for an error. */
function withoutHandlers(): (node: HtmlNode) => void {
  return function clean(node) {
    for (const name of Object.keys(node.properties ?? {})) {
      if (/^on/i.test(name)) delete node.properties?.[name];
    }
    node.children?.forEach(clean);
  };
}

/** A node of the tree that the text becomes. */
interface HtmlNode {
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
}

type Props = Record<string, unknown>;

/** A component with props and style of its own, under those that the element has. */
function styled(Component: unknown, own: Props = {}): ComponentType<Props> {
  const Styled = Component as ComponentType<Props>;
  return function MarkdownElement({ node: _, ...props }) {
    const style = { ...(own["style"] as object), ...(props["style"] as object) };
    return <Styled {...own} {...props} style={style} />;
  };
}

function heading(level: 1 | 2 | 3 | 4 | 5 | 6): ComponentType<Props> {
  const size = String(7 - level);
  return styled(Heading, { as: `h${level}`, size, style: { marginBlock: "0.5em" } });
}

/** A list; the boxes of a task list stand where its marks would. */
function list(Tag: "ul" | "ol", mark: string): ComponentType<Props> {
  const style = { listStyleType: mark, marginBlock: "1em", marginInlineStart: "1.5rem" };
  return styled(Tag, { style: { ...style, paddingInlineStart: 0 } });
}

function Item({ node: _, ...props }: Props): ReactNode {
  const isTask = /\btask-list-item\b/.test(String(props["className"] ?? ""));
  const style = { marginBlock: "0.5em", ...(isTask && { listStyleType: "none" }) };
  return <li {...props} style={style} />;
}

/** A link; one to a page of the app is given without the app's base. */
function Anchor({ node: _, href, ...props }: Props): ReactNode {
  return <Link {...props} href={addressOf(href)} />;
}

function Image({ node: _, src, ...props }: Props): ReactNode {
  return <img alt="" {...props} src={addressOf(src)} style={{ maxWidth: "100%" }} />;
}

function addressOf(given: unknown): string | undefined {
  return typeof given === "string" ? withBase(readPage().base, given) : undefined;
}

/** A block of code; the element inside is a plain one, as the block has the colours. */
function Block({ children }: { children?: ReactNode }): ReactNode {
  const code = isValidElement<{ children?: ReactNode }>(children) ? children.props : null;
  return (
    <Box asChild my="4" p="3" style={BLOCK_STYLE}>
      <pre>{code ? <code style={CODE_STYLE}>{code.children}</code> : children}</pre>
    </Box>
  );
}

const BLOCK_STYLE = {
  overflowX: "auto",
  borderRadius: "var(--radius-3)",
  background: "var(--gray-a3)",
  color: "var(--gray-12)",
  font: "var(--font-size-2)/1.6 var(--code-font-family)",
  whiteSpace: "pre-wrap",
} as const;

const CODE_STYLE = { font: "inherit" };

const COMPONENTS = {
  a: Anchor,
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
  li: Item,
  ol: list("ol", "decimal"),
  p: styled(Text, { as: "p", style: { marginBlock: "1em" } }),
  pre: Block,
  table: styled(Table.Root, { my: "4", variant: "surface" }),
  tbody: styled(Table.Body),
  td: styled(Table.Cell),
  th: styled(Table.ColumnHeaderCell),
  thead: styled(Table.Header),
  tr: styled(Table.Row),
  ul: list("ul", "disc"),
} as Components;
