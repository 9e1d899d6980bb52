import { App, Fragment, controlled, each, event, jsx, jsxs, merge, now, send, toggleColorMode, useValues } from "@ferroflex/core";
import { Button, TextField } from "@radix-ui/themes/base";

const h1 = event(() => now()[1][2] > now()[1][5] ? (now()[1][3] ? send(0, []) : undefined) : [send(0, []), toggleColorMode()][0]);
const h2 = event(() => { const sent = now()[1][2] > now()[1][5] ? (now()[1][3] ? send(0, []) : undefined) : [send(0, []), toggleColorMode()][0]; toggleColorMode(); return sent; });
const I1 = controlled(TextField.Root, "value");
const h3 = event((e) => now()[1][3] ? send(0, [e.target.value]) : undefined);
function C1(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(I1, merge(p, { value: a, onChange: h3 })); }
const F1 = each({ of: [[1], ($) => $[1][0]], row: (item, index) => jsx(Button, { onClick: () => item.done ? toggleColorMode() : send(0, []) }) });

export const handlers = { 0: "todo.Todo.add" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(Button, { onClick: h1 }), jsx(Button, { onClick: h2 }), jsx(C1, {}), jsx(F1, {})] }) });
}
