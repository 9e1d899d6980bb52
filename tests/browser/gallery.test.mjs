/**
 * The gallery, page by page, in light and dark: nothing in the console, nothing that React's
 * development build warns of, nothing serious for axe, and the picture of last time.
 */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";

import { seriousFaults } from "./accessibility.mjs";
import { launchBrowser, openTab } from "./browser.mjs";
import { buildDevelopmentShell, useDevelopmentShell } from "./development.mjs";
import { looksAsBefore } from "./pictures.mjs";
import { ROOT, startServer } from "./server.mjs";

const MODES = ["light", "dark"];
/** The fonts that the tests install, so that pictures are the same on every machine. */
const FONTS = '* { font-family: "Liberation Sans", sans-serif !important }';

let server, browser, routes, developmentImports;
before(async () => {
  server = await startServer(path.join(ROOT, "apps", "gallery"));
  browser = await launchBrowser();
  developmentImports = await buildDevelopmentShell();
  routes = await listed();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The routes in the list of pages that stands beside every page. */
async function listed() {
  const profile = await browser.newContext();
  const { page } = await openTab(profile, `${server.url}/`);
  const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
  await links.first().waitFor();
  const addresses = await links.evaluateAll((all) => all.map((link) => link.pathname));
  await profile.close();
  return addresses;
}

/** Runs `look` on every page, each in a tab of its own, and tells which pages failed and why. */
async function onEveryPage(options, look) {
  const failures = [];
  for (const route of routes) {
    const profile = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
      ...options,
    });
    try {
      await look(profile, route);
    } catch (error) {
      failures.push(`${route}: ${error.message}`);
    } finally {
      await profile.close();
    }
  }
  assert.deepEqual(failures, []);
}

const nameOf = (route) => route.replaceAll("/", "") || "overview";

for (const colorScheme of MODES) {
  test(`every page looks as it did, ${colorScheme}`, () =>
    onEveryPage({ colorScheme }, async (profile, route) => {
      const { page, problems } = await openTab(profile, server.url + route);
      await page.addStyleTag({ content: FONTS });
      await looksAsBefore(page, `gallery-${nameOf(route)}-${colorScheme}`);
      assert.deepEqual(problems, []);
    }));

  test(`axe finds nothing serious, ${colorScheme}`, () =>
    onEveryPage({ colorScheme }, async (profile, route) => {
      const { page } = await openTab(profile, server.url + route);
      assert.deepEqual(await seriousFaults(page), []);
    }));
}

test("React's development build has nothing to warn of", () =>
  onEveryPage({}, async (profile, route) => {
    await useDevelopmentShell(profile, server.url, developmentImports);
    const { problems } = await openTab(profile, server.url + route);
    assert.deepEqual(problems, []);
  }));

test("the development build does warn", async () => {
  const profile = await browser.newContext();
  await useDevelopmentShell(profile, server.url, developmentImports);
  const { page, problems } = await openTab(profile, `${server.url}/`);
  await page.evaluate(async () => {
    const core = await import("@ferroflex/core");
    const { createRoot } = await import("react-dom/client");
    const element = core.createElement("p", { class: "wrong" });
    createRoot(document.body.appendChild(document.createElement("div"))).render(element);
  });
  await page.locator("p.wrong").waitFor({ state: "attached" });
  assert.match(problems.join(), /Invalid DOM property/);
  await profile.close();
});
