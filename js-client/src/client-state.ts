/**
 * Client states: values by name that the page alone has, and of which no server hears unless it
 * asks. They stand in the substate that is the browser's own, so that pages read them as any other.
 */
import { store } from "./store.ts";
import type { Value } from "./wire.ts";

/** The field of the browser's own substate that has them. */
const CLIENT = 1;

type Values = { readonly [name: string]: Value };

/** Gives a client state a value, which every place that reads it shows at once. */
export function setClientState(name: string, value: Value | undefined): void {
  const values = store.own[CLIENT] as Values;
  store.setOwn(CLIENT, { ...values, [name]: value ?? null });
  store.notify();
}

/** The value of a client state; `starting` where none was set. */
export function clientState(name: string, starting: unknown): unknown {
  const values = store.own[CLIENT] as Values;
  return Object.hasOwn(values, name) ? values[name] : starting;
}
