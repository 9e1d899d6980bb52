/**
 * The module `@ferroflex/behaviour`: components that listen, follow, wait or tell of the connection
 * rather than show something of their own.
 */
export { AutoScroll } from "./behaviour/auto-scroll.tsx";
export { Clipboard } from "./behaviour/clipboard.tsx";
export { ConnectionMessage, ConnectionModal, ConnectionPulser } from "./behaviour/connection.tsx";
export { DebounceInput } from "./behaviour/debounce-input.tsx";
export { PageErrors } from "./behaviour/page-errors.tsx";
export { Template } from "./behaviour/template.tsx";
export { WindowEvents } from "./behaviour/window-events.tsx";
