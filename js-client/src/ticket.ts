/**
 * What an event handler gives back: the sign by which a controlled input sees when the server has
 * taken its change in.
 */
import { announceSettled, isPending } from "./runtime.ts";

/** An event that waits in the browser (`debounce`), and then the event that was sent. */
export class Ticket {
  #waiting = true;
  #event: unknown;

  /** The wait is over; `event` is what the handler gave. */
  resolve(event: unknown): void {
    this.#waiting = false;
    this.#event = event;
    announceSettled();
  }

  /** Whether the server has not taken the event in yet. */
  get pending(): boolean {
    return this.#waiting || isUnsettled(this.#event);
  }
}

/** Whether what a handler gave back stands for an event that is still on its way. */
export function isUnsettled(result: unknown): boolean {
  if (result instanceof Ticket) return result.pending;
  return typeof result === "number" && isPending(result);
}
