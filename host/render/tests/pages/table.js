import { jsx, jsxs, App, each, py } from "@ferroflex/core";
import { Table } from "@radix-ui/themes/base";

const cell = (content) => jsx(Table.Cell, { children: py.text(content) });
const F1 = each({
  of: [[0], ($) => $[0][0]],
  row: (item) => jsxs(Table.Row, { children: [cell(item.id), cell(item.name), cell(item.city)] }),
});

export default function Page() {
  return jsx(App, { theme: {}, children: jsx(Table.Root, { children: jsx(Table.Body, { children: jsx(F1, {}) }) }) });
}
