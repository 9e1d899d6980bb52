/**
 * What follows from a command of the server, from data to functions.
 * Not here: commands that a page itself runs, whose callbacks are functions of its module.
 */
import { type Callback, type Command, ResultPart, type Step, type WireCommand } from "./wire.ts";

/** How what follows is done. */
export interface Follow {
  send(handler: number, args: readonly unknown[]): unknown;
  run(command: Command): void;
}

const CALLBACKS = ["callback", "on_action", "on_cancel", "on_dismiss", "on_auto_close"];

/** The command with functions for its callbacks. */
export function withFunctions(command: WireCommand, follow: Follow): Command {
  const entries = Object.entries(command).map(([name, value]) => {
    return [name, CALLBACKS.includes(name) ? toFunction(value as Step[], follow) : value];
  });
  return Object.fromEntries(entries) as Command;
}

function toFunction(steps: readonly Step[], follow: Follow): Callback {
  return (result) => {
    for (const step of steps) {
      if ("handler" in step) follow.send(step.handler, fill(step.args, result) as unknown[]);
      else follow.run(withFunctions(fillCommand(step, result), follow));
    }
  };
}

/** The command's values filled in. Its own callbacks wait for its own result. */
function fillCommand(command: WireCommand, result: unknown): WireCommand {
  const entries = Object.entries(command).map(([name, value]) => {
    return [name, CALLBACKS.includes(name) ? value : fill(value, result)];
  });
  return Object.fromEntries(entries) as WireCommand;
}

/** Puts the result where its parts are named. */
function fill(value: unknown, result: unknown): unknown {
  if (value instanceof ResultPart) return value.of(result);
  if (Array.isArray(value)) return value.map((item) => fill(item, result));
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, result)]));
}
