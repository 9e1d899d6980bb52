/**
 * The module `@ferroflex/table`: Grid.js, a table that the user can search, sort and turn the pages
 * of. Not here: the table whose rows are components (`rx.table`).
 */
import { type Config, Grid } from "gridjs";
import mermaid from "gridjs/dist/theme/mermaid.min.css?inline";
import { memo, type ReactNode, useEffect, useMemo, useRef } from "react";

import { addStylesheet } from "./stylesheet.ts";
import own from "./table.css?inline";

addStylesheet("gridjs", `${mermaid}${own}`);

/** What a table is given; anything else belongs to the element around it. */
export interface DataTableProps {
  /** Lists, dictionaries, or a data frame: `{columns, data}`. */
  data?: unknown;
  columns?: unknown;
  search?: boolean;
  sort?: boolean;
  resizable?: boolean;
  pagination?: boolean | Record<string, unknown>;
  [attribute: string]: unknown;
}

/** A table; drawn again only when one of its props changed. */
export const DataTable = memo(function DataTable(props: DataTableProps): ReactNode {
  const { data, columns, search, sort, resizable, pagination, className, ...rest } = props;
  const options = { search, sort, resizable, pagination };
  const shape = JSON.stringify([columns, options]);
  const drawn = useMemo(() => {
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    return { ...contentOf(data, columns), ...Object.fromEntries(given) };
  }, [data, shape]);
  const element = useDrawn(drawn);
  return (
    <div {...rest} className={["rx-DataTable", className].filter(Boolean).join(" ")}>
      <div ref={element} />
    </div>
  );
});

/** The element in which Grid.js draws, anew for each content. */
function useDrawn(content: Partial<Config>) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const grid = new Grid(content);
    processWhole(grid.config.pipeline);
    grid.render(element.current as Element);
    return () => grid.destroy();
  }, [content]);
  return element;
}

/**
 * Lets all of a table's steps (search, sort, pages) be run through each time. Grid.js keeps what
 * each gave, and has nothing of one that was added while the others ran: then it fails.
 */
function processWhole(pipeline: Config["pipeline"]): void {
  const process = pipeline.process.bind(pipeline);
  pipeline.process = (data) => {
    pipeline.clearCache();
    return process(data);
  };
}

type Row = readonly unknown[] | Record<string, unknown>;

/** Rows and columns as Grid.js has them. */
function contentOf(data: unknown, columns: unknown): { data: never; columns: never } {
  if (isFrame(data)) return { data: data.data as never, columns: data.columns as never };
  const rows = (Array.isArray(data) ? data : []) as Row[];
  const first = rows.find((row) => row !== null && typeof row === "object");
  const titles = (Array.isArray(columns) ? columns : []) as unknown[];
  const named = titles.map((title) => columnOf(title, first));
  return { data: rows as never, columns: named as never };
}

function isFrame(data: unknown): data is { columns: unknown[]; data: unknown[][] } {
  return data !== null && typeof data === "object" && "columns" in data && "data" in data;
}

/** A column by its title; of rows that are dictionaries the title is the key too. */
function columnOf(title: unknown, first: Row | undefined): unknown {
  const isKey = first && !Array.isArray(first) && typeof title === "string" && title in first;
  return isKey ? { id: title, name: title } : title;
}
