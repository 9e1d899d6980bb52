import { App, Fragment, colorMode, command, event, icon, jsx, jsxs, now, send, toggleColorMode, useEffect } from "@ferroflex/core";
import { Box, Button, IconButton } from "@radix-ui/themes/base";

const h1 = event(() => send(1, [now()[1][1]]), { stop: true, debounce: 300 });
const h2 = event(() => { const sent = send(0, []); command({ c: "redirect", to: now()[1][1] }); return sent; });
const h3 = event(() => send(0, []));
const h4 = event(() => send(4, []));
function Lifecycle(p) { useEffect(() => { p.mount?.(); return () => { p.unmount?.(); }; }, []); return null; }
const h5 = event(() => toggleColorMode());
const i1 = icon("sun", [["circle", {"cx": "12", "cy": "12", "r": "4"}]]);
const i2 = icon("moon", [["path", {"d": "M12 3a6 6 0 0 0 9 9"}]]);
function C1() { const mode = colorMode(); return mode === "light" ? jsx(i1, {}) : jsx(i2, {}); }

export const handlers = { 0: "todo.Todo.add", 1: "todo.Todo.set_draft", 4: "todo.Todo.load" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Fragment, { children: [jsx(Button, { onClick: h1, children: "slow" }), jsx(Button, { onClick: h2, children: "two" }), jsx(Button, { onClick: h3, children: "again" }), jsx(Button, { onClick: h3, children: "and again" }), jsxs(Box, { children: ["shown", jsx(Lifecycle, { mount: h4 })] }), jsx(IconButton, { "aria-label": "Dark mode", onClick: h5, className: "f19hninf0y0ixm", children: jsx(C1, {}) })] }) });
}
