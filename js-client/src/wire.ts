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

/** Texts by field (`"2.0"`), null where the browser keeps nothing. */
export type StoredValues = Record<string, string | null>;

/** What the browser is asked to do besides changing the state; `C` is what a callback is. */
export type CommandOf<C> =
  | { c: "redirect"; to: string | null; external?: boolean; popup?: boolean; replace?: boolean }
  | { c: "back" }
  | { c: "status"; code: number }
  | ({ c: "toast"; level?: string; message?: unknown } & ToastOptions<C>)
  | { c: "toast_dismiss"; id?: string | number }
  | { c: "alert"; message: unknown }
  | { c: "console"; message: unknown }
  | { c: "set_value"; id: string; value: unknown }
  | { c: "focus"; id: string }
  | { c: "blur"; id: string }
  | { c: "scroll"; id: string; top?: boolean }
  | { c: "clipboard"; text: unknown }
  | { c: "color_mode"; mode: "light" | "dark" | "system" | "toggle" }
  | ({ c: "download" } & Download)
  | { c: "clear_files" | "cancel_upload"; upload: string }
  | ({ c: "upload" } & UploadOf<C>)
  | { c: "set_client"; name: string; value: unknown }
  | { c: "get_client"; name: string; default: unknown; callback?: C }
  | { c: "remove_cookie"; key: string; options?: Record<string, unknown> }
  | { c: "clear_storage"; area: "local" | "session" }
  | { c: "remove_storage"; area: "local" | "session"; key: string }
  | ({ c: "call_script" | "call_function" } & Script<C>);

/** What follows from a command, given its result. */
export type Callback = (result?: unknown) => unknown;

/** A command as pages write it. */
export type Command = CommandOf<Callback>;

/** What follows from a command, as the server writes it: an event or another command. */
export type Step = { handler: number; args: readonly unknown[] } | WireCommand;

/** A command as the server writes it. */
export type WireCommand = CommandOf<readonly Step[]>;

/** What a toast may have besides its message. */
export interface ToastOptions<C> {
  title?: unknown;
  description?: unknown;
  /** How long it stays, in milliseconds. */
  duration?: number;
  position?: string;
  id?: string | number;
  close_button?: boolean;
  dismissible?: boolean;
  invert?: boolean;
  unstyled?: boolean;
  style?: Record<string, unknown>;
  class_name?: string;
  /** The label of its first button. */
  action?: unknown;
  on_action?: C;
  action_style?: Record<string, unknown>;
  /** The label of its second button. */
  cancel?: unknown;
  on_cancel?: C;
  cancel_style?: Record<string, unknown>;
  on_dismiss?: C;
  on_auto_close?: C;
}

/** A file for the user to keep: an address, or what is in it. */
export interface Download {
  url?: string;
  data?: unknown;
  filename?: string;
  mime_type?: string;
}

/** JavaScript of the app's author. */
export interface Script<C> {
  /** Its text; anything else is its result already. */
  code: unknown;
  /** What `$0`, `$1`, … in the text are. */
  values?: readonly unknown[];
  callback?: C;
}

/** Files for a handler. */
export interface UploadOf<C> {
  /** The id under which they were chosen. */
  upload: string;
  /** Given what the server is to be told of the files. */
  callback: C;
  /** Given how many bytes of all are sent: `{loaded, total, progress}`. */
  on_progress?: C;
}

/** Files as pages send them. */
export type Upload = UploadOf<Callback>;

/** Stands, in what follows from a command, for the command's result or a part of it. */
export class ResultPart {
  readonly path: readonly (string | number)[];

  constructor(path: readonly (string | number)[]) {
    this.path = path;
  }

  /** The part of this result, undefined where it has none. */
  of(result: unknown): unknown {
    let part = result;
    for (const key of this.path) {
      if (Array.isArray(part) && typeof key === "number") part = part.at(key);
      else part = (part as Record<string | number, unknown> | null | undefined)?.[key];
    }
    return part;
  }
}

/** The key under which a form's data keeps every field, when some have the same name. */
export const ALL_FIELDS = Symbol("all fields of a form");

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
  /** What the browser keeps of the state. */
  storage?: StoredValues;
  /** The last sequence number that the page before this one applied, which was of another build. */
  previous?: number;
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
  | { t: "storage"; values: StoredValues }
  | { t: "ack"; seq: number }
  | { t: "route"; route: string }
  | { t: "ping" };

export interface StateMessage {
  t: "state";
  seq: number;
  token: string;
  event: number;
  /** Events up to this id count as acknowledged. */
  handled?: number;
  /** The host has lost the state and opened it anew. */
  reopened?: boolean;
  state?: Value[][];
}

export interface PatchMessage {
  t: "patch";
  seq: number;
  ops?: SubstatePatch[];
  ack?: number[];
  commands?: WireCommand[];
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
  | { t: "store"; waiting: boolean }
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
  const [kind, content, ...rest] = Array.isArray(tagged) ? tagged : [];
  switch (kind) {
    case "int":
      return BigInt(content);
    case "float":
      return { nan: NaN, inf: Infinity, "-inf": -Infinity }[content as string];
    case "bytes":
      return bytes(content);
    case "dict":
      return { $: revive(content.$) };
    case "result":
      return new ResultPart(content === undefined ? [] : [content, ...rest]);
    default:
      throw new SyntaxError(`no value has the tag ${JSON.stringify(kind)}`);
  }
}

/** Read in a loop: a download may have megabytes. */
function bytes(base64: string): Uint8Array {
  const text = atob(base64);
  const read = new Uint8Array(text.length);
  for (let position = 0; position < text.length; position += 1) {
    read[position] = text.charCodeAt(position);
  }
  return read;
}

function tag(value: unknown): unknown {
  if (typeof value === "bigint") return { $: ["int", String(value)] };
  if (typeof value === "number") return Number.isFinite(value) ? value : tagFloat(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { $: ["bytes", btoa(String.fromCharCode(...value))] };
  if (value instanceof ResultPart) return { $: ["result", ...value.path] };
  if (Array.isArray(value)) return value.map((item) => tag(item));
  const fields = (value as { [ALL_FIELDS]?: unknown[] })[ALL_FIELDS];
  if (fields) return { $: ["form", fields.map(tag)] };
  const entries = Object.entries(value).map(([key, item]) => [key, tag(item)]);
  const object: unknown = Object.fromEntries(entries);
  return entries.length === 1 && entries[0]?.[0] === "$" ? { $: ["dict", object] } : object;
}

function tagFloat(value: number): unknown {
  return { $: ["float", Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf"] };
}
