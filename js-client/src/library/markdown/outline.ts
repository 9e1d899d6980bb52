/**
 * The elements of a parsed text as data: the server writes it into the page, and the browser makes
 * the same elements of it without parsing the text. Not here: the parser (parser.ts).
 */
import { createElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";

import type { Part } from "./elements.tsx";

/** An element, with what is in it; without a tag it has no element of its own. */
interface Outlined {
  tag?: string;
  key?: string;
  props: Record<string, unknown>;
  content: Outline[];
}

/** What stands in an element. */
export type Outline = string | Outlined;

/** The outline of elements as the parser gives them. */
export function outlineOf(node: ReactNode): Outline {
  if (!isValidElement(node)) return String(node ?? "");
  const { key, type, props } = node as ReactElement<Record<string, unknown>>;
  const { children, node: parsed, ...others } = props;
  const { tagName } = (parsed ?? {}) as { tagName?: string };
  const tag = typeof type === "string" ? type : tagName;
  return {
    ...(tag !== undefined && { tag }),
    ...(key !== null && { key }),
    props: others,
    content: [children as ReactNode].flat().filter(isShown).map(outlineOf),
  };
}

function isShown(node: ReactNode): boolean {
  return node !== undefined && node !== null;
}

/** The elements of an outline, with the components that stand for some tags. */
export function elementsOf(outline: Outline, parts: Record<string, Part>): ReactNode {
  if (typeof outline === "string") return outline;
  const { tag, key, props, content } = outline;
  const type = tag === undefined ? Fragment : Object.hasOwn(parts, tag) ? parts[tag] : tag;
  const children = content.map((part) => elementsOf(part, parts));
  return createElement(type as Part, key === undefined ? props : { ...props, key }, ...children);
}
