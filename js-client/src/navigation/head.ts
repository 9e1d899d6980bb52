/**
 * What the document's head says of the page: title, description and further metadata. What is the
 * same for all pages of the app is left alone. Not here: what follows the state (../head.ts).
 */
import type { HeadElement, PageEntry } from "./pages.ts";

/** Puts the metadata of a page into the place of another's. */
export function replaceHead(old: PageEntry | undefined, page: PageEntry): void {
  if (page.title !== null) document.title = page.title;
  for (const given of described(old)) find(given)?.remove();
  const elements = described(page).map(element);
  document.head.querySelector("title")?.after(...elements);
}

function described(page: PageEntry | undefined): readonly HeadElement[] {
  if (!page) return [];
  const { description, head } = page;
  if (description === null) return head;
  return [["meta", { name: "description", content: description }, ""], ...head];
}

/** The element of the document that is the same. */
function find([tag, attributes, text]: HeadElement): Element | undefined {
  const names = Object.keys(attributes);
  return Array.from(document.head.querySelectorAll(tag)).find((element) => {
    const same = names.every((name) => element.getAttribute(name) === attributes[name]);
    return same && element.attributes.length === names.length && element.textContent === text;
  });
}

function element([tag, attributes, text]: HeadElement): Element {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}
