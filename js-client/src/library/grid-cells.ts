/**
 * A grid's cells: rows and columns as an app gives them to what Glide Data Grid draws.
 * Free of Glide, so that it is tested without a canvas.
 */

/** A column with its defaults. */
export interface Column {
  title: string;
  id: string;
  /** `str`, `int`, `float`, `bool`, `image`, `datetime`, `dropdown`. */
  type: string;
  editable?: boolean;
  [option: string]: unknown;
}

/** A column as it was given, or its title, with the defaults. Options that are null are not set. */
export function columnOf(given: string | Partial<Column>): Column {
  const options = typeof given === "string" ? { title: given } : given;
  const set = Object.entries(options).filter(([, value]) => value !== null);
  const title = String(options.title ?? "");
  return { type: "str", id: title.toLowerCase(), ...Object.fromEntries(set), title };
}

/** What stands in a cell, in Glide's form. Rows are lists, or dictionaries by the columns' ids. */
export function cellAt(
  data: readonly unknown[],
  columns: readonly Column[],
  column: number,
  row: number,
): Record<string, unknown> {
  const at = columns[column];
  if (!at || row >= data.length) return { kind: "loading", allowOverlay: false };
  const values = data[row] as Record<string | number, unknown> | null;
  return cell(values?.[Array.isArray(values) ? column : at.id], at);
}

function cell(value: unknown, { type, editable = true }: Column): Record<string, unknown> {
  const shown = value === null || value === undefined ? "" : String(value);
  const access = { readonly: !editable, allowOverlay: editable };
  switch (type) {
    case "int":
    case "float":
      return { kind: "number", data: value ?? undefined, displayData: shown, ...access };
    case "bool":
      return { kind: "boolean", data: value ?? undefined, readonly: !editable, allowOverlay: false };
    case "image": {
      const data = Array.isArray(value) ? value : value ? [value] : [];
      return { kind: "image", data, allowAdd: false, readonly: !editable, allowOverlay: true };
    }
    default:
      return { kind: "text", data: shown, displayData: shown, ...access };
  }
}
