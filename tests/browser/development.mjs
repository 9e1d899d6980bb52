/**
 * Puts React's development build into the place of the shell's own, so that what React has to say
 * about a page reaches the console: unknown attributes, missing keys, elements that stand where
 * they must not. The sources are the same; only the build differs.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

import { ROOT } from "./server.mjs";

const SHELL = path.join(ROOT, "js-client");
const FOLDER = path.join(ROOT, "tests", "output", "development-shell");
const PREFIX = "/_shell/";
const TYPES = { ".css": "text/css", ".woff2": "font/woff2" };

/** Builds the shell for development, a matter of seconds. */
export async function buildDevelopmentShell() {
  const vite = path.join(SHELL, "node_modules", "vite", "bin", "vite.js");
  const options = ["build", "--mode", "development", "--outDir", FOLDER, "--emptyOutDir"];
  await promisify(execFile)(process.execPath, [vite, ...options], { cwd: SHELL });
  const { imports } = JSON.parse(await readFile(path.join(FOLDER, "importmap.json"), "utf8"));
  return imports;
}

/** Has a browser profile load the development build from the server at `url`, which has that page. */
export async function useDevelopmentShell(profile, url, imports, route = "/") {
  const served = await servedImports(url + route);
  const specifierOf = new Map(Object.entries(served).map(([name, address]) => [address, name]));
  await profile.route(`${url}${PREFIX}**/*.js`, async (route) => {
    const address = new URL(route.request().url()).pathname;
    const specifier = specifierOf.get(address);
    const body = specifier ? passOn(imports[specifier]) : await read(address);
    // What was preloaded of the shell's own build is there, but nothing imports it.
    if (body === null) return route.continue();
    return route.fulfill({ body, contentType: "text/javascript" });
  });
  // Stylesheets and fonts of libraries, whose names carry the hash of this build.
  await profile.route(`${url}${PREFIX}assets/*`, async (route) => {
    const address = new URL(route.request().url()).pathname;
    const body = await read(address);
    if (body === null) return route.continue();
    return route.fulfill({ body, contentType: TYPES[path.extname(address)] });
  });
}

/** One address for each module, or its state would be there twice. */
function passOn(address) {
  return [
    `export * from "${address}";`,
    `import * as whole from "${address}";`,
    "export default whole.default;",
  ].join("\n");
}

function read(address) {
  return readFile(path.join(FOLDER, address.slice(PREFIX.length))).catch(() => null);
}

async function servedImports(url) {
  const html = await (await fetch(url)).text();
  const map = html.match(/<script type="importmap"[^>]*>(.*?)<\/script>/s);
  if (!map) throw new Error(`${url} has no import map`);
  return JSON.parse(map[1]).imports;
}
