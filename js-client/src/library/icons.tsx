/**
 * The module `@ferroflex/icons`: icons by names that only the state knows. Their lines are loaded
 * when they are first shown; until then an empty icon keeps their room. Icons whose names are
 * written out in an app are carried by its pages (icon.tsx).
 */
import { type ReactNode, useSyncExternalStore } from "react";
import { shards } from "virtual:icons";

import { icon, type IconNodes, type IconProps } from "../icon.tsx";
import { shardOf } from "./icon-shards.ts";

/** What an icon by name takes: the name of an icon, in either spelling. */
export type NamedIconProps = Omit<IconProps, "name"> & { name?: unknown };

type Drawn = ReturnType<typeof icon>;

/** The icon that stands for a name that no icon has. */
const UNKNOWN = "circle-help";

const EMPTY: Drawn = icon("", []);
const loaded = new Map<number, Record<string, IconNodes>>();
const drawn = new Map<string, Drawn>();
const asked = new Set<number>();
const listeners = new Set<() => void>();

/** The icon of that name, in either spelling. */
export function NamedIcon({ name, ...props }: NamedIconProps): ReactNode {
  const kebab = String(name ?? "").toLowerCase().replaceAll("_", "-");
  const Drawing = useSyncExternalStore(subscribe, () => drawing(kebab), () => EMPTY);
  return <Drawing {...props} />;
}

/** What is shown for a name at this moment; asks for what is missing. */
function drawing(name: string): Drawn {
  const lines = linesOf(name);
  if (lines === undefined) return EMPTY;
  if (lines === null) return name === UNKNOWN ? EMPTY : drawing(UNKNOWN);
  const known = drawn.get(name) ?? icon(name, lines);
  drawn.set(name, known);
  return known;
}

/** An icon's lines: null when there is no such icon, undefined when that is not known yet. */
function linesOf(name: string): IconNodes | null | undefined {
  const number = shardOf(name);
  const shard = loaded.get(number);
  if (!shard) void load(number);
  return shard && (Object.hasOwn(shard, name) ? shard[name] : null);
}

async function load(number: number): Promise<void> {
  if (asked.has(number)) return;
  asked.add(number);
  try {
    loaded.set(number, (await shards[number]?.())?.default ?? {});
  } catch (error) {
    // Asked for again with the next icon that is shown.
    asked.delete(number);
    console.error("ferroflex: icons could not be loaded", error);
    return;
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
