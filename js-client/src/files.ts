/**
 * The files that the user chose and that are not sent yet, by the id of the upload that they belong
 * to. Their names are a part of the state of the browser's own; the files themselves are not.
 */
import { store } from "./store.ts";

/** The field of the browser's own substate that has the names. */
const FILES = 0;

const chosen = new Map<string, readonly File[]>();

/** Keeps the files chosen for an upload, in place of those chosen before. */
export function keepFiles(upload: string, files: readonly File[]): void {
  if (files.length > 0) chosen.set(upload, files);
  else chosen.delete(upload);
  const names = [...chosen].map(([id, list]) => [id, list.map((file) => file.name)] as const);
  store.setOwn(FILES, Object.fromEntries(names));
  store.notify();
}

/** The files chosen for an upload. */
export function chosenFiles(upload: string): readonly File[] {
  return chosen.get(upload) ?? [];
}
