/**
 * Event handlers as page modules declare them.
 * Not here: how events reach the server (session.ts).
 */
import { isConnected } from "./runtime.ts";
import { Ticket } from "./ticket.ts";

/** What happens besides the handler. */
export interface EventOptions {
  /** Keep the browser from its own reaction. */
  prevent?: boolean;
  /** Keep the event from reaching elements further out. */
  stop?: boolean;
  /** At most one event in so many milliseconds; the others are dropped. */
  throttle?: number;
  /** Only when nothing came for so many milliseconds. */
  debounce?: number;
  /** Dropped while there is no connection. */
  temporal?: boolean;
}

/** Any event handler; gives the last event sent, for `controlled`. */
export type Handler = (...args: never[]) => unknown;

/** An event handler with the options applied. It keeps its identity: make it once. */
export function event(handler: Handler, options: EventOptions = {}): Handler {
  const call = handler as (...args: unknown[]) => unknown;
  const limited = limit(call, options);
  return (...args: unknown[]) => {
    const [first] = args as [Partial<Event>?];
    if (options.prevent) first?.preventDefault?.();
    if (options.stop) first?.stopPropagation?.();
    if (options.temporal && !isConnected()) return undefined;
    return limited(...args);
  };
}

type AnyFunction = (...args: unknown[]) => unknown;

function limit(call: AnyFunction, { throttle, debounce }: EventOptions): AnyFunction {
  const rare = throttle ? throttled(call, throttle) : call;
  return debounce ? debounced(rare, debounce) : rare;
}

function throttled(call: AnyFunction, interval: number): AnyFunction {
  let last = -Infinity;
  let result: unknown;
  return (...args) => {
    const time = performance.now();
    if (time - last < interval) return result;
    last = time;
    result = call(...args);
    return result;
  };
}

function debounced(call: AnyFunction, wait: number): AnyFunction {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ticket: Ticket | null = null;
  return (...args) => {
    clearTimeout(timer);
    const current = (ticket ??= new Ticket());
    timer = setTimeout(() => {
      ticket = null;
      current.resolve(call(...args));
    }, wait);
    return current;
  };
}
