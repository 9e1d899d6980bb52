import { App, jsx, jsxs, merge, send, useValues } from "@ferroflex/core";
import { CodeBlock } from "@ferroflex/code";
import { Markdown } from "@ferroflex/markdown";
import { Heading, Link } from "@radix-ui/themes/base";

function C1({ node, children, language, ...props }) { return jsx(Heading, merge(props, { size: "6", children: children })); }
function C2({ node, children, language, ...props }) { const [a] = useValues([1], ($) => [$[1][4]]); return jsxs(Link, merge(props, { onClick: () => send(1, [children]), className: "f3sf4mb9kru57y", style: { "--f0": a }, children: ["→ ", children] })); }
function C3({ node, children, language, ...props }) { return jsx(CodeBlock, merge(props, { language: language, children: children })); }
const M1 = { h1: C1, a: C2, pre: C3 };
function C4(p) { const [a, b] = useValues([1], ($) => [$[1][3], $[1][1]]); return jsx(Markdown, merge(p, { componentMap: M1, useMath: a, children: b })); }

export const handlers = { 1: "todo.Todo.set_draft" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsx("div", { children: jsx(C4, {}) }) });
}
