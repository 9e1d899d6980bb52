/**
 * Files for the user to keep: an address of the app's, or data, which becomes a file in the
 * browser.
 */
import { readPage, withBase } from "./page.ts";
import type { Download } from "./wire.ts";

/** How long the data of a download is kept for the browser to save, in milliseconds. */
const KEPT_MS = 60_000;

/** A file that is its own address; text that only begins alike is none. */
const DATA_ADDRESS = /^data:[\w.+-]+\/[\w.+-]+[;,]/;

const SCHEMES = ["http:", "https:", "blob:", "data:"];

/** Has the browser save a file. */
export function download({ url, data, filename, mime_type }: Download): void {
  const given = url ?? (typeof data === "string" && DATA_ADDRESS.test(data) ? data : undefined);
  if (given !== undefined) return save(withBase(readPage().base, given), filename);
  const address = URL.createObjectURL(file(data, mime_type));
  save(address, filename);
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** Text and bytes as they are, anything else as JSON. */
function file(data: unknown, type: string | undefined): Blob {
  if (typeof data === "string") return new Blob([data], { type: type ?? "text/plain" });
  if (data instanceof Uint8Array) {
    return new Blob([data as BlobPart], { type: type ?? "application/octet-stream" });
  }
  return new Blob([JSON.stringify(data ?? null)], { type: type ?? "application/json" });
}

function save(address: string, filename = ""): void {
  if (!SCHEMES.includes(new URL(address, location.href).protocol)) {
    throw new TypeError(`a download from ${address} is not allowed`);
  }
  const link = document.createElement("a");
  link.href = address;
  link.download = filename;
  document.body.append(link);
  link.click();
  link.remove();
}
