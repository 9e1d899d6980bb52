/**
 * The Vite plugin that makes the shell's entries and describes what came out, for the host.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

import { transform } from "lightningcss";
import type { Plugin, ResolvedConfig } from "vite";

import { entryName, entrySources, ownSources, sourcePath } from "./entries.ts";
import { readIcons } from "./icons.ts";
import { usedByModule, readRadixStyles } from "./radix-styles.ts";

const PREFIX = "virtual:entry/";

/** Radix's components that get their primitives from files of our own. */
const RADIX_COMPONENT = /@radix-ui\/themes\/dist\/esm\/components\/(theme|tooltip)\.js$/;

/** What knows characters by their names; the highlighter's runs in browsers alone, and asks them. */
const CHARACTERS = "decode-named-character-reference";

const compress = promisify(brotliCompress);

/** The build's entries, for `rolldownOptions.input`. */
export function inputs(): Record<string, string> {
  const names = [...entrySources().keys()].map(entryName);
  return Object.fromEntries(names.map((name) => [name, PREFIX + name]));
}

/** Makes the entries and writes importmap, dependencies, icons, styles, manifest, and what is served in a compressed form too. */
export function shell(): Plugin {
  const sources = entrySources();
  const byName = new Map([...sources.keys()].map((specifier) => [entryName(specifier), specifier]));
  let config: ResolvedConfig;
  return {
    name: "ferroflex-shell",
    enforce: "pre",
    configResolved(resolved) {
      config = resolved;
    },
    resolveId(id, importer) {
      if (id.startsWith(PREFIX)) return `\0${id}`;
      if (id === CHARACTERS && !importer?.includes("/parse-entities/")) {
        return sourcePath("library/markdown/character-reference.ts");
      }
      const component = RADIX_COMPONENT.exec(importer ?? "")?.[1];
      return id === "radix-ui" && component ? sourcePath(`library/${component}-parts.ts`) : null;
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
      emit("radix.json", { ...(await readRadixStyles()), modules: await radixInModules() });
      emit("manifest.json", {
        early_js: emitHashed("early.js", await readFile(EARLY_SCRIPT, "utf8")),
        reset_css: emitHashed("reset.css", await minifiedStyles(RESET_STYLES, SHELL_STYLES)),
        shell_css: emitHashed("shell.css", await minifiedStyles(SHELL_STYLES)),
      });
    },
    async writeBundle({ dir }, bundle) {
      const served = Object.values(bundle).filter(({ fileName }) => /\.(js|css)$/.test(fileName));
      await Promise.all(served.map(({ fileName }) => writeCompressed(join(dir ?? "", fileName))));
    },
  };
}

const EARLY_SCRIPT = sourcePath("early.js");
const RESET_STYLES = sourcePath("reset.css");
const SHELL_STYLES = sourcePath("shell.css");

async function minifiedStyles(...paths: string[]): Promise<string> {
  const texts = await Promise.all(paths.map((path) => readFile(path, "utf8")));
  const code = Buffer.from(texts.join("\n"));
  return transform({ code, filename: "shell.css", minify: true }).code.toString();
}

/** What the modules of our own use of Radix, by specifier. Of its own two, pages name what they use. */
async function radixInModules(): Promise<Record<string, string[]>> {
  const own = Object.entries(ownSources());
  const modules = own.filter(([specifier]) => !specifier.startsWith("@radix-ui/")).map(
    async ([specifier, path]): Promise<[string, string[]]> => [specifier, await usedByModule(path)],
  );
  return sorted((await Promise.all(modules)).filter(([, used]) => used.length > 0));
}

/** The best of brotli takes too long to be made for each request, and longer for what is large. */
async function writeCompressed(path: string): Promise<void> {
  const content = await readFile(path);
  const quality = content.length > LARGE_BYTES ? 9 : constants.BROTLI_MAX_QUALITY;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
  await writeFile(`${path}.br`, await compress(content, { params }));
}

const LARGE_BYTES = 1_000_000;

function hashedName(name: string, source: string): string {
  const hash = createHash("sha256").update(source).digest("base64url").slice(0, 8);
  return name.replace(/\.(\w+)$/, `-${hash}.$1`);
}

function sorted<Content>(entries: [string, Content][]): Record<string, Content> {
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
