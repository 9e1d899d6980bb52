/**
 * The module `@ferroflex/progress`: Radix's primitive progress bar with a colour and a length. Not
 * here: `rx.progress`, which is that of Radix Themes.
 */
import { Indicator, Root } from "@radix-ui/react-progress";
import type { ComponentProps, ReactNode } from "react";

/** The frame. */
export function ProgressRoot(props: ComponentProps<typeof Root> & { radius?: string }): ReactNode {
  const { radius, ...rest } = props;
  return <Root data-radius={radius} {...rest} />;
}

type IndicatorProps = Omit<ComponentProps<typeof Indicator>, "color"> & {
  colorScheme?: string;
  value?: number | null;
  max?: number;
};

/** What fills the frame, as far as `value` is of `max`. */
export function ProgressIndicator(props: IndicatorProps): ReactNode {
  const { colorScheme, value, max = 100, style, ...rest } = props;
  const transform = `translateX(${((value ?? 0) / max) * 100 - 100}%)`;
  return <Indicator data-accent-color={colorScheme} style={{ transform, ...style }} {...rest} />;
}
