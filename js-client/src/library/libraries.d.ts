/** Modules that come without types, and those that the build makes. */

declare module "plotly.js" {
  const plotly: unknown;
  export default plotly;
}

declare module "plotly.js-basic-dist-min" {
  const plotly: unknown;
  export default plotly;
}

declare module "virtual:icons" {
  import type { IconNodes } from "../icon.tsx";

  /** Loads the icons of each shard (icon-shards.ts). */
  export const shards: readonly (() => Promise<{ default: Record<string, IconNodes> }>)[];
}
