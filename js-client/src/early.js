/* What has to be done before the page's modules are there: a classic script in the head. */

/* Sets the colour mode's class before the first paint. The script's data-default names the mode of a
   user who chose none. color.ts takes over from here. */
(() => {
  let mode = null;
  try {
    mode = localStorage.getItem("ferroflex:color_mode");
  } catch {}
  mode ??= document.currentScript?.dataset.default;
  if (mode !== "light" && mode !== "dark") {
    mode = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  document.documentElement.classList.add(mode);
  document.documentElement.style.colorScheme = mode;
})();

/* What the document was loaded for: users may go back before navigation.ts could hear of it. */
document.ferroflexAddress = location.href;

/* Keeps what users do with the page that the server rendered, until React is there to hear of it:
   early-events.ts takes over. Links, and what is typed or ticked, the browser takes care of. */
(() => {
  const EVENTS_MAX = 100; // nobody does more in the seconds that it takes
  const OF_THE_BROWSER = "a[href], label, select, textarea, summary, " +
    "input:not([type=submit], [type=button], [type=reset], [type=image])";
  const kinds = ["click", "input", "change", "submit"];
  const events = [];
  const keep = (event) => {
    const { type, target } = event;
    if (!target.closest?.("#root")) return;
    if (type === "click" && target.closest(OF_THE_BROWSER)) return;
    if (type === "submit" && target.hasAttribute("action")) return;
    if (type === "click" || type === "submit") event.preventDefault();
    if (events.length < EVENTS_MAX) events.push({ type, target });
  };
  for (const kind of kinds) document.addEventListener(kind, keep, true);
  document.ferroflexEarly = () => {
    for (const kind of kinds) document.removeEventListener(kind, keep, true);
    return events;
  };
})();

/* Loads the scripts of a page that the server rendered once that is on the screen: before, they
   would only keep it from being shown. */
(() => {
  const PAINT_MS_MAX = 1000; // pages that are not looked at are never painted
  const nonce = document.currentScript?.nonce;
  const add = (tag, properties) => {
    document.head.append(Object.assign(document.createElement(tag), { nonce }, properties));
  };
  const load = ({ boot, preload }) => {
    for (const href of preload) add("link", { rel: "modulepreload", href });
    add("script", { type: "module", src: boot });
  };
  document.addEventListener("DOMContentLoaded", () => {
    const scripts = document.getElementById("ferroflex-scripts");
    if (!scripts) return;
    let begin = () => {
      begin = () => {};
      load(JSON.parse(scripts.textContent));
    };
    requestAnimationFrame(() => setTimeout(() => begin()));
    setTimeout(() => begin(), PAINT_MS_MAX);
  });
})();
