/** A tab that nobody touches keeps its socket behind a proxy that ends silent ones after 60 s. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { launchBrowser, openTab, received } from "../browser/browser.mjs";
import { Client } from "./client.mjs";
import { copyApp, ferroflex, nginx, scratch } from "./servers.mjs";

const IDLE_MS = 70_000;

test("an idle tab keeps its socket through nginx's default timeouts", async (context) => {
  const server = await ferroflex(context, copyApp(scratch(context)), "memory");
  await server.start();
  const proxy = await nginx(context, [server.port], { defaultTimeouts: true });
  const browser = await launchBrowser();
  context.after(() => browser.close());
  const tab = await openTab(await browser.newContext(), `${proxy.url}/`);
  const client = await Client.open(proxy.url);
  context.after(() => client.close());
  await sleep(IDLE_MS);
  assert.equal(received(tab, "state").length, 1, "the page has connected again");
  assert.deepEqual([client.joined, client.closed], [1, []]);
  await tab.page.getByRole("button", { name: "Add" }).click();
  await tab.page.getByTestId("count").getByText("1").waitFor();
  await client.call("add", 1);
  assert.equal(client.joined, 1);
});
