/**
 * Reads the golden files that the Rust tests read too.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const HOST = join(import.meta.dirname, "../../host");

/** The text of a golden file, by its path below `host/`. */
export function goldenText(path: string): string {
  return readFileSync(join(HOST, path), "utf8");
}

/** The names of the golden files of messages that start so. */
export function goldenMessages(prefix: "client-" | "server-"): string[] {
  return readdirSync(join(HOST, "session/golden")).filter((file) => file.startsWith(prefix));
}
