/**
 * The arguments that keyboard and pointer events give a handler, under their Python names.
 */

type Modifiers = Pick<KeyboardEvent, "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/** Of a key event: the key, then the modifiers held. */
export function keyEvent(event: KeyboardEvent): [string, Record<string, boolean>] {
  return [event.key, modifiers(event)];
}

/** Of a pointer event: buttons, positions in pixels and the modifiers held. */
export function pointerEvent(event: MouseEvent): Record<string, boolean | number> {
  return {
    button: event.button,
    buttons: event.buttons,
    client_x: event.clientX,
    client_y: event.clientY,
    ...modifiers(event),
  };
}

function modifiers(event: Modifiers): Record<string, boolean> {
  return {
    alt_key: event.altKey,
    ctrl_key: event.ctrlKey,
    meta_key: event.metaKey,
    shift_key: event.shiftKey,
  };
}
