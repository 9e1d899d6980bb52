/**
 * What stands around every page: the theme, messages, the connection's state and errors.
 */
import { type ComponentType, createContext, Fragment, type ReactNode, useContext } from "react";

import { ConnectionBanner } from "./banner.tsx";
import { FailureOverlay } from "./failures.tsx";
import { ToastArea } from "./toast.tsx";

/** The attributes of Radix's Theme. */
export type ThemeProps = Record<string, unknown>;

type Theme = ComponentType<ThemeProps & { children?: ReactNode }>;

/** What makes the tooltips in it wait for each other. */
type TooltipProvider = ComponentType<{ delayDuration?: number; children: ReactNode }>;

/** So long a pointer rests before a tooltip shows, as Radix's theme has it. */
const TOOLTIP_DELAY_MS = 200;

/** The name of the page that is shown: what it shows does not outlive it. */
export const PageName = createContext("");

let RadixTheme: Theme | null = null;
let Tooltips: TooltipProvider | null = null;

/** Called by the Radix modules when a page loads them, so that other pages need not. */
export function provideTheme(theme: Theme): void {
  RadixTheme = theme;
}

/** Called by what has tooltips, so that other pages need not load what they stand on. */
export function provideTooltips(provider: TooltipProvider): void {
  Tooltips = provider;
}

/** Wraps a page. `theme` is null for a page without Radix components. */
export function App(props: { theme: ThemeProps | null; children?: ReactNode }): ReactNode {
  const page = <Fragment key={useContext(PageName)}>{props.children}</Fragment>;
  const content = (
    <>
      {props.theme && Tooltips ? withTooltips(page, Tooltips) : page}
      <ToastArea />
      <ConnectionBanner />
      <FailureOverlay />
    </>
  );
  if (!props.theme || !RadixTheme) return content;
  // Light or dark is the root element's class, which the theme inherits.
  const { appearance: _, ...theme } = props.theme;
  return <RadixTheme {...theme}>{content}</RadixTheme>;
}

/** Around the page alone, so that the messages stay when a page brings the first tooltips. */
function withTooltips(page: ReactNode, Provider: TooltipProvider): ReactNode {
  return <Provider delayDuration={TOOLTIP_DELAY_MS}>{page}</Provider>;
}
