/**
 * The module `@ferroflex/core`: React's pieces and the runtime, as page modules import them.
 * The contract is host/page/MODULES.md.
 */
export {
  cloneElement,
  createContext,
  createElement,
  forwardRef,
  Fragment,
  lazy,
  memo,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from "react";
export { jsx, jsxs } from "react/jsx-runtime";

export { App, Content, provideTheme, provideTooltips } from "./app.tsx";
export { noteHandlers } from "./carried.ts";
export { colorChoice, colorMode, setColorMode, startColorMode, toggleColorMode } from "./color.ts";
export { command } from "./commands.ts";
export { controlled } from "./controlled.tsx";
export { keyEvent, pointerEvent } from "./dom-events.ts";
export { Each, each } from "./each.tsx";
export { takeEarlyEvents } from "./early-events.ts";
export { event } from "./events.ts";
export { Failure } from "./failures.tsx";
export { restoreFields, watchFields } from "./fields.ts";
export { formData, resetForm } from "./form.ts";
export { icon } from "./icon.tsx";
export { watchTyping } from "./idle.ts";
export { merge } from "./merge.ts";
export { type PageModule, startNavigation } from "./navigation.ts";
export { type Page, readPage } from "./page.ts";
export * as py from "./python.ts";
export { connect, navigated, onRestart, send } from "./runtime.ts";
export { now, store, useValues } from "./store.ts";
export { setToaster, type ToasterOptions } from "./toast.tsx";
