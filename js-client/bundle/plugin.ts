/**
 * The Vite plugin that makes the shell's entries and describes what came out, for the host.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { transform } from "lightningcss";
import type { Plugin, ResolvedConfig } from "vite";

import { entryName, entrySources } from "./entries.ts";
import { readIcons } from "./icons.ts";

const PREFIX = "virtual:entry/";
const require = createRequire(import.meta.url);

/** The build's entries, for `rolldownOptions.input`. */
export function inputs(): Record<string, string> {
  const names = [...entrySources().keys()].map(entryName);
  return Object.fromEntries(names.map((name) => [name, PREFIX + name]));
}

/** Makes the entries and writes importmap, dependencies, icons, styles and manifest. */
export function shell(): Plugin {
  const sources = entrySources();
  const byName = new Map([...sources.keys()].map((specifier) => [entryName(specifier), specifier]));
  let config: ResolvedConfig;
  return {
    name: "ferroflex-shell",
    configResolved(resolved) {
      config = resolved;
    },
    resolveId(id) {
      return id.startsWith(PREFIX) ? `\0${id}` : null;
    },
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null;
      return sources.get(byName.get(id.slice(PREFIX.length + 1)) ?? "") ?? null;
    },
    async generateBundle(_options, bundle) {
      const imports: [string, string][] = [];
      const dependencies: [string, string[]][] = [];
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        dependencies.push([chunk.fileName, chunk.imports.toSorted()]);
        const specifier = chunk.isEntry ? byName.get(chunk.name) : undefined;
        if (specifier) imports.push([specifier, config.base + chunk.fileName]);
      }
      const emit = (fileName: string, content: unknown) =>
        this.emitFile({ type: "asset", fileName, source: `${JSON.stringify(content)}\n` });
      const emitHashed = (name: string, source: string) => {
        const fileName = hashedName(name, source);
        this.emitFile({ type: "asset", fileName, source });
        return config.base + fileName;
      };
      emit("importmap.json", { imports: sorted(imports) });
      emit("dependencies.json", sorted(dependencies));
      emit("icons.json", await readIcons());
      emit("manifest.json", {
        early_js: emitHashed("early.js", await readFile(EARLY_SCRIPT, "utf8")),
        radix_css: emitHashed("radix.css", await minifiedStyles(RADIX_STYLES)),
        shell_css: emitHashed("shell.css", await minifiedStyles(SHELL_STYLES)),
      });
    },
  };
}

const EARLY_SCRIPT = fileURLToPath(new URL("../src/early.js", import.meta.url));
const RADIX_STYLES = require.resolve("@radix-ui/themes/styles.css");
const SHELL_STYLES = fileURLToPath(new URL("../src/shell.css", import.meta.url));

async function minifiedStyles(path: string): Promise<string> {
  return transform({ code: await readFile(path), filename: path, minify: true }).code.toString();
}

function hashedName(name: string, source: string): string {
  const hash = createHash("sha256").update(source).digest("base64url").slice(0, 8);
  return name.replace(/\.(\w+)$/, `-${hash}.$1`);
}

function sorted<Content>(entries: [string, Content][]): Record<string, Content> {
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
