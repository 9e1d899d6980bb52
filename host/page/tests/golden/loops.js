import { App, Each, Fragment, colorMode, controlled, each, icon, jsx, jsxs, py, send } from "@ferroflex/core";
import { Badge, Checkbox, Table } from "@radix-ui/themes/base";

const i1 = icon("plus", [["path", {"d": "M5 12h14"}], ["path", {"d": "M12 5v14"}]]);
const I1 = controlled(Checkbox, "checked");
const F1 = each({ of: [[1], ($) => $[1][0]], outer: [[1], ($) => [$[1][4], $[1][5]]], row: (item, index, v) => jsxs(Table.Row, { style: { opacity: item.done ? 0.5 : 1 }, children: [jsx(Table.Cell, { style: { color: v[0] }, children: item.text }), (py.length(item.text) > v[1] ? jsx(Badge, { children: "long" }) : jsx(i1, {})), jsx(I1, { checked: item.done, onCheckedChange: () => send(2, [index]) })] }, item.text), key: (item, index) => item.text });
function Mode(p) { return p.of(colorMode()); }
const F2 = each({ of: [[1], ($) => $[1][6]], outer: [[1], ($) => [$[1][5]]], row: (item, index, v) => jsxs("ul", { children: [item[0], jsx(Each, { items: item[1], row: (item1, index1) => jsx(Mode, { of: (mode) => jsx("li", { className: mode === "light" ? "black" : "white", children: py.add(item1, v[0]) }) }) })] }) });
const F3 = each({ of: [[], ($) => ["a", "b"]], row: (item, index) => jsx("p", { children: item }) });

export const handlers = { 2: "todo.Todo.toggle" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(Table.Root, { children: jsx(F1, {}) }), jsx(F2, {}), jsx(F3, {})] }) });
}
