/**
 * Applies operations to a substate, copying what changes and sharing the rest.
 * Not here: who is told of the change (store.ts).
 */
import type { Operation, Path, Value } from "./wire.ts";

/** A substate: the values of its fields, by number. */
export type Substate = readonly Value[];

type Container = Value[] | Record<string, Value>;

/**
 * The substate after the operations. Nothing of `substate` is changed, and every container on the
 * way to a change is copied once a batch, however many operations touch it.
 * Throws when a path leads nowhere.
 */
export function applyOperations(substate: Substate, operations: Iterable<Operation>): Substate {
  const batch = new Batch(substate);
  for (const operation of operations) batch.apply(operation);
  return batch.root;
}

class Batch {
  root: Value[];
  /** The containers that this batch made and so may write to. */
  readonly #own = new Set<Container>();

  constructor(substate: Substate) {
    this.root = this.#copy(substate) as Value[];
  }

  apply(operation: Operation): void {
    switch (operation[0]) {
      case "s":
        return this.#set(operation[1], operation[2]);
      case "d":
        return this.#delete(operation[1]);
      case "p":
        return splice(this.#list(operation[1]), operation[2], operation[3], operation[4]);
      case "m":
        return move(this.#list(operation[1]), operation[2], operation[3], operation[4]);
      case "a":
        return this.#append(operation[1], operation[2]);
      default:
        throw new TypeError(`no operation is called ${JSON.stringify(operation[0])}`);
    }
  }

  #set(path: Path, value: Value): void {
    write(this.#parent(path), last(path), value);
  }

  #delete(path: Path): void {
    const parent = this.#parent(path);
    if (Array.isArray(parent)) throw new TypeError(`a key is deleted from a list at ${path}`);
    delete parent[last(path)];
  }

  #append(path: Path, text: string): void {
    const parent = this.#parent(path);
    const before = read(parent, last(path));
    if (typeof before !== "string") throw new TypeError(`text is appended to no text at ${path}`);
    write(parent, last(path), before + text);
  }

  #list(path: Path): Value[] {
    const list = this.#container(path, path.length);
    if (!Array.isArray(list)) throw new TypeError(`there is no list at ${path}`);
    return list;
  }

  #parent(path: Path): Container {
    return this.#container(path, path.length - 1);
  }

  /** The container that the first `length` steps lead to, made writable on the way. */
  #container(path: Path, length: number): Container {
    let container: Container = this.root;
    for (let position = 0; position < length; position += 1) {
      const step = path[position] as number | string;
      const next: Container = this.#copy(read(container, step));
      write(container, step, next);
      container = next;
    }
    return container;
  }

  #copy(value: Value | undefined): Container {
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) {
      throw new TypeError("a path of a patch leads through a value that holds nothing");
    }
    if (this.#own.has(value as Container)) return value as Container;
    const copy: Container = Array.isArray(value) ? value.slice() : { ...(value as object) };
    this.#own.add(copy);
    return copy;
  }
}

function last(path: Path): number | string {
  const step = path[path.length - 1];
  if (step === undefined) throw new TypeError("the path of a patch is empty");
  return step;
}

function read(container: Container, step: number | string): Value | undefined {
  return Object.hasOwn(container, step) ? (container as never)[step] : undefined;
}

function write(container: Container, step: number | string, value: Value): void {
  if (step === "__proto__") {
    // Assigning would set the prototype instead of adding the key.
    const attributes = { configurable: true, enumerable: true, writable: true };
    Object.defineProperty(container, step, { ...attributes, value });
  } else {
    (container as Record<number | string, Value>)[step] = value;
  }
}

/** Runs longer than this are inserted by concatenation: arguments stand on the stack. */
const SPREAD_LIMIT = 10_000;

function splice(list: Value[], index: number, remove: number, values: readonly Value[]): void {
  if (values.length <= SPREAD_LIMIT) {
    list.splice(index, remove, ...values);
    return;
  }
  const tail = list.slice(index + remove);
  list.length = index;
  for (const value of values) list.push(value);
  for (const value of tail) list.push(value);
}

function move(list: Value[], from: number, count: number, to: number): void {
  splice(list, to, 0, list.splice(from, count));
}
