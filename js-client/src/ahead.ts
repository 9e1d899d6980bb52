/**
 * What the page that is shown has not loaded, since it came as HTML, and the next one may need at
 * once. Not here: the modules that pages import (navigation/resources.ts).
 */

type Load = () => Promise<unknown>;

const loads = new Set<Load>();

/** Has something loaded before another page is shown. It is asked each time. */
export function loadAhead(load: Load): void {
  loads.add(load);
}

/** Loads all of it. */
export async function loadedAhead(): Promise<void> {
  await Promise.all([...loads].map((load) => load()));
}
