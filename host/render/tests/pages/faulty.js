import { jsx, App, useValues } from "@ferroflex/core";

function C1() {
  const [a] = useValues([0], ($) => [$[0][0]]);
  if (a === "throw") throw new Error("the page fails");
  if (a === "hang") for (;;);
  if (a === "grow") return "x".repeat(3 << 20);
  return a;
}

export default function Page() {
  return jsx(App, { theme: null, children: jsx(C1, {}) });
}
