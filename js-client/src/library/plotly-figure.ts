/**
 * Figures as Plotly takes them: traces, layout and template of what an app gives, and what of an
 * event's points an app is told. Free of Plotly, which is large.
 */

/** A dictionary of options. */
export type Tree = { readonly [name: string]: unknown };

/** A figure that Plotly may change as it draws. */
export interface Figure extends Record<string, unknown> {
  data: unknown[];
  layout: Tree;
}

/** The figure with its layout and template under those given beside it. */
export function figureOf(
  given: unknown,
  layout: Tree | undefined,
  template: Tree | undefined,
  mode: "light" | "dark",
): Figure {
  const figure = (Array.isArray(given) ? { data: given } : (given ?? {})) as Tree;
  const own = merged(tree(figure["layout"]), titled(tree(layout)));
  const looks = { template: merged(tree(own["template"]), template ?? TEMPLATES[mode]) };
  const whole = { ...figure, data: figure["data"] ?? [], layout: merged(own, looks) };
  return structuredClone(whole) as Figure;
}

/** A title that is a text becomes Plotly's form of it. */
function titled(layout: Tree): Tree {
  const { title } = layout;
  return typeof title === "string" ? { ...layout, title: { text: title } } : layout;
}

/** The dictionaries joined, level by level; the second wins. */
function merged(one: Tree, other: Tree): Tree {
  const joined: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const both = isTree(joined[name]) && isTree(value);
    joined[name] = both ? merged(joined[name] as Tree, value) : value;
  }
  return joined;
}

function tree(value: unknown): Tree {
  return isTree(value) ? value : {};
}

function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Options with the locale, which Plotly knows by a name with a hyphen. */
export function withLocale(config: Tree | undefined, locale: string | undefined): Tree {
  const name = locale?.trim().replaceAll("_", "-");
  return name ? { ...config, locale: name } : { ...config };
}

/** The fields of a point that an app is told. */
const FIELDS = [
  ["x", "x"],
  ["y", "y"],
  ["z", "z"],
  ["lat", "lat"],
  ["lon", "lon"],
  ["curveNumber", "curveNumber"],
  ["pointNumber", "pointNumber"],
  ["pointNumbers", "pointNumbers"],
  ["pointIndex", "pointIndex"],
  ["markerColor", "marker.color"],
  ["markerSize", "marker.size"],
  ["bbox", "bbox"],
] as const;

/** An event's points as data. */
export function pointsOf(points: readonly Tree[] | undefined): Tree[] {
  return (points ?? []).map((point) => {
    const known = FIELDS.map(([name, from]) => [name, point[from]] as const);
    return Object.fromEntries(known.filter(([, value]) => value !== undefined));
  });
}

const AXIS = { automargin: true, zerolinewidth: 2 };

function template(paper: string, plot: string, text: string, grid: string): Tree {
  const axis = { ...AXIS, gridcolor: grid, linecolor: grid, zerolinecolor: grid };
  const plane = { backgroundcolor: plot, gridcolor: grid, zerolinecolor: grid, showbackground: true };
  return {
    layout: {
      paper_bgcolor: paper,
      plot_bgcolor: plot,
      font: { color: text },
      colorway: ["#636efa", "#ef553b", "#00cc96", "#ab63fa", "#ffa15a", "#19d3f3", "#ff6692"],
      hovermode: "closest",
      xaxis: axis,
      yaxis: axis,
      scene: { xaxis: plane, yaxis: plane, zaxis: plane },
      polar: { bgcolor: plot, angularaxis: axis, radialaxis: axis },
      geo: { bgcolor: paper, landcolor: plot, lakecolor: paper, subunitcolor: grid },
    },
  };
}

/** What charts look like that do not say so themselves. */
const TEMPLATES = {
  light: template("#ffffff", "#e5ecf6", "#2a3f5f", "#ffffff"),
  dark: template("#111111", "#111111", "#f2f5fa", "#283442"),
};
