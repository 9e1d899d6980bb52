import { App, Fragment, each, jsx, jsxs, merge, useValues } from "@ferroflex/core";
import { Markdown } from "@ferroflex/markdown";
import "@radix-ui/themes/base";

function C1(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(Markdown, merge(p, { children: a })); }
function C2(p) { const [a, b] = useValues([1], ($) => [$[1][3], `\n# Hello ${$[1][1]}!\n`]); return jsx(Markdown, merge(p, { useRaw: a, children: b })); }
const F1 = each({ of: [[1], ($) => $[1][0]], row: (item, index) => jsx("div", { children: jsx(Markdown, { children: item.text }) }) });

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx("div", { children: jsx(Markdown, { children: "\n# Title\n\n- one\n  - two\n" }) }), jsx("div", { className: "f1ypwp15yc49ku", children: jsx(C1, {}) }), jsx("div", { children: jsx(C2, {}) }), jsx(F1, {})] }) });
}
