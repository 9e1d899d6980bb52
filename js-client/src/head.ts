/**
 * Follows a page's title and description where they depend on the state.
 *
 * Not here: the HTML's own head, which the server writes with the values that the page begins with.
 */
import { type State, store } from "./store.ts";

/** What a page's head shows of a state; nothing where the page does not say. */
export interface HeadTexts {
  title: string | null;
  description: string | null;
}

/** The export `head` of a page's module: the substates read, and what is computed of them. */
export type PageHead = readonly [substates: readonly number[], texts: (state: State) => HeadTexts];

/** Keeps the document's head as the state has it; gives the function that ends it. */
export function followHead([substates, texts]: PageHead): () => void {
  const follow = (): void => {
    const { title, description } = texts(store.state);
    if (title && document.title !== title) document.title = title;
    if (description) describe(description);
  };
  follow();
  const stop = store.subscribe(substates, follow);
  return () => {
    stop();
    // The next page may have none.
    if (texts(store.state).description) descriptionElement()?.remove();
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
