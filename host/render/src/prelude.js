/* What the shell's modules expect around them besides JavaScript itself, and nothing of a browser:
   by `window` and `document` libraries tell where they run. A classic script, run before any module. */
globalThis.self = globalThis;
globalThis.process = { env: { NODE_ENV: "production" } };
globalThis.console = Object.fromEntries(
  ["debug", "error", "info", "log", "trace", "warn"].map((name) => [name, () => {}]),
);
/* Nothing waits here: what would happen later does not. */
globalThis.setTimeout = globalThis.setInterval = () => 0;
globalThis.clearTimeout = globalThis.clearInterval = () => {};
