/**
 * One WebSocket after another: opening, waiting longer from attempt to attempt, heartbeats, and
 * what each close code asks for. Not here: what the messages mean (session.ts).
 */
import type { Status } from "./status.ts";

/** The first wait before connecting again; doubled by every attempt that fails. */
const BACKOFF_FIRST_MS = 250;
/** The longest wait: a server that comes back is found within seconds. */
const BACKOFF_LIMIT_MS = 10_000;
/** After a refusal: asking again soon would be refused again. */
const REFUSED_WAIT_MS = 30_000;
/** The clients of a server that restarts come back spread over this time. */
const RESTART_SPREAD_MS = 1_500;
/** A session that moved is with another server already; twice within this time is no move. */
const MOVED_REST_MS = 1_000;
/** Below the 60 s after which proxies close a silent connection; the protocol says 25 s. */
const PING_MS = 25_000;
/** How long a ping may stay unanswered before the connection counts as dead. */
const PONG_WAIT_MS = 10_000;
/** A server has given up a client of which it heard nothing for so long: the laptop slept. */
const SILENCE_MS = 60_000;

/** Whom a connection tells what happens. */
export interface ConnectionOwner {
  /** The socket is open: say hello. */
  opened(): void;
  /** A text frame came. */
  received(text: string): void;
  /** The socket was lost, or could not be opened. */
  lost(status: Status): void;
  /** The server closed the socket because a frame was over its size limit. */
  oversized(): void;
  /** The server closed the socket because of a breach of the protocol. */
  breached(): void;
}

/** Opens a socket; tests give another than the browser's. */
export type OpenSocket = (url: string) => WebSocket;

type Timer = ReturnType<typeof setTimeout>;

/** A connection that is made again whenever it is lost, until it is closed. */
export class Connection {
  readonly #url: string;
  readonly #owner: ConnectionOwner;
  readonly #openSocket: OpenSocket;
  #socket: WebSocket | null = null;
  #attempts = 0;
  #lastSent = 0;
  #lastMoved = -Infinity;
  #stopped = false;
  #retryTimer: Timer | undefined;
  #pingTimer: Timer | undefined;
  #pongTimer: Timer | undefined;

  constructor(url: string, owner: ConnectionOwner, openSocket?: OpenSocket) {
    this.#url = url;
    this.#owner = owner;
    this.#openSocket = openSocket ?? ((address) => new WebSocket(address));
  }

  /** Connects, unless there is a socket already or the server asked not to. */
  open(): void {
    clearTimeout(this.#retryTimer);
    if (this.#socket || this.#stopped) return;
    const socket = this.#openSocket(this.#url);
    this.#socket = socket;
    const current = (react: () => void) => () => void (this.#socket === socket && react());
    socket.onopen = current(() => {
      this.#lastSent = Date.now();
      this.#owner.opened();
    });
    socket.onmessage = (event) => {
      if (this.#socket !== socket) return;
      clearTimeout(this.#pongTimer);
      this.#owner.received(String(event.data));
    };
    socket.onclose = (event) => this.#socket === socket && this.#closed(event.code, event.reason);
  }

  /** Sends a frame; without an open socket it is dropped, as a new hello tells all there is. */
  send(text: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - this.#lastSent > SILENCE_MS) return this.restart();
    this.#socket.send(text);
    this.#lastSent = Date.now();
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => this.ping(), PING_MS);
  }

  /** Asks for a sign of life; the connection is made anew when none comes. */
  ping(): void {
    clearTimeout(this.#pongTimer);
    this.#pongTimer = setTimeout(() => this.restart(), PONG_WAIT_MS);
    this.send('{"t":"ping"}');
  }

  /** The server answered as it should: the next loss starts with a short wait again. */
  proved(): void {
    this.#attempts = 0;
  }

  /** Gives the socket up and connects again. */
  restart(): void {
    if (this.#stopped) return;
    this.#drop();
    this.#retry(this.#backoff(), { kind: "connecting" });
  }

  /** Closes the socket without connecting again by itself. */
  close(): void {
    this.#drop();
    this.#owner.lost({ kind: "connecting" });
  }

  /** Closes the socket for good; the status says why. */
  stop(status: Status): void {
    this.#stopped = true;
    this.#drop();
    this.#owner.lost(status);
  }

  /** The browser says that there is a network, or the page is looked at again. */
  wake(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.ping();
    else this.open();
  }

  #closed(code: number, reason: string): void {
    this.#forget();
    switch (code) {
      case 1001:
      case 1012:
        return this.#retry(this.#spread(reason), { kind: "connecting" });
      case 1008:
      case 4004:
        return this.#retry(REFUSED_WAIT_MS, { kind: "waiting", reason: reason || "refused" });
      case 1009:
        this.#owner.oversized();
        break;
      case 1013:
        return this.#retry(this.#backoff(), { kind: "waiting", reason: reason || "try later" });
      case 4000:
        return this.#owner.breached();
      case 4001:
        return this.#end(reason || "this session goes on in another window");
      case 4002:
        return this.#end(reason || "too many malformed messages were sent");
    }
    this.#retry(this.#backoff(), { kind: "connecting" });
  }

  #end(reason: string): void {
    this.stop({ kind: "stopped", reason });
  }

  /** How long after a server went away; nothing when another one has the session already. */
  #spread(reason: string): number {
    const rested = Date.now() - this.#lastMoved > MOVED_REST_MS;
    if (reason !== "moved" || !rested) return Math.random() * RESTART_SPREAD_MS;
    this.#lastMoved = Date.now();
    return 0;
  }

  /** Half of the wait is random, so that clients lost together do not come back together. */
  #backoff(): number {
    const wait = Math.min(BACKOFF_FIRST_MS * 2 ** this.#attempts, BACKOFF_LIMIT_MS);
    this.#attempts += 1;
    return wait * (0.5 + Math.random() / 2);
  }

  #retry(wait: number, status: Status): void {
    this.#retryTimer = setTimeout(() => this.open(), wait);
    this.#owner.lost(status);
  }

  #drop(): void {
    const socket = this.#socket;
    this.#forget();
    socket?.close();
  }

  #forget(): void {
    this.#socket = null;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#pingTimer);
    clearTimeout(this.#pongTimer);
  }
}
