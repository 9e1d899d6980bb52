/**
 * The lines of every lucide icon by its name, aliases included, so that the host can write those
 * of an icon into the page module that uses it; and the same lines in files that the shell loads.
 */
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import type { Plugin } from "vite";

import { SHARDS, shardOf } from "../src/library/icon-shards.ts";

type Line = [string, Record<string, string>];

/** An icon's module; one that stands for another name of an icon has the component alone. */
interface IconModule {
  __iconData?: { node: Line[] };
  default: unknown;
}

/** Lines by kebab-case name, sorted. */
export async function readIcons(): Promise<Record<string, Line[]>> {
  const modules = await importAll();
  const lines = new Map<unknown, Line[]>();
  for (const [, module] of modules) {
    if (module.__iconData) lines.set(module.default, module.__iconData.node.map(withoutKey));
  }
  return Object.fromEntries(modules.map(([name, module]) => [name, known(lines, name, module)]));
}

function known(lines: Map<unknown, Line[]>, name: string, module: IconModule): Line[] {
  const found = lines.get(module.default);
  if (!found) throw new Error(`lucide-react's ${name} is no icon, nor another name of one`);
  return found;
}

async function importAll(): Promise<[string, IconModule][]> {
  const require = createRequire(import.meta.url);
  const folder = join(dirname(require.resolve("lucide-react/package.json")), "dist/esm/icons");
  const files = (await readdir(folder)).filter((file) => /^(?!index).*\.mjs$/.test(file)).sort();
  return Promise.all(
    files.map(async (file): Promise<[string, IconModule]> => {
      const module = (await import(pathToFileURL(join(folder, file)).href)) as IconModule;
      return [file.slice(0, -".mjs".length), module];
    }),
  );
}

/** React's key is the position when an icon is drawn. */
function withoutKey([tag, { key: _, ...attributes }]: Line): Line {
  return [tag, attributes];
}

/** The module that loads the icons of each shard, and the shards' own. */
const ICONS = "virtual:icons";

/** Makes the modules from which the shell loads icons by names that only the state knows. */
export function iconShards(): Plugin {
  let shards: Promise<Record<string, Line[]>[]> | undefined;
  return {
    name: "ferroflex-icons",
    resolveId: (id) => (id.startsWith(ICONS) ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith(`\0${ICONS}`)) return null;
      const number = id.slice(ICONS.length + 2);
      if (!number) return shardLoaders();
      shards ??= readIcons().then(divided);
      return `export default ${JSON.stringify((await shards)[Number(number)])};`;
    },
  };
}

function shardLoaders(): string {
  const numbers = Array.from({ length: SHARDS }, (_, number) => number);
  const loaders = numbers.map((number) => `() => import("${ICONS}/${number}")`);
  return `export const shards = [${loaders.join(", ")}];`;
}

function divided(icons: Record<string, Line[]>): Record<string, Line[]>[] {
  const shards: Record<string, Line[]>[] = Array.from({ length: SHARDS }, () => ({}));
  for (const [name, lines] of Object.entries(icons)) {
    const shard = shards[shardOf(name)];
    if (shard) shard[name] = lines;
  }
  return shards;
}
