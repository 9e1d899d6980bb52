/** What axe finds on a page. Knows nothing of the apps. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** What axe calls the weight of a fault that keeps somebody from using the page. */
const SERIOUS = ["serious", "critical"];

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

/** The serious faults of what the page shows now, in words. */
export async function seriousFaults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  return violations.filter(({ impact }) => SERIOUS.includes(impact)).flatMap(inWords);
}

function inWords(violation) {
  return violation.nodes.map((node) => `${violation.id}: ${node.html} (${violation.help})`);
}
