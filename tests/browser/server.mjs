/**
 * Starts the binary under test, the way a user does, and stops it. What it serves is another
 * file's business.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** The repository's root. */
export const ROOT = path.resolve(import.meta.dirname, "../..");

const START_MS_MAX = 20_000;
const STOP_MS_MAX = 5_000;
const LOG_LINES_MAX = 200;

/**
 * Runs `ferroflex run <folder>` on a free port, or on the one given.
 *
 * @param {string[]} options more arguments
 * @returns {Promise<{url: string, log: string[], stop: () => Promise<void>}>} `url` ends without a
 *   slash; `log` keeps the last lines that the binary wrote.
 */
export async function startServer(folder, port = 0, options = []) {
  const args = ["run", folder, "--host", "127.0.0.1", "--port", `${port}`, ...options];
  // Many run in the same folder: they are not to find what another one left.
  const env = { FERROFLEX_STORE: "memory", ...process.env };
  const child = spawn(binary(), args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  const url = await new Promise((resolve, reject) => {
    const fail = (reason) => reject(new Error(`${reason}\n${log.join("\n")}`));
    const timer = setTimeout(fail, START_MS_MAX, `not listening after ${START_MS_MAX} ms`);
    const read = (line) => {
      log.push(line);
      log.splice(0, log.length - LOG_LINES_MAX);
      const found = line.match(/listening on (http:\/\/[^\s/]+)/);
      if (found) resolve(found[1]);
      if (found) clearTimeout(timer);
    };
    createInterface(child.stdout).on("line", read);
    createInterface(child.stderr).on("line", read);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => fail(`the binary ended with code ${code}`));
  }).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  return { url, log, stop: () => stop(child) };
}

/** The path of the binary under test. */
export function binary() {
  const given = process.env.FERROFLEX_BINARY;
  if (given) return path.resolve(given);
  const target = process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target");
  return path.join(target, "release", "ferroflex");
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
  await ended;
  clearTimeout(timer);
}
