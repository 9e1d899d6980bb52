/**
 * Where the user is after a page has changed: what is in view, what has the focus, and what screen
 * readers say.
 */

/** Scrolls to the fragment, or the page's top, when there is no position to go back to. */
export function scrollTo(address: URL, position: [number, number] | undefined): void {
  const target = position ? null : fragmentOf(address);
  const [left, top] = position ?? [0, 0];
  if (target) target.scrollIntoView({ behavior: "instant" });
  else window.scrollTo({ left, top, behavior: "instant" });
}

/**
 * Gives the focus to where the page begins, so that the keyboard goes on from there. What has the
 * focus on the new page already keeps it.
 */
export function moveFocus(address: URL): void {
  const active = document.activeElement;
  if (active && active !== document.body) return;
  const root = document.getElementById("root");
  const start = fragmentOf(address) ?? root?.querySelector("h1") ?? root;
  if (!(start instanceof HTMLElement)) return;
  start.focus({ preventScroll: true });
  if (document.activeElement === start) return;
  start.tabIndex = -1;
  start.classList.add("ff-start");
  start.focus({ preventScroll: true });
  start.addEventListener("blur", () => {
    start.removeAttribute("tabindex");
    start.classList.remove("ff-start");
  }, { once: true });
}

/** Has screen readers say which page is shown. */
export function announce(title: string): void {
  let region = document.getElementById(ANNOUNCER);
  if (!region) {
    region = document.createElement("div");
    region.id = ANNOUNCER;
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  region.textContent = title;
}

const ANNOUNCER = "ff-announcer";

function fragmentOf({ hash }: URL): Element | null {
  if (hash.length < 2) return null;
  const written = hash.slice(1);
  return document.getElementById(written) ?? document.getElementById(decoded(written));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
