import { App, Fragment, jsx, jsxs, merge, useValues } from "@ferroflex/core";
import { Box, Container, Flex } from "@radix-ui/themes/base";

function C1(p) { const [a, b] = useValues([1], ($) => [$[1][4], $[1][5]]); return jsx(Box, merge(p, { style: { color: a, width: b } })); }
function C2(p) { const [a, b] = useValues([1], ($) => [$[1][4], `${$[1][5]}px`]); return jsx(Box, merge(p, { className: "f3vlhm8q3cafub", style: { "--f0": a, "--f1": b } })); }

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(Box, { className: "f2j9v1gwejg0fe" }), jsx(Box, { className: "f2j9v1gwejg0fe" }), jsx(Box, { className: "f20lnoxt3bi82" }), jsx(C1, {}), jsx(C2, {}), jsx(Container, { size: "3", className: "f36fw9qvpzg04r" }), jsx("div", { className: "f38etezby38wvh", children: "wide" }), jsx(Flex, { direction: { initial: "column", xs: "row" } })] }) });
}
