/**
 * `ferroflex export`: its folder before a server that runs the same apps, as a content delivery
 * network has it. What is in the folder comes from there, all else from the server.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { launchBrowser, openTab, received } from "./browser.mjs";
import { startFront } from "./front.mjs";
import { binary, ROOT, startServer } from "./server.mjs";

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json" };

let folder, server, front, browser;
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ferroflex-export-"));
  const options = ["export", path.join(ROOT, "apps"), "--out", folder];
  const { stdout } = await promisify(execFile)(binary(), options);
  assert.match(stdout, /\d+ pages and \d+ files in /);
  server = await startServer(path.join(ROOT, "apps"), 0, ["--env", "prod"]);
  front = await startFolderFront(folder, new URL(server.url));
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  front?.stop();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A server of the folder's files, which asks the other server for everything else. */
function startFolderFront(files, server) {
  return startFront(server, async (asked, answer) => {
    const { pathname } = new URL(asked.url, "http://front");
    const name = path.join(files, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const content = await readFile(name).catch(() => null);
    if (!content) return false;
    answer.setHeader("content-type", TYPES[path.extname(name)] ?? "application/octet-stream");
    answer.setHeader("x-from", "folder").end(content);
    return true;
  });
}

const address = (route) => `${front.url}${route}`;

test("a page is a file with its content, and works with the server behind", async (context) => {
  const answer = await fetch(address("/counter/"));
  assert.equal(answer.headers.get("x-from"), "folder");
  assert.match(await answer.text(), /"rendered":true/);
  const profile = await browser.newContext();
  context.after(() => profile.close());
  const tab = await openTab(profile, address("/counter/"));
  assert.equal(received(tab, "state")[0].message.state, undefined, "the page's state was not right");
  await tab.page.getByRole("button", { name: "Increment" }).click();
  await tab.page.getByText("1", { exact: true }).first().waitFor();
  assert.deepEqual(tab.problems, []);
});

test("pages whose routes have arguments are the server's", async () => {
  const posts = await (await fetch(address("/blog/"))).text();
  const [, post] = posts.match(/href="(\/blog\/post\/[\w-]+)"/);
  const answer = await fetch(address(post));
  assert.deepEqual([answer.status, answer.headers.get("x-from")], [200, null]);
});

test("what the folder holds is what the server would send", async () => {
  for (const route of ["/_shell/", "/gallery/_app/"]) {
    const page = await (await fetch(address("/gallery/"))).text();
    const found = page.match(new RegExp(`"(${route}[^"]+\\.(css|js))"`))[1];
    const [kept, served] = await Promise.all([address(found), server.url + found].map((url) => fetch(url)));
    assert.equal(kept.headers.get("x-from"), "folder", found);
    assert.equal(await kept.text(), await served.text(), found);
  }
});
