import { App, Fragment, each, jsx, jsxs, py, useValues } from "@ferroflex/core";
import { Upload } from "@ferroflex/upload";
import { Text } from "@radix-ui/themes/base";

const F1 = each({ of: [[2], ($) => py.get($[2][0], "u", [])], row: (item, index) => jsx(Text, { as: "p", children: py.text(item) }) });
function C1() { const [a] = useValues([2], ($) => [py.length(py.get($[2][0], "u", []))]); return a; }

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(Upload, { maxFiles: 2, id: "u", className: "rx-Upload f3a72w1625mc7t", children: "Drop here" }), jsx(F1, {}), jsx(C1, {})] }) });
}
