/**
 * The client's side of a session: hello, event ids, acknowledgements and replay, as
 * host/session/PROTOCOL.md describes them. Free of React and of the page, so that it is tested
 * with a socket of the test's own. Not here: sockets and waits (connection.ts).
 */
import type { Carried } from "./carried.ts";
import { Connection, type OpenSocket } from "./connection.ts";
import { type PendingEvent, PendingEvents } from "./pending.ts";
import { agreed, judge } from "./renewal.ts";
import type { Status } from "./status.ts";
import { readStored, takeStored, writeStored } from "./storage.ts";
import {
  type ClientMessage,
  encode,
  type ErrorMessage,
  parse,
  type PatchMessage,
  type ServerMessage,
  type StateMessage,
  type StoredValues,
  type SubstatePatch,
  type Value,
  VERSION,
  type WireCommand,
} from "./wire.ts";

/** What a session does to the page. */
export interface Effects {
  /** Replaces the state. */
  replace(state: readonly (readonly Value[])[]): void;
  /** Applies patches; throws when they do not fit the state. */
  apply(patches: readonly SubstatePatch[]): void;
  /** Runs commands once what was applied is shown. */
  run(commands: readonly WireCommand[]): void;
  /** Some events were acknowledged, or given up. */
  settled(): void;
  /** The server refused an event, or its handler failed. */
  failed(error: ErrorMessage): void;
  /** The session is another than before and knows nothing of what the last one was told. */
  restarted(): void;
  /** The connection's status changed. */
  status(status: Status): void;
  /** Loads the page again. */
  reload(): void;
  /** Path, query and fragment that the browser shows, without the base. */
  route(): string;
  /** What hello says of what the browser keeps: everything, or what the state does not say. */
  stored(everything: boolean): StoredValues | undefined;
}

/** What a session needs to know of its page. */
export interface SessionOptions {
  /** Address of the socket. */
  url: string;
  /** The path under which the app is served. */
  base: string;
  /** The build that the page was made for. */
  build: string;
  /** The hash of the state that the page was delivered with, null when it has none. */
  hash: string | null;
  /** The session whose state that is, if it is one's. */
  given?: GivenSession | null;
  effects: Effects;
  openSocket?: OpenSocket;
}

/** A session that the server began for the page. */
export interface GivenSession {
  token: string;
  /** The name that the page load has in it. */
  client: string;
  /** The sequence number at which the page's state stands. */
  seq: number;
  /** The highest event id that the session has received. */
  event: number;
  /** Whether another page had it before. */
  continued: boolean;
}

/** So many events are sent ahead of their acknowledgements; half of what a session queues. */
const EVENTS_UNDER_WAY = 128;
/** How long the server may take to ask for the tab's session, in seconds, once the tab leaves … */
const LEAVE_S = 5;
/** Applied frames are acknowledged after so many … */
const ACK_FRAMES = 32;
/** … or after so long, so that the server can forget them. */
const ACK_WAIT_MS = 5_000;

/** One session, through as many sockets as it takes. */
export class Session {
  readonly #options: SessionOptions;
  readonly #effects: Effects;
  readonly #connection: Connection;
  readonly #pending = new PendingEvents();
  /** This page load's name: tells a reload from a duplicated tab. */
  readonly #client: string;
  readonly #tokenKey: string;
  readonly #leftKey: string;
  /** Whether the page goes on in the session that the server began for it. */
  readonly #claims: boolean;
  #token: string | null;
  /** The session of the page before this one, and the last sequence number applied there. */
  #carriedFrom: string | null = null;
  #previous = 0;
  #base: string | null;
  /** The last sequence number applied. */
  #seq = 0;
  /** The highest event id sent by this page load. */
  #sent = 0;
  /** The highest event id sent on the present socket. */
  #sentHere = 0;
  #routeSent = "";
  /** Whether the server has said where the client stands on the present socket. */
  #ready = false;
  /** Whether the server does not reach its store, as it said on the present socket. */
  #waiting = false;
  /** Whether this page load has ever been in a session. */
  #joined = false;
  #unacknowledged = 0;
  #ackTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#effects = options.effects;
    this.#base = options.hash;
    this.#tokenKey = `ferroflex:token:${options.base}`;
    this.#leftKey = `ferroflex:left:${options.base}`;
    this.#token = readStored("session", this.#tokenKey);
    const given = this.#claimed(options.given);
    this.#claims = given !== null;
    this.#client = given?.client ?? randomName();
    if (given) this.#begin(given);
    this.#connection = new Connection(options.url, this.#owner(), options.openSocket);
  }

  /** The connection under the session: opened, closed and woken by the page's life. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Whether the page goes on in the session that the server began for it. */
  get claims(): boolean {
    return this.#claims;
  }

  /** Whether events reach the server now. */
  get ready(): boolean {
    return this.#ready;
  }

  /**
   * Sends an event, now or as soon as there is a connection. Gives its ticket, by which `isPending`
   * knows it; undefined when too many events wait already.
   */
  send(handler: number, args: readonly unknown[]): number | undefined {
    const event = this.#pending.add(handler, args, this.#effects.route());
    if (!event) return undefined;
    if (this.#ready) this.#transmitDue();
    return event.ticket;
  }

  /** Takes over what the page before this one left; before the connection is opened. */
  adopt({ token, seq, events }: Carried): void {
    this.#carriedFrom = token;
    this.#previous = seq;
    this.#pending.adopt(events);
  }

  /** What the page after this one needs: the events that nobody has acknowledged, and the place. */
  carry(): Carried {
    return { token: this.#token, seq: this.#seq || this.#previous, events: this.#pending.all() };
  }

  /** Tells what the browser keeps now; false when nobody hears it, and the next hello has to. */
  tellStorage(values: StoredValues): boolean {
    if (this.#ready) this.#post({ t: "storage", values });
    return this.#ready;
  }

  /** Whether the event with this ticket is not acknowledged yet. */
  isPending(ticket: number): boolean {
    return this.#pending.has(ticket);
  }

  /** The browser shows another address; the server's state is told, if it has not been. */
  navigated(): void {
    const route = this.#effects.route();
    if (!this.#ready || route === this.#routeSent) return;
    this.#routeSent = route;
    this.#post({ t: "route", route });
  }

  /**
   * The tab is about to load a page. If that is one of this app's, the server delivers it with this
   * session's state; the mark tells that page that it is this tab and not a copy of it.
   */
  leave(): void {
    if (!this.#ready || this.#token === null) return;
    const path = this.#options.base || "/";
    const age = `max-age=${LEAVE_S}`;
    document.cookie = `ferroflex_tab=${this.#token}; path=${path}; ${age}; samesite=lax`;
    writeStored("session", this.#leftKey, this.#token);
    // Links to files, and whoever stays when asked, leave nothing.
    setTimeout(() => this.stayed(), LEAVE_S * 1_000);
  }

  /** The tab did not leave. */
  stayed(): void {
    takeStored("session", this.#leftKey);
  }

  /**
   * The given session, if it is for this tab. A tab that has another one keeps that; and a session
   * that had a page before belongs to the tab that has just left that page.
   */
  #claimed(given: GivenSession | null | undefined): GivenSession | null {
    const left = takeStored("session", this.#leftKey);
    if (!given) return null;
    const own = given.continued ? left : (this.#token ?? given.token);
    return own === given.token ? given : null;
  }

  #begin({ token, seq, event }: GivenSession): void {
    this.#token = token;
    writeStored("session", this.#tokenKey, token);
    this.#seq = seq;
    this.#base = null;
    this.#pending.renumber(event);
    this.#sent = event;
  }

  #owner() {
    return {
      opened: () => this.#hello(),
      received: (text: string) => this.#received(text),
      lost: (status: Status) => {
        this.#ready = false;
        clearTimeout(this.#ackTimer);
        this.#effects.status(status);
      },
      oversized: () => this.#dropLargest(),
      breached: () => this.#reloadOnce(),
    };
  }

  #hello(): void {
    const route = this.#effects.route();
    const storage = this.#effects.stored(!this.#joined || this.#seq === 0);
    const continues = this.#carriedFrom !== null && this.#carriedFrom === this.#token;
    this.#routeSent = route;
    this.#waiting = false;
    this.#post({
      t: "hello",
      v: VERSION,
      build: this.#options.build,
      client: this.#client,
      token: this.#token,
      seq: this.#seq,
      event: this.#sent,
      base: this.#base,
      route,
      ...(storage ? { storage } : {}),
      ...(continues ? { previous: this.#previous } : {}),
    });
  }

  #received(text: string): void {
    try {
      this.#take(parse(text) as ServerMessage);
    } catch (error) {
      console.error("ferroflex: a frame could not be applied; asking for the full state", error);
      this.#seq = 0;
      this.#base = null;
      this.#connection.restart();
    }
  }

  #take(message: ServerMessage): void {
    switch (message.t) {
      case "state":
        return this.#takeState(message);
      case "patch":
        if (this.#isNext(message.seq)) this.#takePatch(message);
        return;
      case "error":
        if (message.seq === undefined || this.#isNext(message.seq)) this.#takeError(message);
        return;
      case "reload":
        return this.#renew();
      case "store":
        this.#waiting = message.waiting;
        return this.#connected();
      case "pong":
        return;
    }
    console.warn(`ferroflex: no message of a server is called ${(message as { t: unknown }).t}`);
  }

  #takeState(message: StateMessage): void {
    const fresh = message.token !== this.#token;
    const answersHello = !this.#ready;
    if (fresh) {
      this.#token = message.token;
      writeStored("session", this.#tokenKey, message.token);
    }
    if (message.state) {
      this.#base = null;
      this.#effects.replace(message.state);
    }
    this.#seq = message.seq;
    if (message.handled !== undefined) this.#settle((id) => id <= (message.handled as number));
    if (answersHello) this.#join(fresh, message);
    else if (message.reopened) this.#effects.restarted();
    this.#applied();
  }

  /** Goes on where the server says that the session stands. */
  #join(fresh: boolean, { event: lastEvent, reopened }: StateMessage): void {
    const restarted = fresh && (this.#joined || this.#claims);
    const first = fresh || !this.#joined;
    // Nobody has acknowledged what waits, so that it belongs to whatever session the page is given.
    if (this.#carriedFrom === this.#token) this.#pending.resume(lastEvent);
    else if (first) this.#pending.renumber(lastEvent);
    else this.#pending.follow(lastEvent);
    this.#carriedFrom = null;
    this.#sent = first ? 0 : Math.min(this.#sent, lastEvent);
    const waiting = this.#pending.all().length;
    this.#joined = true;
    this.#ready = true;
    this.#connection.proved();
    agreed(this.#options.base);
    this.#connected();
    if (restarted || reopened) this.#restart(restarted ? waiting : 0, lastEvent);
    this.#sentHere = 0;
    this.#transmitDue();
    this.navigated();
    this.#effects.settled();
  }

  #connected(): void {
    if (this.#ready) this.#effects.status({ kind: this.#waiting ? "unstored" : "open" });
  }

  /** Has the page begin anew; the events that waited before come after what that sends. */
  #restart(waiting: number, lastEvent: number): void {
    this.#sentHere = Infinity; // nothing is sent before all is in order
    this.#effects.restarted();
    if (waiting === 0) return;
    this.#pending.postpone(waiting);
    this.#pending.renumber(lastEvent);
  }

  #takePatch(message: PatchMessage): void {
    if (message.ops) {
      this.#effects.apply(message.ops);
      this.#base = null;
    }
    this.#seq = message.seq;
    if (message.ack) this.#settle((id) => message.ack?.includes(id) ?? false);
    if (message.commands) this.#effects.run(message.commands);
    this.#applied();
  }

  #takeError(message: ErrorMessage): void {
    if (message.seq !== undefined) this.#seq = message.seq;
    if (message.event !== undefined) this.#settle((id) => id === message.event);
    this.#effects.failed(message);
    if (message.seq !== undefined) this.#applied();
  }

  /** Whether the frame is the next one: not one applied before, and none missing before it. */
  #isNext(seq: number): boolean {
    if (seq <= this.#seq) return false;
    if (seq > this.#seq + 1) throw new RangeError(`frame ${seq} came after frame ${this.#seq}`);
    return true;
  }

  #settle(acknowledged: (id: number) => boolean): void {
    this.#pending.settle(acknowledged);
    if (this.#ready) this.#transmitDue();
    this.#effects.settled();
  }

  /** Sends the oldest events, as many as may be under way, unless this socket has them already. */
  #transmitDue(): void {
    for (const event of this.#pending.all().slice(0, EVENTS_UNDER_WAY)) {
      if (event.id > this.#sentHere) this.#transmit(event);
    }
  }

  #transmit(event: PendingEvent): void {
    const { id, handler, args, route } = event;
    this.#post({
      t: "event",
      id,
      handler,
      args,
      ...(route === this.#routeSent ? {} : { route }),
      ...(this.#unacknowledged > 0 ? { ack: this.#seq } : {}),
    });
    this.#routeSent = route;
    this.#sent = Math.max(this.#sent, id);
    this.#sentHere = id;
    this.#acknowledged();
  }

  #applied(): void {
    this.#unacknowledged += 1;
    if (this.#unacknowledged >= ACK_FRAMES) this.#acknowledge();
    else if (this.#unacknowledged === 1) {
      this.#ackTimer = setTimeout(() => this.#acknowledge(), ACK_WAIT_MS);
    }
  }

  #acknowledge(): void {
    this.#post({ t: "ack", seq: this.#seq });
    this.#acknowledged();
  }

  #acknowledged(): void {
    this.#unacknowledged = 0;
    clearTimeout(this.#ackTimer);
  }

  /** Gives up the event that must have been too large, so that the others get through. */
  #dropLargest(): void {
    const size = (event: PendingEvent) => encode(event.args).length;
    const largest = [...this.#pending.all()].sort((a, b) => size(b) - size(a))[0];
    if (!largest) return;
    this.#pending.drop(largest);
    this.#effects.settled();
    this.#effects.failed({ t: "error", code: "too_large", message: "too large to be sent" });
  }

  /** The server runs another build than the page. */
  #renew(): void {
    const verdict = judge(this.#options.base);
    if (verdict === "retry") return this.#connection.restart();
    if (verdict === "give up") return this.#stop("there is a newer version; reload the page");
    this.#connection.stop({ kind: "updating" });
    this.#effects.reload();
  }

  /** A page that was loaded again after a breach of the protocol, and fails again, stays as it is. */
  #reloadOnce(): void {
    const key = `ferroflex:reloaded:${this.#options.base}`;
    const { build } = this.#options;
    this.#stop("the connection failed; reload the page");
    if (readStored("session", key) === build) return;
    writeStored("session", key, build);
    if (readStored("session", key) === build) this.#effects.reload();
  }

  #stop(reason: string): void {
    this.#connection.stop({ kind: "stopped", reason });
  }

  #post(message: ClientMessage): void {
    this.#connection.send(encode(message));
  }
}

/** 128 random bits. `crypto.randomUUID` would need HTTPS. */
function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
