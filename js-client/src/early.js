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
