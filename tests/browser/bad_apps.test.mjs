/** Apps that cannot be loaded: each is reported where it fails, and the others are served. */
import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { openSession } from "./client.mjs";
import { ROOT, startServer } from "./server.mjs";

/** Each app, and what its report must hold: the line's number, its source and the reason. */
const BROKEN = {
  bad_syntax: {
    source: [
      "import reflex as rx",
      "",
      "def index(:",
      "    return rx.text(1)",
      "",
      "app = rx.App()",
      "app.add_page(index)",
    ],
    line: 3,
    reason: /syntax ?error/i,
  },
  bad_import: {
    source: ["import reflex as rx", "import no_such_module_anywhere", "", "app = rx.App()"],
    line: 2,
    reason: /no_such_module_anywhere/,
  },
  bad_component: {
    source: [
      "import reflex as rx",
      "",
      "def index():",
      "    return rx.no_such_component(1)",
      "",
      "app = rx.App()",
      "app.add_page(index)",
    ],
    line: 4,
    reason: /no_such_component/,
  },
  bad_value: {
    source: ["import reflex as rx", "", "LIMIT = 1 / 0", "", "app = rx.App()"],
    line: 3,
    reason: /division/,
  },
};

let folder;
let server;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ferroflex-bad-apps-"));
  await copyFile(path.join(ROOT, "apps", "counter.py"), path.join(folder, "good.py"));
  for (const [name, { source }] of Object.entries(BROKEN)) {
    await writeFile(path.join(folder, `${name}.py`), `${source.join("\n")}\n`);
  }
  server = await startServer(folder);
});

after(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the index page lists every app, and where the broken ones are broken", async () => {
  const response = await fetch(server.url);
  assert.equal(response.status, 200);
  const html = await response.text();
  for (const name of ["good", ...Object.keys(BROKEN)]) assert.ok(html.includes(`/${name}/`), name);
  const page = plainText(html);
  for (const [name, { line }] of Object.entries(BROKEN)) assert.match(page, place(name, line));
});

for (const [name, { source, line, reason }] of Object.entries(BROKEN)) {
  test(`${name} is reported with file, line and source`, async () => {
    const response = await fetch(`${server.url}/${name}/`);
    assert.equal(response.status, 500);
    const page = plainText(await response.text());
    assert.match(page, reason);
    assert.match(page, place(name, line));
    assert.ok(page.includes(source[line - 1].trim()), `the source line in ${page}`);
  });

  test(`${name} is reported in the log`, () => {
    const log = server.log.join("\n");
    assert.match(log, reason);
    assert.match(log, place(name, line));
  });
}

test("the good app among them works", async (context) => {
  const client = await openSession(server.url, "good");
  context.after(() => client.close());
  const patch = await client.acknowledged(client.event(client.handler("increment"), []));
  assert.equal(client.fieldSet(patch, "count"), 1);
});

/** A file and a line, as `x.py:3` or `x.py", line 3`. */
function place(name, line) {
  return new RegExp(`${name}\\.py(:|", line )${line}\\b`);
}

/** The text that a reader of the page sees, on one line. */
function plainText(html) {
  const entities = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'", "#x27": "'" };
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole)
    .replace(/\s+/g, " ");
}
