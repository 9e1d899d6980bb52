import { App, jsx } from "@ferroflex/core";
import { Box } from "@radix-ui/themes/base";


export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsx(Box, { className: "f24z6fmc469bu4" }) });
}
