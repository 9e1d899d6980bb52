/**
 * Follows a page's title, description and further metadata where they depend on the state.
 *
 * Not here: the HTML's own head, which the server writes with the values that the page begins with.
 */
import { type State, store } from "./store.ts";

/** What a page's head shows of a state; nothing where the page does not say. */
export interface HeadTexts {
  title: string | null;
  description: string | null;
  /** Further elements that depend on the state; the place of each is its number. */
  elements?: readonly FollowedElement[];
}

/** An element of the head: its tag, its attributes, its texts. */
type FollowedElement = readonly [tag: string, Record<string, unknown>, texts: readonly unknown[]];

/** The attribute that bears the number of an element that follows the state. */
const FOLLOWED = "data-followed";

/** The export `head` of a page's module: the substates read, and what is computed of them. */
export type PageHead = readonly [substates: readonly number[], texts: (state: State) => HeadTexts];

/** Keeps the document's head as the state has it; gives the function that ends it. */
export function followHead([substates, texts]: PageHead): () => void {
  const follow = (): void => {
    const { title, description, elements } = texts(store.state);
    if (title && document.title !== title) document.title = title;
    if (description) describe(description);
    elements?.forEach(followElement);
  };
  follow();
  const stop = store.subscribe(substates, follow);
  return () => {
    stop();
    // The next page may have none.
    if (texts(store.state).description) descriptionElement()?.remove();
    for (const element of document.head.querySelectorAll(`[${FOLLOWED}]`)) element.remove();
  };
}

function descriptionElement(): HTMLMetaElement | null {
  return document.head.querySelector<HTMLMetaElement>('meta[name="description"]');
}

function describe(description: string): void {
  let element = descriptionElement();
  if (!element) {
    element = document.createElement("meta");
    element.name = "description";
    document.head.append(element);
  }
  if (element.content !== description) element.content = description;
}

/** Gives an element the attributes and the text that it has now; makes it where it is missing. */
function followElement([tag, attributes, texts]: FollowedElement, number: number): void {
  const known = document.head.querySelector(`[${FOLLOWED}="${number}"]`);
  const element = known ?? document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    const text = written(value);
    if (text === null) element.removeAttribute(name);
    else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
  const text = texts.join("");
  if (element.textContent !== text) element.textContent = text;
  if (known) return;
  element.setAttribute(FOLLOWED, `${number}`);
  document.head.append(element);
}

/** An attribute's text; null for one that is not set. */
function written(value: unknown): string | null {
  if (value === null || value === undefined || value === false) return null;
  return value === true ? "" : String(value);
}
