/**
 * The browser's storages, which may be forbidden to a page: nothing is kept then, nothing fails.
 */

/** The stored text, null when there is none or storing is forbidden. */
export function readStored(storage: "local" | "session", key: string): string | null {
  try {
    return area(storage).getItem(key);
  } catch {
    return null;
  }
}

/** Stores the text where that is allowed. */
export function writeStored(storage: "local" | "session", key: string, text: string): void {
  try {
    area(storage).setItem(key, text);
  } catch {
    // Forbidden or full: the page works without, it only forgets.
  }
}

function area(storage: "local" | "session"): Storage {
  return storage === "local" ? localStorage : sessionStorage;
}
