/**
 * One build for everything, so that there is one React.
 */
import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

import { onlyModernFonts } from "./bundle/fonts.ts";
import { iconShards } from "./bundle/icons.ts";
import { inputs, shell } from "./bundle/plugin.ts";
import { tailwindEngine } from "./bundle/tailwind.ts";

/** What every page needs of React, in one chunk with the runtime: not `react-dom/server`. */
const CORE = [
  /node_modules\/(react|scheduler)\//,
  /react-dom\/(index|client|cjs\/react-dom(-client)?\.(production|development))\.js/,
  /rolldown\/runtime/,
];

/**
 * What the components of Radix's first tier stand on. In one chunk: a dozen files of half a kilobyte
 * cost a page a round trip each.
 */
const PARTS =
  /node_modules\/(classnames|@radix-ui\/(primitive|react-(compose-refs|context|direction|id|presence|primitive|progress|slot|use-[a-z-]+)))\//;

/**
 * The shell's own sources; of them boot, server, what stands on a library and what follows links are loaded
 * apart.
 */
const SOURCES = fileURLToPath(new URL("src/", import.meta.url));

function isCore(id: string): boolean {
  const isApart = /^(boot|server|library\/|navigation\/)/;
  if (id.startsWith(SOURCES)) return !isApart.test(id.slice(SOURCES.length));
  return CORE.some((pattern) => pattern.test(id));
}

/** The part of `react-dom/server` that renders at once, without streams: half of it. */
function serverRenderer(mode: string): string {
  const file = `react-dom-server-legacy.browser.${mode}.js`;
  return fileURLToPath(new URL(`node_modules/react-dom/cjs/${file}`, import.meta.url));
}

export default defineConfig(({ mode }) => ({
  base: "/_shell/",
  // Within the shell, addresses are relative: some pages have it below a prefix.
  experimental: { renderBuiltUrl: () => ({ relative: true }) },
  publicDir: false,
  // `--mode development` makes React check what it is given; the browser tests look at that too.
  define: { "process.env.NODE_ENV": JSON.stringify(mode) },
  resolve: {
    alias: {
      "react-dom/server": serverRenderer(mode),
    },
    dedupe: ["react", "react-dom"],
  },
  plugins: [onlyModernFonts(), shell(), iconShards(), tailwindEngine()],
  build: {
    target: "es2022",
    minify: mode === "production",
    modulePreload: false,
    reportCompressedSize: false,
    // Plotly's chart library, which pages load that use it.
    chunkSizeWarningLimit: 5_000,
    rolldownOptions: {
      input: inputs(),
      preserveEntrySignatures: "strict",
      onLog(level, log, handler) {
        // "use client" means nothing to a bundle that only runs in browsers.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handler(level, log);
      },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        codeSplitting: { groups: [
            { name: "core", test: isCore, priority: 10 },
            { name: "parts", test: PARTS, priority: 5 },
          ],
        },
      },
    },
  },
}));
