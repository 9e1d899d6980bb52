/**
 * A session over sockets that are none, with effects that only note what they are asked.
 */
import { afterEach, beforeEach, expect, vi } from "vitest";

import { type Effects, Session } from "../src/session.ts";
import type { Status } from "../src/status.ts";
import type { ErrorMessage } from "../src/wire.ts";
import { FakeSocket } from "./fake-socket.ts";

export let sockets: FakeSocket[];
let route: string;
export let statuses: Status[];
export let failures: ErrorMessage[];
export let effects: { [Name in keyof Effects]: ReturnType<typeof vi.fn> };

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  sockets = [];
  route = "/";
  statuses = [];
  failures = [];
  effects = {
    replace: vi.fn(),
    apply: vi.fn(),
    run: vi.fn(),
    settled: vi.fn(),
    failed: vi.fn((error: ErrorMessage) => failures.push(error)),
    restarted: vi.fn(),
    status: vi.fn((status: Status) => statuses.push(status)),
    reload: vi.fn(),
    route: vi.fn(() => route),
    stored: vi.fn(),
  };
});

afterEach(() => {
  vi.useRealTimers();
});

/** A page's session that has begun to connect. */
export function openSession(): Session {
  const session = new Session({
    url: "ws://host/_socket",
    base: "",
    build: "b1",
    hash: "h1",
    effects: effects as never,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as never;
    },
  });
  session.connection.open();
  return session;
}

/** The latest socket. */
export function socket(): FakeSocket {
  return sockets.at(-1) as FakeSocket;
}

/** The server takes the socket and answers hello. */
export function join(message: object = {}): void {
  socket().accept();
  socket().serve({ t: "state", seq: 1, token: "t1", event: 0, ...message });
}

/** Waits for the next socket. */
export function reconnect(): void {
  const before = sockets.length;
  vi.advanceTimersByTime(60_000);
  expect(sockets.length).toBe(before + 1);
}

/** The browser shows another address. */
export function showRoute(next: string): void {
  route = next;
}
