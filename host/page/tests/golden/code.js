import { App, colorMode, command, event, icon, jsx, jsxs, merge, useValues } from "@ferroflex/core";
import { CodeBlock } from "@ferroflex/code";
import { Box, Button, Flex } from "@radix-ui/themes/base";

const h1 = event(() => command({ c: "clipboard", text: "x = 1" }));
const i1 = icon("copy", [["rect", {"width": "14", "height": "14", "x": "8", "y": "8"}]]);
function C1(p) { const [a, b] = useValues([1], ($) => [$[1][4], $[1][1]]); const mode = colorMode(); return jsx(CodeBlock, merge(p, { language: a, theme: mode === "light" ? "vs" : "nord", wrapLongLines: true, codeTagProps: { style: { whiteSpace: "pre-wrap" } }, customStyle: { margin: "0", width: "100%" }, children: b })); }

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Flex, { direction: "column", align: "start", gap: "3", className: "rx-Stack", children: [jsxs(Box, { className: "fg8j3j0lsn6rj", children: [jsx(CodeBlock, { language: "python", customStyle: { padding: "1em 3.2em 1em 1em" }, children: "x = 1" }), jsx(Button, { "aria-label": "Copy code", type: "button", onClick: h1, className: "f3h4hwxqm42s19", children: jsx(i1, {}) })] }), jsx(C1, {}), jsxs(Box, { className: "fg8j3j0lsn6rj", children: [jsx(CodeBlock, { language: "python", theme: "one-dark", customStyle: { padding: "1em 3.2em 1em 1em" }, children: "y" }), jsx(Button, { children: "Copy" })] })] }) });
}
