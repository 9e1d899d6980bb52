/**
 * The module `@radix-ui/themes`: all of Radix's components.
 */
import "./radix-base.ts";

export * from "@radix-ui/themes";
export { Slider } from "./slider.tsx";
export { ThemePanel } from "./theme-panel.tsx";
