import { App, Fragment, event, jsx, jsxs, merge, send, useValues } from "@ferroflex/core";
import { BasicPlot, Plot } from "@ferroflex/plotly";
import "@radix-ui/themes/base";

const h1 = event((e) => send(0, [e]));
const h2 = event(() => send(4, []));
function C1(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(Plot, merge(p, { data: a, layout: { title: "T" }, id: "plot", onClick: h1, onRelayout: h2 })); }
function C2(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(BasicPlot, merge(p, { data: a })); }

export const handlers = { 0: "todo.Todo.add", 4: "todo.Todo.load" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(C1, {}), jsx(C2, {})] }) });
}
