import { App, Fragment, jsx, jsxs, merge, useValues } from "@ferroflex/core";
import { Box } from "@radix-ui/themes/base";

function C1(p) { const [a, b, c, d] = useValues([1], ($) => [$[1][3] ? "red" : "blue", $[1][3] ? "1px" : "initial", $[1][3] ? "initial" : "2px", $[1][3] ? "pink" : "initial"]); return jsx(Box, merge(p, { className: "f1v1htd29g1tba", style: { "--f0": a, "--f1": b, "--f2": c, "--f3": d } })); }
function C2(p) { const [a, b, c, d] = useValues([1], ($) => [$[1][4] === "red" ? "red" : "blue", $[1][4] === "red" ? "1px" : "initial", $[1][4] === "red" ? "initial" : "2px", $[1][4] === "red" ? "pink" : "initial"]); return jsx(Box, merge(p, { className: "f1v1htd29g1tba", style: { "--f0": a, "--f1": b, "--f2": c, "--f3": d } })); }
function C3(p) { const [a, b] = useValues([1], ($) => [$[1][3] ? "blue" : "initial", $[1][3] ? "2px" : "initial"]); return jsx(Box, merge(p, { className: "fepc8tkszjn6k", style: { "--f0": a, "--f1": b } })); }

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(Box, { className: "f2tmc3apqts535" }), jsx(C1, {}), jsx(Box, { className: "f3qnt3f2eojkke" }), jsx(C2, {}), jsx(C3, {}), jsx("img", { src: "/todo/a.png", className: "f3vxpx1hp9ksyv" })] }) });
}
