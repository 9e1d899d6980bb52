/**
 * Pages as the server renders them: what a reader without JavaScript sees, and that the browser
 * takes the HTML over as it is, in light and dark, for every page of every app.
 */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";

import { eventually, launchBrowser, openTab } from "./browser.mjs";
import { buildDevelopmentShell, useDevelopmentShell } from "./development.mjs";
import { ROOT, startServer } from "./server.mjs";

/**
 * A page that is not ready yet, on a busy machine, is rendered for a later visitor; one that took too
 * long there, half a minute later.
 */
const RENDERED_MS_MAX = 120_000;

/** What only a browser shows, by page: text that the HTML does not have. */
const LATER = {
  // A customer's letters, and charts.
  "/dashboard/": /^([A-Z]{1,2}|\d{1,2} [A-Z][a-z]{2}|[\d.,]+[kM%]?)$/,
  // A chart's axes, legends and labels are as long as its box is wide.
  "/gallery/charts":
    /^((Mon|Tue|Wed|Thu|Fri|Sat|Sun|Day|Tea|Coffee|Juice|tea|coffee|juice|peak)+|[\d.,–-]+ ?(cm|kg|cups|%)?)$/,
  // Grid.js draws its table in the browser, and Plotly what stands around its figures.
  "/gallery/data":
    /^(Name|Age|City|.*\t.*|Showing .*|Previous.*Next|Cups|Mon|Tue|Wed|[\d.]+)$/,
  // When a moment is, in its language, or how long ago, and the numbers of a code's lines.
  "/gallery/content": /^((in )?(an?|a few) [a-z]+( ago)?|in \d+ .*|\d+.*|.* 2024( \d\d:\d\d)?)$/,
  // Without scripts, what is meant for that case follows it.
  "/gallery/html": /^slot$/,
  // Radix knows what a select's value is called once its options are there.
  "/gallery/forms": /^(Fruit|Cake|Cheese)$/,
  "/gallery/controls": /^(Apple|Napoli)$/,
  // An avatar's letters stand for a picture that has not come.
  "/gallery/data-display": /^[A-Z]{1,2}$/,
};

let server, browser, developmentImports, routes;
before(async () => {
  server = await startServer(path.join(ROOT, "apps"));
  browser = await launchBrowser();
  developmentImports = await buildDevelopmentShell();
  routes = await listed();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Every app's front page, and the pages of the gallery. */
async function listed() {
  const addresses = (html) => Array.from(html.matchAll(/<a[^>]* href="(\/[^"]*)"/g), ([, it]) => it);
  const index = await (await fetch(`${server.url}/`)).text();
  const apps = addresses(index).filter((address) => /^\/\w+\/$/.test(address));
  const gallery = addresses(await rendered("/gallery/"));
  const pages = gallery.filter((address) => /^\/gallery\/[\w-]+$/.test(address));
  assert.ok(apps.length >= 5 && pages.length >= 16, `${apps} ${pages}`);
  return [...new Set([...apps, ...pages])];
}

/** The HTML of a page once the server renders it. */
function rendered(route) {
  return eventually(async () => {
    const html = await (await fetch(server.url + route)).text();
    assert.ok(html.includes('"rendered":true'), `${route} is not rendered\n${server.log.join("\n")}`);
    return html;
  }, RENDERED_MS_MAX);
}

/** Runs `look` on every page, and tells which failed and why. */
async function onEveryPage(look) {
  const failures = [];
  for (const route of routes) {
    try {
      await rendered(route);
      await look(route);
    } catch (error) {
      failures.push(`${route}: ${error.message}`);
    }
  }
  assert.deepEqual(failures, []);
}

/** Runs `look` in a profile of its own. */
async function inProfile(options, look) {
  const profile = await browser.newContext({ reducedMotion: "reduce", ...options });
  try {
    return await look(profile);
  } finally {
    await profile.close();
  }
}

const lines = async (page) => {
  const text = await page.locator("#root").innerText();
  return new Set(text.split("\n").map((line) => line.trim()).filter(Boolean));
};

test("without JavaScript a page says what it says with it", () =>
  onEveryPage(async (route) => {
    const before = await inProfile({ javaScriptEnabled: false }, async (profile) => {
      const page = await profile.newPage();
      await page.goto(server.url + route);
      return lines(page);
    });
    const live = await inProfile({}, async (profile) => {
      // Formulas are text until they are drawn, whenever that is: they stay so here.
      await profile.route(/\/mathematics-[^/]*\.js$/, () => {});
      const { page } = await openTab(profile, server.url + route);
      return lines(page);
    });
    const later = LATER[route] ?? /^$/;
    const missing = [...live].filter((line) => !before.has(line) && !later.test(line));
    assert.deepEqual(missing, []);
    assert.ok(before.size > 0);
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`React takes over the HTML of every page, ${colorScheme}`, () =>
    onEveryPage((route) =>
      inProfile({ colorScheme }, async (profile) => {
        await useDevelopmentShell(profile, server.url, developmentImports, route);
        const { page, problems } = await openTab(profile, server.url + route);
        assert.deepEqual(problems, []);
        const mode = await page.evaluate(() => document.documentElement.className);
        assert.match(mode, new RegExp(colorScheme));
      }),
    ));
}

test("a mismatch does reach the console", () =>
  inProfile({}, async (profile) => {
    await rendered("/counter/");
    await profile.addInitScript(() => {
      const change = () => {
        const count = document.querySelector("[data-testid=count]");
        if (count?.textContent === "0") count.textContent = "99";
      };
      new MutationObserver(change).observe(document, { childList: true, subtree: true });
    });
    const page = await profile.newPage();
    const problems = [];
    page.on("console", (message) => problems.push(message.text()));
    await page.goto(`${server.url}/counter/`);
    await eventually(() => assert.match(problems.join(), /does not render what the server rendered/));
  }));

test("browsers never load what renders on the server", () =>
  inProfile({}, async (profile) => {
    const loaded = [];
    profile.on("request", (request) => loaded.push(request.url()));
    await openTab(profile, `${server.url}/gallery/forms`);
    assert.ok(loaded.some((url) => url.includes("core")));
    assert.deepEqual(loaded.filter((url) => /ferroflex\.server/.test(url)), []);
  }));
