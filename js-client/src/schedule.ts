/**
 * Decides when changes are shown: at once when nothing was shown for a frame's time, else
 * together with everything else that comes before the next animation frame.
 */

/** Milliseconds of an animation frame at 60 Hz: changes closer together than this are a burst. */
const FRAME_MS = 16;

/** Runs `flush` once for any number of requests. */
export class Scheduler {
  readonly #flush: () => void;
  #requested = false;
  #lastFlush = -Infinity;

  constructor(flush: () => void) {
    this.#flush = flush;
    // A hidden page gets no animation frames, so what waits for one is shown now.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.flush();
    });
  }

  /** Asks for a flush: in a microtask, or in the next animation frame during a burst. */
  request(): void {
    if (this.#requested) return;
    this.#requested = true;
    const idle = performance.now() - this.#lastFlush > FRAME_MS;
    if (idle || document.visibilityState === "hidden") queueMicrotask(() => this.flush());
    else requestAnimationFrame(() => this.flush());
  }

  /** Flushes now when something was asked for. */
  flush(): void {
    if (!this.#requested) return;
    this.#requested = false;
    this.#lastFlush = performance.now();
    this.#flush();
  }
}
