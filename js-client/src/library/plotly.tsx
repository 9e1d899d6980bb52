/**
 * The module `@ferroflex/plotly`: Plotly's charts. The library, which is large, is loaded with the
 * first chart that is shown: one edition for every kind of chart, and the basic one for those that
 * ask for it. Both do without evaluating text, as the page's policy demands.
 */
import {
  type ComponentType,
  type CSSProperties,
  lazy,
  memo,
  type ReactNode,
  useMemo,
} from "react";
import plotComponentFactory from "react-plotly.js/factory";

import { colorMode } from "../color.ts";
import { Later } from "../later.tsx";
import { figureOf, pointsOf, type Tree, withLocale } from "./plotly-figure.ts";

/** What a chart is given; anything else goes to Plotly's component as it is. */
export interface PlotProps extends Record<string, unknown> {
  /** A figure (`{data, layout, frames}`), or a list of traces. */
  data?: unknown;
  layout?: Tree;
  template?: Tree;
  config?: Tree;
  locale?: string;
  useResizeHandler?: boolean;
  id?: string;
  className?: string;
  style?: CSSProperties;
}

type Edition = { default: unknown };
type Handler = (points: unknown) => void;

/** The chart that one edition of Plotly draws. */
function chart(edition: () => Promise<Edition>): (props: PlotProps) => ReactNode {
  const Drawn = lazy(async () => {
    const component = plotComponentFactory((await edition()).default as never);
    return { default: component as unknown as ComponentType<Record<string, unknown>> };
  });
  function Chart(props: PlotProps): ReactNode {
    const { data, layout, template, config, locale, id, useResizeHandler = true, ...rest } = props;
    const mode = colorMode();
    const figure = useMemo(
      () => figureOf(data, layout, template, mode),
      [data, layout, template, mode],
    );
    const settings = useMemo(() => withLocale(config, locale), [config, locale]);
    return (
      <Drawn
        {...withPoints(rest)}
        {...figure}
        {...(id !== undefined && { divId: id })}
        config={settings}
        useResizeHandler={useResizeHandler}
      />
    );
  }
  return memo(function LaterChart(props: PlotProps): ReactNode {
    const { id, className, style } = props;
    return (
      <Later fallback={<div id={id} className={className} style={style} />}>
        <Chart {...props} />
      </Later>
    );
  });
}

/** Triggers that tell of points. */
const OF_POINTS = ["onClick", "onHover", "onSelected", "onSelecting", "onUnhover"];

function withPoints(props: Record<string, unknown>): Record<string, unknown> {
  const wrapped = { ...props };
  for (const name of OF_POINTS) {
    const handler = props[name] as Handler | undefined;
    if (handler) wrapped[name] = (event?: { points?: never }) => handler(pointsOf(event?.points));
  }
  return wrapped;
}

/** Every kind of chart. */
export const Plot = chart(() => import("plotly.js"));

/** The basic kinds: bars, lines, points, pies. */
export const BasicPlot = chart(() => import("plotly.js-basic-dist-min"));
