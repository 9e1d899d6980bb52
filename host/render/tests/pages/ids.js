import { jsx, App, useId } from "@ferroflex/core";

function Field() {
  return jsx("input", { id: useId() });
}

export default function Page() {
  return jsx(App, { theme: null, children: jsx(Field, {}) });
}
