/**
 * Ferroflex with each of its stores, Redis and nginx, as the tests start them: on free ports, with
 * all their files in a folder of the test's own.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { binary, ROOT } from "../browser/server.mjs";
import { freePort, Process } from "./processes.mjs";

const APPS = path.join(import.meta.dirname, "apps");
const run = promisify(execFile);

/** A folder that is removed after the test. */
export function scratch(test) {
  const folder = mkdtempSync(path.join(tmpdir(), "ferroflex-survival-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * A copy of apps/tally.py in a folder: what the server keeps beside an app is the test's own then.
 *
 * @param {(source: string) => string} change what is to be different in the copy
 */
export function copyApp(folder, change = (source) => source, app = "tally.py") {
  const source = readFileSync(path.join(APPS, app), "utf8");
  mkdirSync(folder, { recursive: true });
  const copy = path.join(folder, app);
  writeFileSync(copy, change(source));
  return copy;
}

/** A server of the app, not yet started. `store` is what `--store` takes. */
export async function ferroflex(test, app, store, { port, options = [] } = {}) {
  const own = port ?? (await freePort());
  const place = ["--host", "127.0.0.1", "--port", `${own}`, "--env", "prod"];
  const kept = ["--store", store, "--data-dir", path.join(path.dirname(app), "data")];
  const server = new Process([binary(), "run", app, ...place, ...kept, ...options], own);
  test.after(() => server.kill());
  return server;
}

/**
 * A Redis that runs, and writes everything before it answers.
 *
 * @param {{password?: string}} options
 */
export async function redis(test, { password } = {}) {
  const port = await freePort();
  const folder = scratch(test);
  const program = process.env.REDIS_SERVER ?? "redis-server";
  const lasting = ["--save", "", "--appendonly", "yes", "--appendfsync", "always"];
  const secret = password === undefined ? [] : ["--requirepass", password];
  const place = ["--bind", "127.0.0.1", "--port", `${port}`, "--dir", folder];
  const server = new Process([program, ...place, ...lasting, ...secret], port);
  test.after(() => server.kill());
  await server.start();
  return Object.assign(server, {
    store: `redis://${password === undefined ? "" : `:${password}@`}127.0.0.1:${port}/0`,
    /** What a command answers, as lines. */
    ask: (...command) => askRedis(port, password, command),
    /** The same with another password. */
    askWith: (other, ...command) => askRedis(port, other, command),
  });
}

async function askRedis(port, password, command) {
  const secret = password === undefined ? [] : ["-a", password, "--no-auth-warning"];
  const program = process.env.REDIS_CLI ?? "redis-cli";
  const { stdout } = await run(program, ["-p", `${port}`, ...secret, ...command]);
  return stdout.split("\n").filter((line) => line !== "");
}

/**
 * An nginx that runs, with the repository's configuration, before servers on these ports.
 *
 * @param {{defaultTimeouts?: boolean}} options whether what the sample says of timeouts is left out
 */
export async function nginx(test, ports, { defaultTimeouts = false } = {}) {
  const port = await freePort();
  const folder = scratch(test);
  const full = readFileSync(path.join(ROOT, "docs", "proxies", "nginx.conf"), "utf8");
  const timeouts = /^[ \t]*proxy_(read|send)_timeout [^;]+;\n/gm;
  const sample = defaultTimeouts ? full.replace(timeouts, "") : full;
  writeFileSync(path.join(folder, "site.conf"), siteOf(sample, port, ports));
  writeFileSync(path.join(folder, "nginx.conf"), frameOf(folder));
  mkdirSync(path.join(folder, "logs"));
  const program = process.env.NGINX ?? "nginx";
  const args = ["-p", folder, "-c", path.join(folder, "nginx.conf"), "-e", "stderr"];
  const server = new Process([program, ...args], port);
  test.after(() => server.kill("SIGTERM"));
  return server.start();
}

/**
 * The sample with this test's ports, and without TLS. Throws when the sample is not as expected: it
 * would not be what is tested.
 */
function siteOf(sample, port, ports) {
  const upstreams = /(?:^[ \t]*server [\w.]+:\d+[^;]*;\n)+/m;
  const parameters = sample.match(/^[ \t]*server [\w.]+:\d+([^;]*);/m)?.[1];
  const servers = ports.map((own) => `    server 127.0.0.1:${own}${parameters};\n`).join("");
  return [
    [upstreams, servers],
    [/^server \{\n[^}]*return 301[^}]*\}\n/m, ""],
    [/listen 443 ssl;/, `listen 127.0.0.1:${port};`],
    [/^[ \t]*ssl_certificate .*\n[ \t]*ssl_certificate_key .*\n/m, ""],
  ].reduce(replaceIn, sample);
}

function replaceIn(sample, [part, replacement]) {
  if (!part.test(sample)) throw new Error(`docs/proxies/nginx.conf has no ${part}`);
  return sample.replace(part, replacement);
}

/** What the system's own configuration has around a site. */
function frameOf(folder) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const paths = temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`).join("\n");
  const user = process.getuid?.() === 0 ? "user root;\n" : "";
  return `${user}daemon off;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
${paths}
  include ${folder}/site.conf;
}
`;
}
