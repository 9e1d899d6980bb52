/**
 * Reads the golden files that the Rust tests read too.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const HOST = fileURLToPath(new URL("../../host/", import.meta.url));

/** The text of a golden file, by its path below `host/`. */
export function goldenText(path: string): string {
  return readFileSync(HOST + path, "utf8");
}

/** The names of the golden files of messages that start so. */
export function goldenMessages(prefix: "client-" | "server-"): string[] {
  return readdirSync(`${HOST}session/golden`).filter((file) => file.startsWith(prefix));
}
