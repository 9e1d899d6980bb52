/**
 * Loops over lists in memoised blocks, so that a changed row costs a block and not the list.
 */
import { Fragment, memo, type ReactNode, useMemo, useRef } from "react";

import { iterate } from "./python.ts";
import { readStored } from "./storage.ts";
import { sameValues, type Select, type State, useValues } from "./store.ts";

/** Rows of a block: a change compares the blocks of a list, and the rows of one block. */
const BLOCK_ROWS = 100;

/** Makes one row of its item, its position and the outer values. */
export type Row = (item: never, index: number, outer: readonly unknown[]) => ReactNode;

/** What identifies a row when rows move. */
export type Key = (item: never, index: number) => unknown;

/** A loop at the top level of a page. */
export interface EachOptions {
  /** The substates read, and what is looped over. */
  of: readonly [readonly number[], ($: State) => unknown];
  /** The substates read, and the other values that a row reads. */
  outer?: readonly [readonly number[], Select<readonly unknown[]>];
  row: Row;
  key?: Key;
}

/** A component that loops over a value of the state. */
export function each({ of, outer, row, key }: EachOptions): () => ReactNode {
  const [substates, select] = of;
  const [outerSubstates, selectOuter] = outer ?? NO_OUTER;
  return function Loop() {
    const [iterable] = useValues(substates, ($) => [select($)]);
    const values = useValues(outerSubstates, selectOuter);
    return <Rows iterable={iterable} outer={values} row={row} keyOf={key} />;
  };
}

/** A loop inside a row of another one. `row` may read the outer row's names. */
export function Each(props: { items: unknown; row: Row; keyOf?: Key }): ReactNode {
  return <Rows iterable={props.items} outer={NO_VALUES} row={props.row} keyOf={props.keyOf} />;
}

const NO_VALUES: readonly unknown[] = [];
const NO_OUTER = [[], () => NO_VALUES] as const;

interface RowsProps {
  iterable: unknown;
  outer: readonly unknown[];
  row: Row;
  keyOf: Key | undefined;
}

function Rows({ iterable, outer, row, keyOf }: RowsProps): ReactNode {
  const before = useRef<readonly unknown[]>(NO_VALUES);
  const items = useMemo(() => keepPairs(before.current, iterable), [iterable]);
  before.current = items;
  const blocks: ReactNode[] = [];
  for (let start = 0; start < items.length; start += BLOCK_ROWS) {
    const props = { items, start, outer, row, keyOf };
    blocks.push(<Block key={start} {...props} />);
  }
  return blocks;
}

/** The items; of a dictionary the pairs that did not change keep their identity. */
function keepPairs(before: readonly unknown[], iterable: unknown): readonly unknown[] {
  const items = iterate(iterable);
  if (items === iterable) return items;
  return items.map((pair, index) => {
    const last = before[index];
    const same = Array.isArray(pair) && Array.isArray(last) && sameValues(pair, last);
    return same ? last : pair;
  });
}

/** Whether each rendering of a block leaves a mark, for profiles and tests. */
const TRACED = readStored("local", "ferroflex_trace") === "1";

interface BlockProps {
  items: readonly unknown[];
  start: number;
  outer: readonly unknown[];
  row: Row;
  keyOf: Key | undefined;
}

const Block = memo(function Block({ items, start, outer, row, keyOf }: BlockProps): ReactNode {
  if (TRACED) performance.mark("ferroflex:block");
  return items.slice(start, start + BLOCK_ROWS).map((item, offset) => {
    const index = start + offset;
    const key = keyOf ? String(keyOf(item as never, index)) : index;
    return <MemoRow key={key} item={item} index={index} outer={outer} row={row} />;
  });
}, sameBlock);

function sameBlock(before: BlockProps, after: BlockProps): boolean {
  if (before.row !== after.row || !sameValues(before.outer, after.outer)) return false;
  if (before.items === after.items) return true;
  const end = after.start + BLOCK_ROWS;
  if (Math.min(before.items.length, end) !== Math.min(after.items.length, end)) return false;
  for (let index = after.start; index < Math.min(after.items.length, end); index += 1) {
    if (!Object.is(before.items[index], after.items[index])) return false;
  }
  return true;
}

interface MemoRowProps {
  item: unknown;
  index: number;
  outer: readonly unknown[];
  row: Row;
}

const MemoRow = memo(function MemoRow({ item, index, outer, row }: MemoRowProps): ReactNode {
  return <Fragment>{row(item as never, index, outer)}</Fragment>;
});
