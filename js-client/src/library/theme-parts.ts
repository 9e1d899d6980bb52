/**
 * What Radix's Theme gets in the place of its primitives: all but the provider for tooltips, which
 * brings the code of everything that floats. A page with tooltips has it from `tooltip-parts.ts`.
 */
import type { ReactNode } from "react";

export { Direction, Slot } from "radix-ui";

/** The place of the provider. */
export const Tooltip = {
  Provider: (props: { children?: ReactNode }): ReactNode => props.children,
};
