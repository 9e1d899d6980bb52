/** What a browser test starts with: the server and Chromium once a file, a clean tab a test. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before } from "node:test";

import { closeProfile, launchBrowser, openTab } from "./browser.mjs";
import { startProxy } from "./proxy.mjs";
import { ROOT, startServer } from "./server.mjs";

/** Serves the example apps, or those of another folder, for the tests of one file. */
export function useSite(folder = path.join(ROOT, "apps")) {
  const site = { server: null, browser: null };
  before(async () => {
    site.server = await startServer(folder);
    site.browser = await launchBrowser();
  });
  after(async () => {
    await site.browser?.close();
    await site.server?.stop();
  });
  return {
    /** The server's address. */
    url: () => site.server.url,
    /** A browser profile of the test's own. */
    profile: (test) => openProfile(site.browser, test),
    /** Opens an app in a browser profile of the test's own. */
    open: async (test, app, options = {}) => {
      const profile = await openProfile(site.browser, test);
      return openApp(test, profile, site.server.url, app, options);
    },
    /** Opens the app in several tabs of one profile. */
    openTabs: async (test, app, count) => {
      const profile = await openProfile(site.browser, test);
      const open = () => openApp(test, profile, site.server.url, app, {});
      return Promise.all(Array.from({ length: count }, open));
    },
    /** Opens the app through a network that adds `delayMs` in each direction. */
    openThroughProxy: async (test, app, delayMs, options = {}) => {
      const proxy = await startProxy(site.server.url, delayMs);
      const profile = await openProfile(site.browser, test);
      test.after(() => proxy.stop());
      const tab = await openApp(test, profile, proxy.url, app, options);
      return { ...tab, proxy };
    },
  };
}

async function openProfile(browser, test) {
  const profile = await browser.newContext({ viewport: { width: 1100, height: 760 } });
  test.after(() => closeProfile(profile));
  return profile;
}

async function openApp(test, profile, url, app, { expected = [], trace = false }) {
  if (trace) await profile.addInitScript(() => localStorage.setItem("ferroflex_trace", "1"));
  const tab = await openTab(profile, `${url}/${app}/`, expected);
  test.after(() => assert.deepEqual(tab.problems, [], "the console has something to say"));
  return tab;
}
