/**
 * Stylesheets of libraries. They come with the library's script, so that pages without it do not
 * load them, and stand before the page's own, which may change what they say.
 */

/**
 * The layers in their order, the weaker first. A stylesheet that is added stands before all others,
 * so that its layers would come first, and be weaker than the reset, if it did not say this.
 */
const LAYERS = "@layer ferroflex-reset, components;\n";

/** Adds a stylesheet to the page, once for each name. The server has no page to add it to. */
export function addStylesheet(name: string, css: string): void {
  if (typeof document === "undefined") return;
  if (document.head.querySelector(`style[data-library="${name}"]`)) return;
  const element = document.createElement("style");
  element.dataset["library"] = name;
  element.textContent = LAYERS + css;
  document.head.prepend(element);
}
