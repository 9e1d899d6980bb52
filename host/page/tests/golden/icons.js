import { App, Fragment, each, jsx, jsxs, merge, useValues } from "@ferroflex/core";
import { NamedIcon } from "@ferroflex/icons";
import "@radix-ui/themes/base";

const F1 = each({ of: [[1], ($) => $[1][0]], row: (item, index) => jsx(NamedIcon, { name: item.text, size: 12 }) });
function C1(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(NamedIcon, merge(p, { name: a })); }
function C2(p) { const [a] = useValues([1], ($) => [$[1][4]]); return jsx(NamedIcon, merge(p, { name: a })); }
function C3() { const [a] = useValues([1], ($) => [$[1][3]]); return a ? jsx(C2, {}) : "-"; }

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(F1, {}), jsx(C1, {}), jsx(C3, {})] }) });
}
