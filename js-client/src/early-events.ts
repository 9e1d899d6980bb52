/**
 * What users did with the page that the server had rendered before React was there: clicked, typed,
 * sent. `early.js` keeps it from the first paint on.
 */
import { type Content, contentOf, putInto } from "./fields.ts";

/** Something that happened to an element. */
interface EarlyEvent {
  type: string;
  target: Element;
}

declare global {
  interface Document {
    /** Ends the keeping; gives what was kept. */
    ferroflexEarly?: () => EarlyEvent[];
  }
}

/** Something to be done again. */
type Replay = () => void;

/**
 * Ends the keeping: React hears of what happens from now on. Gives what does all that was kept once
 * more, to be called when React has taken the elements over.
 */
export function takeEarlyEvents(): Replay {
  const events = document.ferroflexEarly?.() ?? [];
  delete document.ferroflexEarly;
  const lastOf = new Map(events.map(({ target }, index) => [target, index]));
  const replays = events.map(({ type, target }, index): Replay | null => {
    if (type === "click") return () => click(target);
    if (type === "submit") return () => (target as HTMLFormElement).requestSubmit();
    // Typed letter by letter: what the control holds now is told, once.
    const content = lastOf.get(target) === index ? contentOf(target) : null;
    return content === null ? null : () => enter(target as HTMLInputElement, content);
  });
  const ready = replays.filter((replay) => replay !== null);
  return () => {
    for (const replay of ready) replay();
  };
}

/** What is no HTML, such as the drawing of an icon, has no `click()`. */
function click(target: Element): void {
  if (target instanceof HTMLElement) return target.click();
  target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
}

/** React takes what an input holds for known; it hears only of what differs from that. */
function enter(control: HTMLInputElement, content: Content): void {
  if (control.type === "file") {
    control.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (typeof content === "boolean") {
    if (!content && control.type === "radio") return;
    control.checked = !content;
    putInto(control, content);
  } else if (typeof content === "string") {
    const { selectionStart, selectionEnd } = control;
    control.value = control.defaultValue;
    putInto(control, content);
    if (selectionStart !== null) control.setSelectionRange(selectionStart, selectionEnd);
  } else {
    putInto(control, content);
  }
}
