/**
 * The lines of highlighted code as elements. The highlighter's own way looks through the whole theme
 * for every word; here that is done once for every kind of word.
 */
import { createElement, type ReactElement, type ReactNode } from "react";
import styledElement from "react-syntax-highlighter/dist/esm/create-element";

/** The elements of some lines, as the highlighter asks for them. */
export function renderRows({ rows, stylesheet, useInlineStyles }: rendererProps): ReactNode {
  const propsOf = new Map<string, object>();
  const styled = (row: rendererNode): object => {
    const kind = JSON.stringify(row.properties);
    let props = propsOf.get(kind);
    if (!props) {
      const node = { ...row, children: [] };
      const element = styledElement({ node, stylesheet, useInlineStyles, key: "" });
      props = (element as ReactElement<object>).props;
      propsOf.set(kind, props);
    }
    return props;
  };
  const render = (row: rendererNode, position: number): ReactNode => {
    if (!row.tagName) return row.value;
    return createElement(row.tagName, { ...styled(row), key: position }, row.children?.map(render));
  };
  return rows.map(render);
}
