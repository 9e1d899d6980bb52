/** An app's own endpoints over HTTP: what stands around them, and the forms that browsers send. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";

import { useSite } from "./harness.mjs";

const site = useSite(path.join(import.meta.dirname, "apps"));

const KEY = { "x-key": "open", origin: "https://other.example" };
const ask = (address, options) => fetch(`${site.url()}/served${address}`, options);

test("wrappers see requests to endpoints, and what browsers ask before them", async () => {
  for (const address of ["/items/7", "/ping", "/_health"]) {
    assert.equal((await ask(address)).status, 401, address);
    const answer = await ask(address, { headers: KEY });
    assert.equal(answer.status, 200, address);
    assert.equal(answer.headers.get("access-control-allow-origin"), KEY.origin, address);
  }
  assert.deepEqual(await (await ask("/items/7", { headers: KEY })).json(), { number: 7 });
  assert.equal(await (await ask("/ping", { headers: KEY })).json(), "pong");
  assert.deepEqual(await (await ask("/_health", { headers: KEY })).json(), { status: true });
  const before = await ask("/items/7", { method: "OPTIONS", headers: { origin: KEY.origin } });
  assert.equal(before.status, 204);
  assert.equal(before.headers.get("access-control-allow-origin"), KEY.origin);
  // Pages are the host's.
  assert.equal((await ask("/")).status, 200);
});

test("an app without wrappers gives its signs of life, too", async () => {
  assert.equal(await (await fetch(`${site.url()}/navigation/ping`)).json(), "pong");
});

test("a form with files arrives", async () => {
  const form = new FormData();
  form.append("text", "one");
  form.append("text", 'two "2"\r\n--');
  const bytes = new Uint8Array([0, 13, 10, 45, 45, 255]);
  form.append("file", new Blob([bytes], { type: "image/png" }), 'a "b" ü;.png');
  const answer = await ask("/form", { method: "POST", headers: KEY, body: form });
  assert.deepEqual(await answer.json(), {
    texts: ["one", 'two "2"\r\n--'],
    file: ['a "b" ü;.png', "image/png", 6, 6, "000d0a2d"],
  });
});

test("a form that is cut off, or is none, is refused", async () => {
  const headers = { ...KEY, "content-type": "multipart/form-data; boundary=x" };
  for (const body of ["", "--x\r\n", "--x\r\n\r\na\r\n--x--\r\n", "nothing"]) {
    const answer = await ask("/form", { method: "POST", headers, body });
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.match((await answer.json()).detail, /the form cannot be read/);
  }
  const unnamed = { ...KEY, "content-type": "multipart/form-data" };
  assert.equal((await ask("/form", { method: "POST", headers: unnamed, body: "x" })).status, 400);
});
