import { App, Fragment, command, each, event, jsx, jsxs, now, send } from "@ferroflex/core";
import { Button } from "@radix-ui/themes/base";

const h1 = event(() => command({ c: "call_script", code: "f()", callback: (result) => { send(1, [result?.x]); command({ c: "alert", message: now()[1][1] }) } }));
const h2 = event(() => command({ c: "call_script", code: "g()", callback: () => {} }));
const h3 = event(() => command({ c: "toast", on_action: () => send(0, []) }));
const F1 = each({ of: [[1], ($) => $[1][0]], row: (item, index) => jsx(Button, { onClick: () => command({ c: "call_script", code: "1 + 1", callback: (result) => send(1, [result, item.text]) }) }) });

export const handlers = { 0: "todo.Todo.add", 1: "todo.Todo.set_draft" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(Button, { onClick: h1 }), jsx(Button, { onClick: h2 }), jsx(Button, { onClick: h3 }), jsx(F1, {})] }) });
}
