/**
 * A bare client of the wire protocol (host/session/PROTOCOL.md) that also sends what no browser
 * would. It keeps no state and repairs nothing.
 */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";

import WebSocket from "ws";

import { eventually } from "./browser.mjs";

/**
 * Connects to an app's socket and says nothing yet. `cookie` is what a browser has been given that
 * was here before (`client.cookie`): without it, tokens are worth nothing.
 */
export async function connect(url, app, cookie) {
  const names = await (await fetch(`${url}/${app}/_app/names.json`)).json();
  const headers = cookie === undefined ? {} : { cookie };
  const address = `${url.replace("http", "ws")}/${app}/_socket`;
  const socket = new WebSocket(address, { origin: url, headers });
  const client = new Client(socket, names, cookie);
  await once(socket, "open");
  return client;
}

/** Connects and opens a session. */
export async function openSession(url, app) {
  const client = await connect(url, app);
  client.send(client.hello());
  await client.next("state");
  return client;
}

class Client {
  constructor(socket, names, cookie) {
    this.socket = socket;
    this.names = names;
    this.cookie = cookie;
    socket.on("upgrade", ({ headers }) => {
      const given = headers["set-cookie"]?.find((text) => text.startsWith("ferroflex_browser="));
      this.cookie = given?.split(";")[0] ?? this.cookie;
    });
    this.received = [];
    this.closeCode = null;
    this.lastEvent = 0;
    socket.on("message", (data) => this.received.push(JSON.parse(data.toString())));
    socket.on("close", (code) => (this.closeCode = code));
    socket.on("error", () => {});
  }

  hello() {
    const { build } = this.names;
    const resume = { token: null, seq: 0, event: 0, base: null };
    return { t: "hello", v: 1, build, client: randomUUID(), ...resume, route: "/" };
  }

  /** The number of the handler whose full name ends so. */
  handler(name) {
    const number = this.names.handlers.findIndex((full) => full.endsWith(`.${name}`));
    assert.notEqual(number, -1, `no handler ${name} in ${this.names.handlers}`);
    return number;
  }

  /** What a patch sets a field to; undefined when it does not set it. */
  fieldSet(patch, name) {
    const state = this.names.states.findIndex(([, fields]) => fields.includes(name));
    const field = this.names.states[state][1].indexOf(name);
    const [, ...operations] = patch.ops.find(([number]) => number === state) ?? [];
    const found = operations.findLast(([kind, path]) => kind === "s" && `${path}` === `${field}`);
    return found?.[2];
  }

  /** Sends a frame: text as it is, anything else as JSON. */
  send(frame) {
    this.socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Sends an event with the next id, which is returned. */
  event(handler, args) {
    this.lastEvent += 1;
    this.send({ t: "event", id: this.lastEvent, handler, args });
    return this.lastEvent;
  }

  /** Waits for a frame of a kind and takes it out; the ones before it are dropped. */
  next(kind) {
    return this.take(kind, ({ t }) => t === kind);
  }

  /** Waits for the patch that acknowledges an event and takes it out. */
  acknowledged(event) {
    return this.take(`patch for ${event}`, ({ t, ack }) => t === "patch" && ack?.includes(event));
  }

  take(name, wanted) {
    return eventually(() => {
      const found = this.received.findIndex(wanted);
      assert.notEqual(found, -1, `no ${name}, but ${JSON.stringify(this.received)}`);
      return this.received.splice(0, found + 1).at(-1);
    });
  }

  /** Waits until the server has closed the socket, and tells the code. */
  closed() {
    return eventually(() => {
      assert.notEqual(this.closeCode, null, "the socket is still open");
      return this.closeCode;
    });
  }

  close() {
    this.socket.terminate();
  }
}
