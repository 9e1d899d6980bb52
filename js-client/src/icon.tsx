/**
 * Icons drawn from the lines that the page module carries.
 */
import { type ComponentProps, createElement, type ReactNode } from "react";

/** The lines of an icon: SVG elements with their attributes. */
export type IconNodes = readonly (readonly [string, Record<string, string | number>])[];

/** What an icon takes besides the attributes of an `svg`. */
export type IconProps = ComponentProps<"svg"> & { size?: number | string };

/** A component that draws the icon, in the manner of lucide's own. */
export function icon(name: string, nodes: IconNodes): (props: IconProps) => ReactNode {
  const kebab = name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
  const lines = nodes.map(([tag, attributes], index) =>
    createElement(tag, { ...attributes, key: index }),
  );
  return function Icon({ size = 24, color = "currentColor", className, ...rest }: IconProps) {
    return (
      <svg
        xmlns="http://www.w3.org/2000/svg"
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke={color}
        strokeWidth={2}
        strokeLinecap="round"
        strokeLinejoin="round"
        className={["lucide", `lucide-${kebab}`, className].filter(Boolean).join(" ")}
        aria-hidden={rest["aria-label"] || rest.role ? undefined : true}
        {...rest}
      >
        {lines}
      </svg>
    );
  };
}
