/**
 * Glide Data Grid with what Reflex's data editor adds: cells made of rows and columns, a theme that
 * follows the page's, selections as data. Not here: when it is loaded (grid.tsx).
 */
import {
  CompactSelection,
  DataEditor,
  type DataEditorProps,
  type GridCell,
  type GridSelection,
} from "@glideapps/glide-data-grid";
import glideStyles from "@glideapps/glide-data-grid/dist/index.css?inline";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import carousel from "react-responsive-carousel/lib/styles/carousel.min.css?inline";

import { colorMode } from "../color.ts";
import { cellAt, type Column, columnOf } from "./grid-cells.ts";
import { pageTheme } from "./grid-theme.ts";
import { addStylesheet } from "./stylesheet.ts";

// A grid is as high as its rows, and no higher than the box around it where that has a height.
const IN_BOX = "ferroflex-grid";

addStylesheet("glide-data-grid", `${glideStyles}${carousel}.${IN_BOX}{max-height:100%}`);

/** What a grid is given: Glide's props, but for those below. */
export interface GridProps extends Record<string, unknown> {
  columns?: readonly (string | Partial<Column>)[];
  data?: readonly unknown[];
  rows?: number;
  theme?: Record<string, unknown>;
  gridSelection?: SelectionData;
}

/** A selection as JSON has it. */
export interface SelectionData {
  current?: GridSelection["current"] | null;
  columns?: { items?: readonly (readonly [number, number])[] };
  rows?: { items?: readonly (readonly [number, number])[] };
}

type Handler = (given: readonly unknown[]) => void;

/** The spreadsheet. */
export default function Glide(props: GridProps): ReactNode {
  const { columns = [], data = [], rows, theme, gridSelection, ...rest } = props;
  const mode = colorMode();
  const known = useMemo(() => columns.map(columnOf), [columns]);
  const content = useCallback(
    ([column, row]: readonly [number, number]) => cellAt(data, known, column, row) as unknown as GridCell,
    [data, known],
  );
  const colors = useMemo(() => ({ ...pageTheme(themed()), ...theme }), [mode, theme]);
  const selection = useSelection(gridSelection, rest["onGridSelectionChange"] as Handler);
  ensurePortal();
  return (
    <DataEditor
      width="100%"
      className={IN_BOX}
      {...(withLists(rest) as Partial<DataEditorProps>)}
      {...selection}
      columns={known as never}
      rows={rows ?? data.length}
      getCellContent={content}
      theme={colors}
    />
  );
}

/** A selection that the page holds, or else one of the grid's own. */
function useSelection(given: SelectionData | undefined, told: Handler | undefined) {
  const [own, setOwn] = useState<GridSelection>();
  const held = useMemo(() => given && selectionOf(given), [given]);
  if (!held && !told) return {};
  const onGridSelectionChange = (selection: GridSelection) => {
    setOwn(selection);
    told?.([selection]);
  };
  const shown = held ?? own;
  return { ...(shown && { gridSelection: shown }), onGridSelectionChange };
}

/** The selection that some data describe. */
export function selectionOf({ current, columns, rows }: SelectionData): GridSelection {
  const compact = (items: readonly (readonly [number, number])[] = []) =>
    items.reduce((all, [start, end]) => all.add([start, end]), CompactSelection.empty());
  const base = { columns: compact(columns?.items), rows: compact(rows?.items) };
  return current ? { ...base, current } : base;
}

/** Handlers are given all that the grid tells in one list. */
function withLists(props: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(props).map(([name, value]) => {
    const isHandler = /^on[A-Z]/.test(name) && typeof value === "function";
    return [name, isHandler ? (...told: unknown[]) => (value as Handler)(told) : value];
  });
  return Object.fromEntries(entries);
}

/** The element that has the theme's colours. */
function themed(): Element {
  return document.querySelector(".radix-themes") ?? document.documentElement;
}

/** Where the grid shows what is being edited: above everything, outside the page's own tree. */
function ensurePortal(): void {
  if (document.getElementById("portal")) return;
  const portal = document.createElement("div");
  portal.id = "portal";
  Object.assign(portal.style, { position: "fixed", left: "0", top: "0", zIndex: "9999" });
  document.body.append(portal);
}
