import { App, Fragment, event, jsx, jsxs, merge, send, useValues } from "@ferroflex/core";
import { DataEditor } from "@ferroflex/grid";
import { DataTable } from "@ferroflex/table";
import "@radix-ui/themes/base";

const h1 = event((e) => send(2, [e[0], e[1]]));
function C1(p) { const [a] = useValues([1], ($) => [$[1][0]]); return jsx(DataEditor, merge(p, { getCellsForSelection: true, columns: ["Text", "Done"], data: a, onPaste: true, theme: { bgCell: "#fff" }, rowHeight: 20, onCellEdited: h1 })); }
function C2(p) { const [a] = useValues([1], ($) => [$[1][0]]); return jsx(DataTable, merge(p, { data: a, columns: ["text", "done"], pagination: true, className: "f1otaoedjn0kz2" })); }

export const handlers = { 2: "todo.Todo.toggle" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx("div", { className: "f1hpbe8uyyxx8", children: jsx(C1, {}) }), jsx(C2, {})] }) });
}
