/**
 * Whether the user is in the middle of something that loading the page again would spoil.
 * Not here: what they entered before, which outlives that (fields.ts).
 */

/** Nobody is kept on an old page for longer. */
const BUSY_MS_MAX = 10_000;
/** Who has not touched a key for so long is not within a word any more. */
const TYPING_PAUSE_MS = 1_500;
/** How often is looked. */
const LOOK_MS = 250;

const tasks = new Set<symbol>();
let lastInput = -Infinity;

/** Begins to note when the user types. */
export function watchTyping(): void {
  addEventListener("input", () => (lastInput = performance.now()), true);
}

/** Something that is not to be interrupted begins (an upload); gives what ends it. */
export function beginTask(): () => void {
  const task = Symbol("task");
  tasks.add(task);
  return () => void tasks.delete(task);
}

/** Waits until the user does nothing that must not be interrupted, or has done so for too long. */
export async function untilIdle(): Promise<void> {
  const end = performance.now() + BUSY_MS_MAX;
  while (isBusy() && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function isBusy(): boolean {
  return tasks.size > 0 || (isTextFocused() && performance.now() - lastInput < TYPING_PAUSE_MS);
}

function isTextFocused(): boolean {
  return document.activeElement?.matches("input, textarea, [contenteditable]") ?? false;
}
