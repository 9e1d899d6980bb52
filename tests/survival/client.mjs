/**
 * A client of the wire protocol (host/session/PROTOCOL.md) that does what a page does: keeps a copy
 * of the state, reconnects, says where it stands, sends unacknowledged events again, passes over
 * frames that it has applied. What the server does against the protocol is noted in `breaches`.
 *
 * It waits less before it connects again than a page does: there is more to survive that way.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { WebSocket } from "../browser/client.mjs";
import { Replica } from "./replica.mjs";
import { Cookies, readSite } from "./site.mjs";

const EVENTS_UNDER_WAY = 128;
const ACK_FRAMES = 32;
const RETRY_MS_FIRST = 60;
const RETRY_MS_MAX = 1_000;
/** As long as a page waits, unless a test asks for less. */
const PING_MS = 25_000;
const PONG_WAIT_MS = 10_000;
const LOOK_MS = 20;
const PATIENCE_MS = 30_000;
/** After these close codes a page does not connect again. */
const FINAL_CODES = [1008, 4000, 4001, 4002];

/** One tab of one browser, in one session through as many sockets as it takes. */
export class Client {
  /** What the server did that it must not do. */
  breaches = [];
  /** Sockets that said hello and were answered. */
  joined = 0;
  /** How often the page had to be loaded again. */
  reloads = 0;
  /** The messages of all toasts, in their order. */
  toasts = [];
  /** The codes and the messages of error frames. */
  errors = [];
  /** The codes and the reasons with which sockets were closed. */
  closed = [];
  /** Whether the server says that it waits for its store, and when it said so: `[ms, waiting]`. */
  store = { waiting: false, told: [] };
  /** The longest time from an event's first sending to its acknowledgement, in milliseconds. */
  longest = 0;
  acknowledged = 0;
  token = null;
  seq = 0;
  ready = false;
  #url;
  #options;
  #site = null;
  #socket = null;
  #page = newName();
  #pending = [];
  #lastId = 0;
  /** The highest id that this page load has sent, that it has sent on the present socket. */
  #sentEver = 0;
  #sentHere = 0;
  #highestAcknowledged = 0;
  #isReloaded = false;
  /** Where the page before this one stood, which was of another build. */
  #previous = 0;
  #unacknowledged = 0;
  #attempts = 0;
  #over = false;
  #timers = {};

  /**
   * Loads the page at `url` and connects.
   *
   * @param {{cookies?: Cookies, token?: string, pingMs?: number, pongMs?: number}} options
   */
  static async open(url, options = {}) {
    const client = new Client(url, options);
    await client.load();
    client.connect();
    await client.until(() => client.ready, "an answer to hello");
    return client;
  }

  constructor(url, options) {
    this.#url = url;
    this.#options = options;
    this.cookies = options.cookies ?? new Cookies();
    this.token = options.token ?? null;
  }

  /** Reads page and names, again and again while the server is away. */
  async load() {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        this.#site = await readSite(this.#url, this.cookies);
        break;
      } catch (error) {
        if (performance.now() > deadline || this.#over) throw error;
        await sleep(RETRY_MS_FIRST);
      }
    }
    this.state = new Replica(this.#site.names);
  }

  get build() {
    return this.#site.build;
  }

  /** Events that are not acknowledged. */
  get pending() {
    return this.#pending.length;
  }

  /** Sends an event, now or as soon as there is a connection. Gives its id. */
  send(handler, ...args) {
    const id = (this.#lastId += 1);
    this.#pending.push({ id, handler, args, since: performance.now() });
    if (this.ready) this.#transmitDue();
    return id;
  }

  /** Sends an event and waits for its acknowledgement. */
  async call(handler, ...args) {
    const id = this.send(handler, ...args);
    const isDone = () => this.#pending.every((event) => event.id !== id);
    await this.until(isDone, `the acknowledgement of ${handler}`);
  }

  /** Sends any frame, right or wrong, on the present socket. */
  post(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** The number of the handler whose full name ends so. */
  handler(name) {
    const number = this.#site.names.handlers.findIndex((full) => full.endsWith(`.${name}`));
    if (number < 0) throw new Error(`the app has no handler ${name}`);
    return number;
  }

  /** Waits until all events are acknowledged. */
  async settled(waitMs = PATIENCE_MS) {
    await this.until(() => this.pending === 0, "the last acknowledgement", waitMs);
  }

  /** Asks for the whole state on a new socket: what the server has, not what it has told. */
  async refresh() {
    const before = this.joined;
    this.seq = 0;
    this.#drop();
    this.connect();
    await this.until(() => this.joined > before && this.ready, "the whole state");
  }

  /** Gives up the socket and connects again. */
  reconnect() {
    this.#lost();
  }

  /** Gives up the socket until it is told to connect. */
  disconnect() {
    this.#drop();
  }

  /** Goes on at another server, as a page does behind a proxy that chooses one. */
  async moveTo(url) {
    const before = this.joined;
    this.#url = url;
    this.#drop();
    this.connect();
    await this.until(() => this.joined > before && this.ready, `an answer of ${url}`);
  }

  /** Waits until something holds; past the deadline says what was waited for. */
  async until(holds, what, waitMs = PATIENCE_MS) {
    const deadline = performance.now() + waitMs;
    while (!holds()) {
      if (performance.now() > deadline) throw new Error(`${what} did not come: ${this.account()}`);
      await sleep(LOOK_MS);
    }
  }

  /** Where it stands, for messages. */
  account() {
    const { token, seq, ready, joined, reloads, pending, breaches, closed, errors } = this;
    const last = { closed: closed.slice(-4), errors: errors.slice(-4) };
    const oldest = this.#pending.slice(0, 3).map(({ id, handler }) => `${id} ${handler}`);
    const standing = { token, seq, ready, joined, reloads, pending, oldest, breaches, ...last };
    return JSON.stringify({ ...standing, acknowledged: this.acknowledged });
  }

  close() {
    this.#over = true;
    this.#drop();
  }

  connect() {
    if (this.#over) return;
    const headers = { ...this.cookies.header() };
    const address = `${this.#url.replace("http", "ws")}/_socket`;
    const socket = new WebSocket(address, { origin: this.#url, headers });
    this.#socket = socket;
    const current = (react) => (...given) => this.#socket === socket && react(...given);
    socket.on("upgrade", (response) => this.cookies.take(response.headers["set-cookie"]));
    socket.on("open", current(() => this.#hello()));
    socket.on("message", current((data) => this.#take(JSON.parse(data.toString()))));
    socket.on("close", current((code, reason) => this.#closed(code, reason.toString())));
    socket.on("error", () => {});
  }

  #hello() {
    const { token, seq } = this;
    const resume = { token, seq, event: this.#sentEver, base: null };
    const { build } = this.#site;
    const left = this.#isReloaded ? { previous: this.#previous } : {};
    this.#say({ t: "hello", v: 1, build, client: this.#page, ...resume, route: "/", ...left });
  }

  #take(message) {
    clearTimeout(this.#timers.pong);
    switch (message.t) {
      case "state":
        return this.#takeState(message);
      case "patch":
        return this.#isNext(message.seq) && this.#takePatch(message);
      case "error":
        return (message.seq === undefined || this.#isNext(message.seq)) && this.#takeError(message);
      case "store":
        this.store.waiting = message.waiting;
        this.store.told.push([performance.now(), message.waiting]);
        return;
      case "reload":
        return this.#reload();
      case "pong":
        return;
    }
    this.breaches.push(`a frame ${JSON.stringify(message)}`);
  }

  #takeState(message) {
    const isFresh = message.token !== this.token;
    const isFirst = this.joined === 0 || this.#isReloaded;
    if (isFresh && this.token !== null) this.breaches.push(`another session: ${this.account()}`);
    this.token = message.token;
    if (message.state) this.state.replace(message.state);
    else if (isFirst || this.seq === 0) this.breaches.push("no state for a client that has none");
    this.seq = message.seq;
    if (message.handled !== undefined) this.#settle((id) => id <= message.handled);
    if (!this.ready) this.#join(isFresh, isFirst, message);
    this.#applied();
  }

  #join(isFresh, isFirst, { event }) {
    if (!isFresh && event < this.#highestAcknowledged) {
      this.breaches.push(`${event} is the last event, ${this.#highestAcknowledged} acknowledged`);
    }
    // What a page before this one sent keeps its id where the session has received it.
    const kept = this.#isReloaded && !isFresh ? event : 0;
    if (isFresh || isFirst) this.#renumber(event, kept);
    this.#isReloaded = false;
    this.joined += 1;
    this.ready = true;
    this.#attempts = 0;
    this.#sentHere = 0;
    this.#transmitDue();
  }

  #renumber(last, kept) {
    const others = this.#pending.filter(({ id }) => id > kept);
    others.forEach((event, position) => (event.id = last + 1 + position));
    this.#lastId = last + others.length;
    this.#sentEver = 0;
  }

  #takePatch({ seq, ops, ack, commands }) {
    if (ops) this.state.apply(ops);
    this.seq = seq;
    if (ack) this.#settle((id) => ack.includes(id));
    for (const { c, message } of commands ?? []) if (c === "toast") this.toasts.push(message);
    this.#applied();
  }

  #takeError(message) {
    if (message.seq !== undefined) this.seq = message.seq;
    if (message.event !== undefined) this.#settle((id) => id === message.event);
    this.errors.push(`${message.code}: ${message.message}`);
    if (message.seq !== undefined) this.#applied();
  }

  #isNext(seq) {
    if (seq <= this.seq) return false;
    if (seq === this.seq + 1) return true;
    this.breaches.push(`frame ${seq} came after frame ${this.seq}`);
    this.seq = 0;
    this.#lost();
    return false;
  }

  #settle(isAcknowledged) {
    const now = performance.now();
    const open = [];
    for (const event of this.#pending) {
      if (!isAcknowledged(event.id)) {
        open.push(event);
        continue;
      }
      this.acknowledged += 1;
      this.longest = Math.max(this.longest, now - event.since);
      this.#highestAcknowledged = Math.max(this.#highestAcknowledged, event.id);
    }
    this.#pending = open;
    if (this.ready) this.#transmitDue();
  }

  #transmitDue() {
    for (const { id, handler, args } of this.#pending.slice(0, EVENTS_UNDER_WAY)) {
      if (id <= this.#sentHere) continue;
      const ack = this.#unacknowledged > 0 ? { ack: this.seq } : {};
      this.#say({ t: "event", id, handler: this.handler(handler), args, ...ack });
      this.#unacknowledged = 0;
      this.#sentHere = id;
      this.#sentEver = Math.max(this.#sentEver, id);
    }
  }

  #applied() {
    this.#unacknowledged += 1;
    if (this.#unacknowledged < ACK_FRAMES) return;
    this.#unacknowledged = 0;
    this.#say({ t: "ack", seq: this.seq });
  }

  #say(frame) {
    this.post(frame);
    clearTimeout(this.#timers.ping);
    this.#timers.ping = setTimeout(() => this.#ping(), this.#options.pingMs ?? PING_MS);
  }

  #ping() {
    this.#timers.pong = setTimeout(() => this.#lost(), this.#options.pongMs ?? PONG_WAIT_MS);
    this.#say({ t: "ping" });
  }

  #closed(code, reason) {
    this.closed.push([code, reason]);
    if (FINAL_CODES.includes(code)) this.breaches.push(`closed with ${code} ${reason}`);
    this.#lost();
  }

  /** Half of the wait is random, so that clients lost together do not come back together. */
  #lost() {
    this.#drop();
    const wait = Math.min(RETRY_MS_FIRST * 2 ** this.#attempts, RETRY_MS_MAX);
    this.#attempts += 1;
    this.#timers.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  /** The page belongs to another build: it is loaded again, in the same tab. */
  async #reload() {
    this.reloads += 1;
    this.#drop();
    try {
      await sleep(RETRY_MS_FIRST);
      await this.load();
    } catch (error) {
      this.breaches.push(`the page could not be loaded again: ${error.message}`);
      return;
    }
    this.#page = newName();
    this.#previous = this.seq || this.#previous;
    this.seq = 0;
    this.#sentEver = 0;
    this.#isReloaded = true;
    this.connect();
  }

  #drop() {
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
    this.ready = false;
    this.#unacknowledged = 0;
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }
}

function newName() {
  return randomUUID().replaceAll("-", "");
}
