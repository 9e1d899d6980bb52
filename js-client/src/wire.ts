/**
 * The messages of the wire protocol (host/session/PROTOCOL.md) and their JSON text.
 * Not here: when they are sent and what they cause (session.ts).
 */

/** A value of the state as the browser holds it. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Value[]
  | { readonly [key: string]: Value };

/** The way from a substate down to a value: a field's number, then positions and keys. */
export type Path = readonly (number | string)[];

/** One change of a substate. */
export type Operation =
  | readonly ["s", Path, Value]
  | readonly ["d", Path]
  | readonly ["p", Path, number, number, readonly Value[]]
  | readonly ["m", Path, number, number, number]
  | readonly ["a", Path, string];

/** All operations on one substate: its number, then the operations in their order. */
export type SubstatePatch = readonly [number, ...Operation[]];

/** What the server asks the browser to do besides changing the state. */
export type Command =
  | { c: "redirect"; to: string; external?: boolean; replace?: boolean }
  | ({ c: "toast"; level?: string; message: string } & ToastOptions)
  | { c: "alert"; message: string }
  | { c: "console"; message: string }
  | { c: "set_value"; id: string; value: unknown }
  | { c: "focus"; id: string }
  | { c: "color_mode"; mode: "light" | "dark" | "system" | "toggle" };

/** What a toast may have besides its message. */
export interface ToastOptions {
  title?: string;
  description?: string;
  /** How long it stays, in milliseconds. */
  duration?: number;
  position?: string;
  id?: string;
}

export interface Hello {
  t: "hello";
  v: number;
  build: string;
  client: string;
  token: string | null;
  seq: number;
  event: number;
  base: string | null;
  route: string;
}

export interface EventMessage {
  t: "event";
  id: number;
  handler: number;
  args: readonly unknown[];
  route?: string;
  ack?: number;
}

export type ClientMessage =
  | Hello
  | EventMessage
  | { t: "ack"; seq: number }
  | { t: "ping" };

export interface StateMessage {
  t: "state";
  seq: number;
  token: string;
  event: number;
  /** Events up to this id count as acknowledged. */
  handled?: number;
  state?: Value[][];
}

export interface PatchMessage {
  t: "patch";
  seq: number;
  ops?: SubstatePatch[];
  ack?: number[];
  commands?: Command[];
}

export interface ErrorMessage {
  t: "error";
  seq?: number;
  event?: number;
  code: string;
  message: string;
  trace?: string;
}

export type ServerMessage =
  | StateMessage
  | PatchMessage
  | ErrorMessage
  | { t: "reload"; reason: string }
  | { t: "pong" };

/** The version of the protocol that this client speaks. */
export const VERSION = 1;

/** Any tagged value has this text somewhere; without it, reviving would only cost time. */
const TAG = /\{\s*"\$"\s*:/;

/**
 * Reads JSON text whose tagged values (`{"$": …}`) stand for what JSON cannot say.
 * Throws a `SyntaxError` when the text is no JSON.
 */
export function parse(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return TAG.test(text) ? revive(value) : value;
}

/** Writes a value, or a whole message, as JSON text. */
export function encode(value: unknown): string {
  return JSON.stringify(tag(value));
}

function revive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(revive);
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "$") return untag((value as { $: unknown }).$);
  return Object.fromEntries(keys.map((key) => [key, revive((value as never)[key])]));
}

function untag(tagged: unknown): unknown {
  const [kind, content] = Array.isArray(tagged) ? tagged : [];
  switch (kind) {
    case "int":
      return BigInt(content);
    case "float":
      return { nan: NaN, inf: Infinity, "-inf": -Infinity }[content as string];
    case "bytes":
      return Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    case "dict":
      return { $: revive(content.$) };
    default:
      throw new SyntaxError(`no value has the tag ${JSON.stringify(kind)}`);
  }
}

function tag(value: unknown): unknown {
  if (typeof value === "bigint") return { $: ["int", String(value)] };
  if (typeof value === "number") return Number.isFinite(value) ? value : tagFloat(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { $: ["bytes", btoa(String.fromCharCode(...value))] };
  if (Array.isArray(value)) return value.map((item) => tag(item));
  const entries = Object.entries(value).map(([key, item]) => [key, tag(item)]);
  const object: unknown = Object.fromEntries(entries);
  return entries.length === 1 && entries[0]?.[0] === "$" ? { $: ["dict", object] } : object;
}

function tagFloat(value: number): unknown {
  return { $: ["float", Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf"] };
}
