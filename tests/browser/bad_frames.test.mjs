/** Frames that no browser would send: each gets its reason, and the session goes on. */
import assert from "node:assert/strict";
import { once } from "node:events";
import path from "node:path";
import { after, before, test } from "node:test";

import WebSocket from "ws";

import { connect, openSession } from "./client.mjs";
import { ROOT, startServer } from "./server.mjs";

const MALFORMED_COUNT = 100;
/** Over what a session takes, below where the server stops reading. */
const FRAME_BYTES_TOO_MANY = 1_500_000;

let server;
before(async () => {
  server = await startServer(path.join(ROOT, "apps"));
});
after(() => server?.stop());

/** A session in the to-do app. */
async function todo(context) {
  const client = await openSession(server.url, "todo");
  context.after(() => client.close());
  return client;
}

/** The error that `send` provokes, after which the session must still work. */
async function refused(client, send) {
  const id = send();
  const error = await client.next("error");
  if (id !== undefined) assert.equal(error.event, id);
  const done = client.event(client.handler("set_draft"), [`after ${error.code}`]);
  const patch = await client.acknowledged(done);
  assert.equal(client.fieldSet(patch, "draft"), `after ${error.code}`);
  return error;
}

for (const [name, frame] of [
  ["text that is not JSON", "milk"],
  ["JSON that is not an object", "[1, 2]"],
  ["an event without a handler", { t: "event", id: 1, args: [] }],
  ["an event whose id is text", { t: "event", id: "one", handler: 0, args: [] }],
  ["an event whose arguments are no list", { t: "event", id: 1, handler: 0, args: "milk" }],
  ["a negative handler", { t: "event", id: 1, handler: -1, args: [] }],
  ["an acknowledgement without a number", { t: "ack" }],
  ["a stored value that is no text", { t: "storage", values: { "1.0": 5 } }],
  ["a stored value of no field", { t: "storage", values: { draft: "milk" } }],
  ["more stored text than is taken", { t: "storage", values: { "1.0": "x".repeat(600_000) } }],
]) {
  test(`${name} is malformed`, async (context) => {
    const client = await todo(context);
    const error = await refused(client, () => client.send(frame));
    assert.equal(error.code, "malformed");
    assert.ok(error.message.length > 0);
  });
}

test("stored values of fields that are not stored change nothing", async (context) => {
  const client = await connect(server.url, "todo");
  context.after(() => client.close());
  const errors = [];
  client.socket.on("message", (data) => {
    if (JSON.parse(data).t === "error") errors.push(data.toString());
  });
  client.send({ ...client.hello(), storage: { "1.0": "x", "99.99": null } });
  await client.next("state");
  client.send({ t: "storage", values: { "1.1": "milk" } });
  const patch = await client.acknowledged(client.event(client.handler("set_draft"), ["beer"]));
  assert.equal(client.fieldSet(patch, "draft"), "beer");
  assert.deepEqual(errors, []);
});

test("a message of an unknown kind is named", async (context) => {
  const client = await todo(context);
  const error = await refused(client, () => client.send({ t: "dance" }));
  assert.equal(error.code, "unknown_kind");
  assert.match(error.message, /dance/);
});

test("an unknown handler is named by its number", async (context) => {
  const client = await todo(context);
  const error = await refused(client, () => client.event(9999, []));
  assert.equal(error.code, "unknown_handler");
  assert.match(error.message, /9999/);
});

for (const args of [[], ["milk", "beer"]]) {
  test(`${args.length} arguments for a handler of one are too few or too many`, async (context) => {
    const client = await todo(context);
    const error = await refused(client, () => client.event(client.handler("set_draft"), args));
    assert.equal(error.code, "wrong_argument_count");
    assert.match(error.message, /set_draft.*1/);
  });
}

for (const [value, type] of [["milk", "str"], [{}, "dict"], [[1], "list"], [null, "None"]]) {
  test(`an argument of type ${type} where an int is due is refused`, async (context) => {
    const client = await todo(context);
    const error = await refused(client, () => client.event(client.handler("toggle"), [value]));
    assert.equal(error.code, "wrong_argument");
    assert.match(error.message, /toggle.*todo_id.*int/);
  });
}

test("a handler that raises is reported with its traceback", async (context) => {
  const client = await todo(context);
  const error = await refused(client, () => client.event(client.handler("rename"), [1, {}]));
  assert.equal(error.code, "handler_failed");
  assert.match(error.message, /KeyError.*title/);
  assert.match(error.trace, /todo\.py", line \d+/);
});

test("an event that skips an id is refused, the right one is run", async (context) => {
  const client = await todo(context);
  client.send({ t: "event", id: 7, handler: client.handler("set_draft"), args: ["too soon"] });
  assert.equal((await client.next("error")).code, "event_gap");
  await client.acknowledged(client.event(client.handler("set_draft"), ["in time"]));
});

test("an event sent twice runs once", async (context) => {
  const client = await openSession(server.url, "counter");
  context.after(() => client.close());
  const increment = { t: "event", id: 1, handler: client.handler("increment"), args: [] };
  client.send(increment);
  client.send(increment);
  client.lastEvent = 1;
  const patch = await client.acknowledged(client.event(client.handler("increment"), []));
  assert.equal(client.fieldSet(patch, "count"), 2, JSON.stringify(patch));
});

test("a first frame that is not hello closes the socket", async (context) => {
  const client = await connect(server.url, "todo");
  context.after(() => client.close());
  client.event(0, []);
  assert.equal((await client.next("error")).code, "expected_hello");
  assert.equal(await client.closed(), 4000);
});

test("another version of the protocol closes the socket", async (context) => {
  const client = await connect(server.url, "todo");
  context.after(() => client.close());
  client.send({ ...client.hello(), v: 99 });
  assert.equal((await client.next("error")).code, "unsupported_version");
  assert.equal(await client.closed(), 4000);
});

test("another build is told to load the page again", async (context) => {
  const client = await connect(server.url, "todo");
  context.after(() => client.close());
  client.send({ ...client.hello(), build: "0000000000000000" });
  assert.equal((await client.next("reload")).reason, "build");
});

test("nothing but malformed frames ends in 4002", async (context) => {
  const client = await todo(context);
  for (let count = 0; count < MALFORMED_COUNT; count += 1) client.send("?");
  assert.equal(await client.closed(), 4002);
});

test("a frame over the size limit ends in 1009", async (context) => {
  const client = await todo(context);
  client.send("x".repeat(FRAME_BYTES_TOO_MANY));
  assert.equal(await client.closed(), 1009);
});

test("a page of another origin may not open a socket", async () => {
  const target = `${server.url.replace("http", "ws")}/todo/_socket`;
  const socket = new WebSocket(target, { origin: "http://elsewhere.example" });
  const [code] = await once(socket, "close");
  assert.equal(code, 1008);
});
