import { App, colorMode, command, controlled, each, event, icon, jsx, jsxs, merge, send, useValues } from "@ferroflex/core";
import { AutoScroll, Clipboard, ConnectionMessage, ConnectionModal, ConnectionPulser, DebounceInput, WindowEvents } from "@ferroflex/behaviour";
import { Script } from "@ferroflex/script";
import { ToastProvider } from "@ferroflex/toast";
import { DropdownMenu } from "@radix-ui/themes";
import { Box, IconButton, TextField } from "@radix-ui/themes/base";

const I1 = controlled(DebounceInput, "value");
const h1 = event((e) => send(1, [e.target.value]));
function C1(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(I1, merge(p, { debounceTimeout: 500, value: a, onChange: h1 })); }
const F1 = each({ of: [[1], ($) => $[1][0]], outer: [[1], ($) => [$[1][4]]], row: (item, index, v) => jsx(I1, { debounceTimeout: 500, value: v[0], onChange: h1, children: jsx(TextField.Root, { placeholder: "Search" }) }) });
const h2 = event(() => send(1, []));
const h3 = event(() => send(1, [`${innerWidth}${innerHeight}`]));
const h4 = event(() => send(4, []));
function C2() { const [a] = useValues([1], ($) => [$[1][3]]); return a ? jsx(ConnectionMessage, { children: "away" }) : jsx(ConnectionModal, {}); }
const i1 = icon("wifi-off", [["path", {"d": "M12 20h.01"}], ["path", {"d": "m2 2 20 20"}]]);
const i2 = icon("sun", [["circle", {"cx": "12", "cy": "12", "r": "4"}]]);
const i3 = icon("moon", [["path", {"d": "M12 3a6 6 0 0 0 9 9"}]]);
function C3() { const mode = colorMode(); return mode === "light" ? jsx(i2, {}) : jsx(i3, {}); }
const h5 = event(() => command({ c: "color_mode", mode: "light" }));
const h6 = event(() => command({ c: "color_mode", mode: "dark" }));
const h7 = event(() => command({ c: "color_mode", mode: "system" }));

export const handlers = { 1: "todo.Todo.set_draft", 4: "todo.Todo.load" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Box, { children: [jsx(C1, { children: jsx(TextField.Root, { placeholder: "Search" }) }), jsx(F1, {}), jsx(Clipboard, { prevent: true, onPaste: h2, children: jsx("input", {}) }), jsx(WindowEvents, { onResize: h3 }), jsx(AutoScroll, { className: "fkfx61nemu276", children: "a" }), jsx(Script, { onLoad: h4, children: "start()" }), jsx(Script, { src: "/todo/own.js", async: true }), jsx(C2, {}), jsx(ConnectionPulser, { children: jsx(i1, { size: "32", className: "f2ps35tyb0oej6" }) }), jsx(ToastProvider, { position: "top-left" }), jsxs(DropdownMenu.Root, { children: [jsx(DropdownMenu.Trigger, { children: jsx(IconButton, { "aria-label": "Dark mode", className: "f1x6w1sru9jcbb", children: jsx(C3, {}) }) }), jsxs(DropdownMenu.Content, { children: [jsx(DropdownMenu.Item, { onClick: h5, children: "Light" }), jsx(DropdownMenu.Item, { onClick: h6, children: "Dark" }), jsx(DropdownMenu.Item, { onClick: h7, children: "System" })] })] })] }) });
}
