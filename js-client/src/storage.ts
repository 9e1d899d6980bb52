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

/** The stored text, which is there no more afterwards; null when there was none. */
export function takeStored(storage: "local" | "session", key: string): string | null {
  const text = readStored(storage, key);
  if (text !== null) removeOwn(storage, key);
  return text;
}

/** Removes a text of the shell's own. */
export function removeOwn(storage: "local" | "session", key: string): void {
  try {
    area(storage).removeItem(key);
  } catch {
    // Forbidden: there is nothing to remove.
  }
}

/** Removes a text that the app stored; the shell's own stay. */
export function removeStored(storage: "local" | "session", key: string): void {
  try {
    if (!isOwn(key)) area(storage).removeItem(key);
  } catch {
    // Forbidden: there is nothing to remove.
  }
}

/** Removes all that the app stored; the session's token and the like stay. */
export function clearStored(storage: "local" | "session"): void {
  try {
    for (const key of Object.keys(area(storage))) removeStored(storage, key);
  } catch {
    // Forbidden: there is nothing to remove.
  }
}

/** Whether the key is the shell's: all its keys begin so. */
function isOwn(key: string): boolean {
  return key.startsWith("ferroflex:");
}

function area(storage: "local" | "session"): Storage {
  return storage === "local" ? localStorage : sessionStorage;
}
