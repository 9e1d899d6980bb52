/**
 * Lists gone through item by item with a function, as Python's `map`, `filter` and `reduce` do.
 */
import { elements } from "./container.ts";

/** `[give(item) for item in list]`. */
export function map(list: unknown, give: (item: never) => unknown): unknown[] {
  return elements(list).map((item) => give(item as never));
}

/** `[item for item in list if keep(item)]`; `keep` gives a truth of JavaScript's. */
export function filter(list: unknown, keep: (item: never) => unknown): unknown[] {
  return elements(list).filter((item) => keep(item as never));
}

/** `[part for item in list for part in give(item)]`. */
export function flatMap(list: unknown, give: (item: never) => unknown): unknown[] {
  return elements(list).flatMap((item) => elements(give(item as never)));
}

/** `functools.reduce(give, list, initial)`; nothing at all gives null. */
export function reduce(
  list: unknown,
  give: (total: never, item: never) => unknown,
  ...initial: [] | [unknown]
): unknown {
  const [first = null, ...rest] = [...initial, ...elements(list)];
  return rest.reduce((total, item) => give(total as never, item as never), first);
}
