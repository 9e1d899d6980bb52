/* Sets the colour mode's class before the first paint: a classic script in the page's head, whose
   data-default names the mode of a user who chose none. color.ts takes over from here. */
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
