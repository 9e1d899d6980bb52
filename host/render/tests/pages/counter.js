import { jsx, jsxs, App, useValues, event, send, py } from "@ferroflex/core";
import { Button, Flex, Heading } from "@radix-ui/themes/base";

const h1 = event(() => send(0, []));

function C1() { const [a] = useValues([0], ($) => [py.text($[0][0])]); return a; }

export default function Page() {
  return jsx(App, { theme: {}, children: jsxs(Flex, { direction: "column", children: [
    jsx(Heading, { children: jsx(C1, {}) }),
    jsx(Button, { onClick: h1, children: "Add <one>" }),
  ] }) });
}
