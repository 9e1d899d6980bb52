/** The bad network itself: a test that relies on it proves nothing when it is a good one. */
import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { startProxy } from "./proxy.mjs";

async function startEcho(context) {
  const server = net.createServer((socket) => socket.on("error", () => {}).pipe(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

async function connect(proxy) {
  const socket = net.connect(Number(new URL(proxy.url).port), "127.0.0.1");
  socket.setEncoding("utf8").on("error", () => {});
  await once(socket, "connect");
  return socket;
}

test("what passes is delayed in both directions and stays in order", async (context) => {
  const proxy = await startProxy(await startEcho(context), 100);
  context.after(() => proxy.stop());
  const socket = await connect(proxy);
  const start = performance.now();
  let received = "";
  socket.on("data", (text) => (received += text));
  for (let number = 0; number < 10; number += 1) socket.write(`${number}`);
  while (received.length < 10) await once(socket, "data");
  assert.equal(received, "0123456789");
  assert.ok(performance.now() - start >= 195, "200 ms there and back");
});

test("a cut loses what is under way, and a new connection works", async (context) => {
  const proxy = await startProxy(await startEcho(context), 50);
  context.after(() => proxy.stop());
  const lost = await connect(proxy);
  let received = "";
  lost.on("data", (text) => (received += text));
  lost.write("lost");
  setTimeout(proxy.cut, 20);
  await once(lost, "close");
  assert.equal(received, "");

  const next = await connect(proxy);
  next.write("kept");
  assert.deepEqual(await once(next, "data"), ["kept"]);
});

test("while refusing, no connection lasts", async (context) => {
  const proxy = await startProxy(await startEcho(context), 0);
  context.after(() => proxy.stop());
  proxy.refuse(true);
  const refused = await connect(proxy);
  await once(refused, "close");
  proxy.refuse(false);
  const welcome = await connect(proxy);
  welcome.write("hello");
  assert.deepEqual(await once(welcome, "data"), ["hello"]);
});

test("a frozen direction passes nothing until it thaws, the other one goes on", async (context) => {
  const proxy = await startProxy(await startEcho(context), 0);
  context.after(() => proxy.stop());
  const socket = await connect(proxy);
  let received = "";
  socket.on("data", (text) => (received += text));
  for (const direction of ["to the server", "to the client"]) {
    received = "";
    proxy.freeze(direction);
    socket.write("late");
    await sleep(100);
    assert.equal(received, "", direction);
    proxy.freeze(null);
    await once(socket, "data");
    assert.equal(received, "late", direction);
  }
});
