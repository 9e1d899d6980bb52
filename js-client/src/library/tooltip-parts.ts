/**
 * What Radix's tooltip gets in the place of its primitives: themselves. Whoever loads a tooltip so
 * loads its provider, which then stands around the page.
 */
import { Tooltip } from "radix-ui";

import { provideTooltips } from "../core.ts";

export { Tooltip };

provideTooltips(Tooltip.Provider);
