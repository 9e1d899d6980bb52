/**
 * The plugins of Tailwind that configurations may name.
 */
import aspectRatio from "@tailwindcss/aspect-ratio";
import forms from "@tailwindcss/forms";
import typography from "@tailwindcss/typography";
import type { Config } from "tailwindcss";

export type Plugin = NonNullable<Config["plugins"]>[number];

const PLUGINS: Record<string, Plugin> = {
  "@tailwindcss/aspect-ratio": aspectRatio,
  "@tailwindcss/forms": forms,
  "@tailwindcss/typography": typography,
};

/** Plugins whose classes have become Tailwind's own. */
const BUILT_IN = ["@tailwindcss/container-queries", "@tailwindcss/line-clamp"];

/** The names that `plugin` knows. */
export const KNOWN = [...Object.keys(PLUGINS), ...BUILT_IN];

/** The plugin of an npm package, whatever version is named. */
export function plugin(specifier: string): Plugin | undefined {
  const name = withoutVersion(specifier);
  return BUILT_IN.includes(name) ? NOTHING : PLUGINS[name];
}

const NOTHING: Plugin = () => {};

/** `@scope/name@1.2.3` to `@scope/name`. */
function withoutVersion(specifier: string): string {
  const at = specifier.indexOf("@", 1);
  return at < 0 ? specifier : specifier.slice(0, at);
}
