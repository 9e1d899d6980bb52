import { App, Each, each, event, jsx, jsxs, merge, py, send, useState, useValues } from "@ferroflex/core";
import { Box, Flex, Text } from "@radix-ui/themes/base";
import { useClock } from "clock";
import { useDeferredValue } from "react";

const doubled = (n) => n * 2;
function C1(p) { const [a_1, b_1] = useValues([1], ($) => [$[1][5], $[1][1]]); 
const [count, setCount] = useState(0)
;
useKeys(((e) => send(1, [e?.key])), a_1)
;return jsxs("button", merge(p, { onClick: event((e) => ((() => setCount(count + 1)))?.(e)), children: [jsx(Text, { as: "p", children: b_1 }), py.text((doubled(count)))] })); }
function Hooked(p) { return p.of(); }
const F1 = each({ of: [[1], ($) => $[1][0]], outer: [[1], ($) => [$[1][5]]], row: (item, index, v) => jsx(Hooked, { of: () => { 
const [count, setCount] = useState(0)
;
useKeys(((e) => send(1, [e?.key])), v[0])
;
return jsxs("button", { onClick: event((e) => ((() => setCount(count + 1)))?.(e)), children: [item.text, py.text((doubled(count)))] }); } }) });
function C2() { 
const clock = useClock()
;return (clock.now); }
function C3(p) { 
const clock = useClock()
;return jsx(Box, merge(p, { title: (clock.now) })); }
function C4() { 
const clock = useClock()
;return jsx(Each, { items: (clock.zones), row: (item, index) => jsxs(Text, { as: "p", children: [item, jsx(Hooked, { of: () => { 
const clock = useClock()
;
return (clock.now); } })] }) }); }

export const handlers = { 1: "todo.Todo.set_draft" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Flex, { direction: "column", align: "start", gap: "3", className: "rx-Stack", children: [jsx(C1, {}), jsx(F1, {}), jsx(Text, { as: "p", children: jsx(C2, {}) }), jsx(C3, {}), jsx(C4, {})] }) });
}
