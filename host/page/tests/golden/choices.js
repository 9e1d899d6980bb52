import { App, event, icon, jsx, jsxs, merge, py, send, useValues } from "@ferroflex/core";
import { Badge, Box, Button, Spinner, Text } from "@radix-ui/themes/base";

function C1() { const [a] = useValues([1], ($) => [$[1][2]]); return a; }
function C2() { const [a] = useValues([1], ($) => [`${$[1][1]}${py.str($[1][3])}`]); return a; }
function C3() { const [a] = useValues([1], ($) => [$[1][3]]); return a ? jsx(Spinner, {}) : null; }
function C4() { const [a] = useValues([1], ($) => [py.text($[1][0])]); return a; }
function C5() { const [a] = useValues([1], ($) => [$[1][2] === 0]); return a ? "nothing" : jsx(Text, { as: "p", children: jsx(C4, {}) }); }
function C6() { const [a] = useValues([1], ($) => [$[1][4]]); return a; }
function C7() { const [a, b] = useValues([1], ($) => [$[1][4] === "red" || $[1][4] === "green", $[1][4] === "blue"]); return a ? jsx(Badge, { children: "warm" }) : b ? jsx(Badge, { children: "cold" }) : jsx(C6, {}); }
const i1 = icon("sun", [["circle", {"cx": "12", "cy": "12", "r": "4"}]]);
const i2 = icon("plus", [["path", {"d": "M5 12h14"}], ["path", {"d": "M12 5v14"}]]);
function C8() { const [a] = useValues([1], ($) => [$[1][3]]); return a ? jsx(i1, {}) : jsx(i2, {}); }
const h1 = event(() => send(0, []));
function C9(p) { const [a, b] = useValues([1], ($) => [$[1][3], $[1][3] ? "x" : "y"]); return jsx(Button, merge(p, { disabled: a, onClick: h1, className: b })); }

export const handlers = { 0: "todo.Todo.add" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Box, { children: [jsxs(Text, { as: "p", children: [jsx(C1, {}), " open"] }), jsx(Text, { as: "p", children: jsx(C2, {}) }), jsx(C3, {}), jsx(C5, {}), jsx(C7, {}), jsx(C8, {}), jsx(C9, { children: "Add" })] }) });
}
