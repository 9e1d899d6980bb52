/**
 * What stands around every page: the theme, messages, the connection's state and errors.
 */
import {
  type ComponentType,
  createContext,
  Fragment,
  type ReactNode,
  useContext,
  useState,
} from "react";

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

/** The page that is shown, for what the app has around it. */
const Shown = createContext<ReactNode>(null);

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

/** The place of the page in what the app has around it. */
export function Content(): ReactNode {
  return useContext(Shown);
}

/**
 * Wraps a page. `theme` is null for a page without Radix components. `around` is what the app has
 * around its pages: that of the first page stays, since each page's does the same.
 */
export function App(props: {
  theme: ThemeProps | null;
  around?: ComponentType;
  toaster?: boolean;
  children?: ReactNode;
}): ReactNode {
  const provider = props.theme && Tooltips;
  const [{ Around, first }] = useState({ Around: props.around, first: provider });
  const content = <Fragment key={useContext(PageName)}>{props.children}</Fragment>;
  const page = withTooltips(content, provider);
  const around = Around && (
    <Shown value={page}>
      <Around />
    </Shown>
  );
  const shown = (
    <>
      {around ? withTooltips(around, first) : page}
      <ToastArea own={props.toaster !== false} />
      <ConnectionBanner />
      <FailureOverlay />
    </>
  );
  if (!props.theme || !RadixTheme) return shown;
  // Light or dark is the root element's class, which the theme inherits.
  const { appearance: _, ...theme } = props.theme;
  return <RadixTheme {...theme}>{shown}</RadixTheme>;
}

/**
 * Around the page alone, so that the messages, and what the app has around its pages, stay when a page
 * brings the first tooltips.
 */
function withTooltips(page: ReactNode, Provider: TooltipProvider | null): ReactNode {
  return Provider ? <Provider delayDuration={TOOLTIP_DELAY_MS}>{page}</Provider> : page;
}
