/**
 * Sending chosen files: each goes to the server in a request of its own, which answers with a key;
 * the event that follows names the keys. Not here: choosing files (upload.tsx, files.ts).
 */
import { chosenFiles } from "../files.ts";
import { beginTask } from "../idle.ts";
import { readPage } from "../page.ts";
import { readStored } from "../storage.ts";
import type { Upload } from "../wire.ts";

/** What a handler is told of a file: its key, and what the browser knows of it. */
interface Sent {
  key: string;
  path: string;
  size: number;
  content_type: string;
}

const running = new Map<string, AbortController>();

/** Sends an upload's files, one after the other, then does what follows. Without files, nothing. */
export async function sendFiles({ upload, callback, on_progress }: Upload): Promise<void> {
  const files = chosenFiles(upload);
  if (files.length === 0) return;
  if (running.has(upload)) throw new Error(`the upload ${upload} is under way`);
  const controller = new AbortController();
  running.set(upload, controller);
  const end = beginTask();
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const sent: Sent[] = [];
  let done = 0;
  try {
    for (const file of files) {
      const told = (loaded: number) => on_progress?.(progress(done + loaded, total));
      const key = await post(file, controller.signal, told);
      done += file.size;
      sent.push({ key, path: pathOf(file), size: file.size, content_type: file.type });
    }
  } catch (error) {
    if (controller.signal.aborted) return;
    throw error;
  } finally {
    running.delete(upload);
    end();
  }
  callback(sent);
}

/** Stops the sending of an upload's files. */
export function cancelUpload(upload: string): void {
  running.get(upload)?.abort();
}

function progress(loaded: number, total: number): Record<string, number> {
  return { loaded, total, progress: total > 0 ? loaded / total : 1 };
}

/** Sends one file; gives its key. The browser tells how far it is only of this kind of request. */
function post(
  file: File,
  signal: AbortSignal,
  told: (loaded: number) => void,
): Promise<string> {
  const { base } = readPage();
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const fail = (problem: string) => reject(new Error(`${file.name}: ${problem}`));
    signal.addEventListener("abort", () => request.abort());
    request.upload.onprogress = (event) => told(Math.min(event.loaded, file.size));
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status === 200 && answer.key) resolve(answer.key);
      else fail(answer.error ?? `the server answered ${request.status}`);
    };
    request.onerror = () => fail("the connection was lost");
    request.onabort = () => fail("cancelled");
    request.open("POST", `${base}/_upload`);
    request.setRequestHeader("x-ferroflex-token", readStored("session", tokenKey(base)) ?? "");
    request.send(file);
  });
}

/** The name under which the session's token is stored (session.ts). */
const tokenKey = (base: string) => `ferroflex:token:${base}`;

function parsed(text: string): { key?: string; error?: string } {
  try {
    return JSON.parse(text) as { key?: string; error?: string };
  } catch {
    return {};
  }
}

/** A file's path in the folder that was dropped; its name, where it stands alone. */
function pathOf(file: File): string {
  const { path } = file as File & { path?: string };
  return (path ?? file.name).replace(/^\.?\//, "");
}
