/**
 * The state that the page shows: one slice a substate, each with its own subscribers.
 * Not here: where changes come from (session.ts) and when they are shown (schedule.ts).
 */
import { useCallback, useRef, useState, useSyncExternalStore } from "react";

import { applyOperations, type Substate } from "./patch.ts";
import type { Operation, SubstatePatch, Value } from "./wire.ts";

/** The array of substates, which generated code calls `$`. */
export type State = readonly Substate[];

/** Reads values out of the state. */
export type Select<Values extends readonly unknown[]> = ($: State) => Values;

type Listener = () => void;

/** What the browser alone knows at first: a value a field. */
const NOTHING_OWN: Substate = [{}, {}];

/** Holds the substates; changes are visible at once, subscribers hear of them at `notify`. */
export class Store {
  #slices: Substate[] = [];
  #initial: State = [];
  /**
   * The last of them, which is no server's: the names of the files chosen, by upload, and the
   * values of client states, by name.
   */
  #own: Substate = NOTHING_OWN;
  readonly #listeners: Set<Listener>[] = [];
  readonly #changed = new Set<number>();

  /** The state at this moment. */
  get state(): State {
    return this.#slices;
  }

  /** The state that the page began with, which the server rendered. */
  get initial(): State {
    return this.#initial;
  }

  /** Begins with a state; what was there before is gone, the browser's own part too. */
  begin(state: readonly (readonly Value[])[]): void {
    this.#own = NOTHING_OWN;
    this.replace(state);
    this.#initial = this.#slices;
  }

  /** Replaces everything that the server knows. */
  replace(state: readonly (readonly Value[])[]): void {
    this.#slices = [...state, this.#own];
    state.forEach((_, substate) => this.#changed.add(substate));
  }

  /** Applies the patches of a frame: all of them, or none when one cannot be applied. */
  apply(patches: readonly SubstatePatch[]): void {
    const slices = [...this.#slices];
    for (const [substate, ...operations] of patches) {
      const slice = slices[substate];
      if (!slice) throw new TypeError(`there is no substate ${substate}`);
      slices[substate] = applyOperations(slice, operations as Operation[]);
    }
    this.#slices = slices;
    for (const [substate] of patches) this.#changed.add(substate);
  }

  /** What the browser alone knows: the substate after the server's last one. */
  get own(): Substate {
    return this.#own;
  }

  /** Replaces a field of what the browser alone knows. */
  setOwn(field: number, value: Value): void {
    const last = Math.max(this.#slices.length - 1, 0);
    this.#own = this.#own.map((other, number) => (number === field ? value : other));
    this.#slices = [...this.#slices.slice(0, last), this.#own];
    this.#changed.add(last);
  }

  /** Calls `listener` when one of the substates changed; gives what ends that. */
  subscribe(substates: readonly number[], listener: Listener): () => void {
    for (const substate of substates) this.#listenersOf(substate).add(listener);
    return () => {
      for (const substate of substates) this.#listenersOf(substate).delete(listener);
    };
  }

  /** Tells the subscribers of every substate that changed since the last call, each once. */
  notify(): void {
    const listeners = new Set<Listener>();
    for (const substate of this.#changed) {
      for (const listener of this.#listenersOf(substate)) listeners.add(listener);
    }
    this.#changed.clear();
    for (const listener of listeners) listener();
  }

  #listenersOf(substate: number): Set<Listener> {
    return (this.#listeners[substate] ??= new Set());
  }
}

/** The page's store. */
export const store = new Store();

/** The state at this moment, read without subscribing. */
export function now(): State {
  return store.state;
}

/**
 * The selected values; the component renders again only when one of them changed (`Object.is`).
 * `select` runs when one of the substates changed and when the component renders.
 */
export function useValues<const Values extends readonly unknown[]>(
  substates: readonly number[],
  select: Select<Values>,
): Values {
  const [numbers] = useState(substates);
  const subscribe = useCallback(
    (listener: Listener) => store.subscribe(numbers, listener),
    [numbers],
  );
  const selection = useRef<Selection<Values> | null>(null);
  selection.current ??= new Selection(numbers);
  const read = (state: State) => (selection.current as Selection<Values>).read(select, state);
  // Patches may come before the browser has taken over all of what the server rendered.
  return useSyncExternalStore(
    subscribe,
    () => read(store.state),
    () => read(store.initial),
  );
}

/** The last values selected, and what they were selected from. */
class Selection<Values extends readonly unknown[]> {
  readonly #substates: readonly number[];
  #slices: readonly (Substate | undefined)[] = [];
  #select: Select<Values> | null = null;
  #values: Values | null = null;

  constructor(substates: readonly number[]) {
    this.#substates = substates;
  }

  read(select: Select<Values>, state: State): Values {
    if (this.#values && this.#select === select && this.#unchanged(state)) return this.#values;
    const values = select(state);
    this.#slices = this.#substates.map((substate) => state[substate]);
    this.#select = select;
    if (!this.#values || !sameValues(this.#values, values)) this.#values = values;
    return this.#values;
  }

  #unchanged(state: State): boolean {
    return this.#substates.every((substate, index) => state[substate] === this.#slices[index]);
  }
}

/** Whether two arrays hold the same values (`Object.is`) in the same order. */
export function sameValues(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => Object.is(value, other[index]));
}
