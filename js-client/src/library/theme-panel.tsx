/**
 * Radix's panel for trying themes, with the shell's colour mode: the root element decides between
 * light and dark, which Radix's own switch knows nothing of.
 */
import { ThemePanel as RadixThemePanel } from "@radix-ui/themes";
import type { ComponentProps, ReactNode } from "react";

import { setColorMode } from "../core.ts";

/** The panel. */
export function ThemePanel(props: ComponentProps<typeof RadixThemePanel>): ReactNode {
  return <RadixThemePanel onAppearanceChange={setColorMode} {...props} />;
}
