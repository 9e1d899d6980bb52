/**
 * What stands around every page: the theme, messages, the connection's state and errors.
 */
import type { ComponentType, ReactNode } from "react";

import { ConnectionBanner } from "./banner.tsx";
import { FailureOverlay } from "./failures.tsx";
import { ToastArea } from "./toast.tsx";

/** The attributes of Radix's Theme. */
export type ThemeProps = Record<string, unknown>;

type Theme = ComponentType<ThemeProps & { children?: ReactNode }>;

let RadixTheme: Theme | null = null;

/** Called by the Radix modules when a page loads them, so that other pages need not. */
export function provideTheme(theme: Theme): void {
  RadixTheme = theme;
}

/** Wraps a page. `theme` is null for a page without Radix components. */
export function App(props: { theme: ThemeProps | null; children?: ReactNode }): ReactNode {
  const content = (
    <>
      {props.children}
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
