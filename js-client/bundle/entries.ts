/**
 * The public modules of the shell: which specifier a page may import, and what stands behind it.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** CommonJS packages: their names must be listed, as no bundler sees them through `export *`. */
const COMMON_JS = ["react", "react/jsx-runtime", "react-dom", "react-dom/client"];

/** Modules with sources of our own. */
const OWN: Record<string, string> = {
  "@ferroflex/accordion": "library/accordion.ts",
  "@ferroflex/behaviour": "library/behaviour.ts",
  "@ferroflex/boot": "boot.tsx",
  "@ferroflex/code": "library/code.tsx",
  "@ferroflex/core": "core.ts",
  "@ferroflex/dialog": "library/dialog.ts",
  "@ferroflex/drawer": "library/drawer.ts",
  "@ferroflex/form": "library/form-primitives.tsx",
  "@ferroflex/grid": "library/grid.tsx",
  "@ferroflex/icons": "library/icons.tsx",
  "@ferroflex/markdown": "library/markdown.tsx",
  "@ferroflex/media": "library/media.tsx",
  "@ferroflex/moment": "library/moment.tsx",
  "@ferroflex/plotly": "library/plotly.tsx",
  "@ferroflex/progress": "library/progress.tsx",
  "@ferroflex/script": "library/script.tsx",
  "@ferroflex/server": "server.tsx",
  "@ferroflex/table": "library/table.tsx",
  "@ferroflex/toast": "library/toast-provider.ts",
  "@ferroflex/upload": "library/upload.tsx",
  "@radix-ui/themes": "library/radix.ts",
  "@radix-ui/themes/base": "library/radix-base.ts",
};

/** ES modules passed on as they are. */
const ES_MODULES = ["recharts", "sonner"];

/** Virtual entry modules' source by the specifier that pages import. */
export function entrySources(): Map<string, string> {
  return new Map([
    ...COMMON_JS.map((specifier) => [specifier, reexportNames(specifier)] as const),
    ...ES_MODULES.map((specifier) => [specifier, `export * from "${specifier}";`] as const),
    ...Object.entries(OWN).map(([specifier, file]) => [specifier, reexportOwn(file)] as const),
  ]);
}

/** The files of the modules with sources of our own, by specifier. */
export function ownSources(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(OWN).map(([specifier, file]) => [specifier, sourcePath(file)]),
  );
}

/** The name of an entry's chunk: the specifier without what a file name must not hold. */
export function entryName(specifier: string): string {
  return specifier.replace(/^@/, "").replaceAll("/", ".");
}

function reexportNames(specifier: string): string {
  const names = Object.keys(require(specifier) as object)
    .filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default")
    .sort();
  return [
    `import whole from "${specifier}";`,
    "export default whole;",
    `export { ${names.join(", ")} } from "${specifier}";`,
  ].join("\n");
}

function reexportOwn(file: string): string {
  return `export * from ${JSON.stringify(sourcePath(file))};`;
}

/** The path of a file of the shell's sources. */
export function sourcePath(file: string): string {
  return fileURLToPath(new URL(`../src/${file}`, import.meta.url));
}
