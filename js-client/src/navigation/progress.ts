/**
 * The thin bar that says that a page is on its way. Most pages are there before it would be seen.
 */

/** A page that takes longer than this is felt to be slow. */
const PATIENCE_MS = 250;

/** Shows the bar when this takes long; gives what takes it away. */
export function showProgress(): () => void {
  const bar = document.createElement("div");
  bar.className = "ff-progress";
  bar.role = "progressbar";
  bar.ariaLabel = "Loading";
  const timer = setTimeout(() => document.body.append(bar), PATIENCE_MS);
  return () => {
    clearTimeout(timer);
    bar.remove();
  };
}
