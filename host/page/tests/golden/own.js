import { App, event, jsx, jsxs, merge, send, useValues } from "@ferroflex/core";
import { Flex } from "@radix-ui/themes/base";
import { Local as X3 } from "/todo/local.js";
import { Swatches as Picker, Swatches as X1 } from "@paint/swatches";
import { chunk } from "lodash";
import { default as X2 } from "zoom";

const h1 = event((e, e1) => send(1, [e1]));
function C1(p) { const [a] = useValues([1], ($) => [$[1][4]]); return jsx(X1, merge(p, { lineWidth: "2", color: a, id: "x", onPick: h1 })); }
function C2() { const [a] = useValues([1], ($) => [$[1][3]]); return a ? "busy" : "idle"; }

export const handlers = { 1: "todo.Todo.set_draft" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Flex, { direction: "column", align: "start", gap: "3", className: "rx-Stack", children: [jsx(C1, { children: "child" }), jsx(X1.Note, { className: "f1jgqyygbiacwi" }), jsx(X2, {}), jsx(Picker, {}), jsx(X3, { size: { width: "1px" }, "data-step": 2, hidden: true, children: jsx(C2, {}) })] }) });
}
