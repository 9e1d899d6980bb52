/**
 * The data that the server has written into the document, by the ids of its elements.
 * Not here: what it says (page.ts, prepared.ts).
 */

/**
 * The element with the data. What is shown on a page may have any id, and stands before it; but a
 * script with data is never among that, since server.tsx gives all scripts there another type.
 */
export function embedded(id: string): Element | null {
  const selector = `script#${id}[type="application/json"]`;
  return globalThis.document?.querySelector(selector) ?? null;
}
