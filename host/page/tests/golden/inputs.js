import { App, controlled, event, formData, jsx, jsxs, merge, py, resetForm, send, useValues } from "@ferroflex/core";
import { Select, Slider } from "@radix-ui/themes";
import { Checkbox, Flex, Text, TextField } from "@radix-ui/themes/base";

const h1 = event((e) => { const sent = send(3, [formData(e)]); resetForm(e); return sent; }, { prevent: true });
const I1 = controlled(TextField.Root, "value");
const h2 = event((e) => send(1, [e.target.value]));
const h3 = event((e) => send(1, [e.key]));
function C1(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(I1, merge(p, { value: a, onChange: h2, onKeyDown: h3 })); }
const I2 = controlled(Checkbox, "checked");
const h4 = event((e) => send(1, [e === true]));
function C2(p) { const [a] = useValues([1], ($) => [$[1][3]]); return jsx(I2, merge(p, { checked: a, onCheckedChange: h4 })); }
const h5 = event((e) => send(1, [py.truth(e.target.type === "checkbox" ? e.target.checked : e.target.value) ? `ticked: ${py.str(e.target.type === "checkbox" ? e.target.checked : e.target.value)}` : "not"]));
const I3 = controlled(Select.Root, "value");
const h6 = event((e) => send(1, [e]));
function C3(p) { const [a] = useValues([1], ($) => [$[1][4]]); return jsx(I3, merge(p, { value: a, onValueChange: h6 })); }
function C4(p) { const [a] = useValues([1], ($) => [$[1][4]]); return jsx("option", merge(p, { children: a })); }

export const handlers = { 1: "todo.Todo.set_draft", 3: "todo.Todo.submit" };

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs("form", { onSubmit: h1, className: "f1ypwp15yc49ku", children: [jsx(C1, {}), jsx("input", { type: "text", name: "title" }), jsx(Text, { as: "label", size: "2", children: jsxs(Flex, { gap: "2", children: [jsx(C2, {}), "Done"] }) }), jsx("input", { type: "checkbox", onChange: h5 }), jsxs(C3, { children: [jsx(Select.Trigger, { placeholder: "Choose" }), jsx(Select.Content, { children: jsxs(Select.Group, { children: [jsx(Select.Item, { value: "a", children: "a" }), jsx(Select.Item, { value: "b", children: "b" })] }) })] }), jsx(Slider, { defaultValue: [40], className: "f1ypwp15yc49ku" }), jsx("select", { children: jsx(C4, {}) })] }) });
}
