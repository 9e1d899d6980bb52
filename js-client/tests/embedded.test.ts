/** What the server has written into the document, beside what a page shows. */
import { expect, test } from "vitest";

import { embedded } from "../src/embedded.ts";

test("what a page shows does not pass for the server's data", () => {
  document.body.innerHTML = `<div id="root">
      <b id="ferroflex">{"base": "/shown"}</b>
      <script type="text/plain" type="application/json" id="ferroflex">{"base": "/shown"}</script>
    </div>
    <script type="application/json" id="ferroflex">{"base": "/todo"}</script>`;
  expect(JSON.parse(embedded("ferroflex")?.textContent ?? "")).toEqual({ base: "/todo" });
  expect(embedded("ferroflex-prepared")).toBeNull();
});
