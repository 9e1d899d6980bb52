/** What clients do when servers crash, come back, move sessions and lose frames. */
import { describe, expect, test, vi } from "vitest";

import { PENDING_LIMIT } from "../src/pending.ts";
import {
  effects,
  join,
  openSession,
  reconnect,
  socket,
  sockets,
  statuses,
} from "./session-harness.ts";

describe("an event", () => {
  test("of which the server had stored nothing is sent again", () => {
    const session = openSession();
    join();
    const ticket = session.send(0, ["x"]) as number;
    socket().cut();
    reconnect();
    join({ seq: 1, event: 0 });
    expect(socket().sent.at(-1)).toMatchObject({ t: "event", id: 1, args: ["x"] });
    expect(session.isPending(ticket)).toBe(true);
    socket().serve({ t: "patch", seq: 2, ack: [1] });
    expect(session.isPending(ticket)).toBe(false);
  });

  test("that the server has, but did not acknowledge, waits under its id", () => {
    const session = openSession();
    join();
    const ticket = session.send(0, []) as number;
    socket().cut();
    reconnect();
    join({ seq: 1, event: 1 });
    // The server drops it, and acknowledges it when it is handled, or again when it was.
    expect(socket().events).toEqual([1]);
    expect(session.isPending(ticket)).toBe(true);
    socket().serve({ t: "patch", seq: 2, ack: [1] });
    expect(session.isPending(ticket)).toBe(false);
    session.send(0, []);
    expect(socket().events).toEqual([1, 2]);
  });

  test("whose acknowledgement was lost is acknowledged once more, and by `handled`", () => {
    const session = openSession();
    join();
    const tickets = [1, 2].map(() => session.send(0, []) as number);
    socket().cut();
    reconnect();
    join({ seq: 9, event: 2, handled: 1, state: [[1]] });
    expect(tickets.map((ticket) => session.isPending(ticket))).toEqual([false, true]);
    socket().serve({ t: "patch", seq: 10, ack: [1, 2] });
    expect(tickets.some((ticket) => session.isPending(ticket))).toBe(false);
    expect(socket().events).toEqual([2]);
  });

  test("follows the last id that the server knows, without a gap", () => {
    const session = openSession();
    join();
    for (let count = 0; count < 4; count += 1) session.send(0, [count]);
    socket().serve({ t: "patch", seq: 2, ack: [1, 2, 3] });
    socket().cut();
    reconnect();
    // The store came back as it was before: what it forgot was acknowledged, and is not repeated.
    join({ seq: 1, event: 1, state: [[0]] });
    const events = socket().sent.filter(({ t }) => t === "event");
    expect(events.map(({ id, args }) => [id, args])).toEqual([[2, [3]]]);
    session.send(0, []);
    expect(socket().events).toEqual([2, 3]);
  });

  test("waits while the store is not reached; the page says so, and stays usable", () => {
    const session = openSession();
    join();
    socket().serve({ t: "store", waiting: true });
    expect(statuses.at(-1)).toEqual({ kind: "unstored" });
    const ticket = session.send(0, []) as number;
    expect(socket().events).toEqual([1]);
    expect(session.isPending(ticket)).toBe(true);
    socket().serve({ t: "store", waiting: false });
    expect(statuses.at(-1)).toEqual({ kind: "open" });
  });

  test("waits as well where the server says so before it answers hello", () => {
    openSession();
    socket().accept();
    socket().serve({ t: "store", waiting: true });
    expect(statuses).toEqual([]);
    socket().serve({ t: "state", seq: 1, token: "t1", event: 0 });
    expect(statuses.at(-1)).toEqual({ kind: "unstored" });
    socket().cut();
    reconnect();
    join();
    expect(statuses.at(-1)).toEqual({ kind: "open" });
  });

  test("is kept up to the limit while a server without its store refuses the page", () => {
    const session = openSession();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      socket().accept();
      socket().cut(1013, "the store does not answer");
      expect(statuses.at(-1)).toEqual({ kind: "waiting", reason: "the store does not answer" });
      if (attempt === 0) for (let count = 0; count < PENDING_LIMIT; count += 1) session.send(0, []);
      reconnect();
    }
    expect(session.send(0, [])).toBeUndefined();
    join();
    expect(socket().events).toHaveLength(128);
    expect(statuses.at(-1)).toEqual({ kind: "open" });
  });
});

describe("the state", () => {
  test("of a server that lost what it had not stored replaces everything", () => {
    openSession();
    join({ seq: 7 });
    for (let seq = 8; seq <= 12; seq += 1) socket().serve({ t: "patch", seq });
    socket().cut();
    reconnect();
    join({ seq: 9, state: [["stored"]] });
    expect(effects.replace).toHaveBeenLastCalledWith([["stored"]]);
    socket().serve({ t: "patch", seq: 10, ops: [[0, ["s", [0], "new"]]] });
    expect(effects.apply).toHaveBeenCalledTimes(1);
  });

  test("frames that come twice, or late, change nothing", () => {
    openSession();
    join();
    const patch = (seq: number) => ({ t: "patch", seq, ops: [[0, ["s", [0], seq]]] });
    for (const seq of [2, 3, 2, 3, 4, 3]) socket().serve(patch(seq));
    expect(effects.apply.mock.calls.map(([[[, operation]]]) => operation[2])).toEqual([2, 3, 4]);
    expect(sockets).toHaveLength(1);
  });

  test("frames of a socket that was given up are not heard", () => {
    openSession();
    join();
    const old = socket();
    old.cut();
    reconnect();
    join({ seq: 1 });
    old.serve({ t: "patch", seq: 2, ops: [[0, ["s", [0], 1]]] });
    expect(effects.apply).not.toHaveBeenCalled();
  });
});

describe("a session that moved", () => {
  test("is followed at once", () => {
    openSession();
    join();
    socket().cut(1012, "moved");
    vi.advanceTimersByTime(0);
    expect(sockets).toHaveLength(2);
  });

  test("again and again is followed with rests", () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    openSession();
    join();
    socket().cut(1012, "moved");
    vi.advanceTimersByTime(0);
    join({ seq: 1 });
    socket().cut(1012, "moved");
    vi.advanceTimersByTime(0);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(1_500);
    expect(sockets).toHaveLength(3);
    vi.restoreAllMocks();
  });

  test("differs from a server that restarts, whose clients come back spread", () => {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    openSession();
    join();
    socket().cut(1012, "the server restarts");
    vi.advanceTimersByTime(700);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(sockets).toHaveLength(2);
    vi.restoreAllMocks();
  });
});

describe("a laptop that slept", () => {
  test("connects anew at once, as the server has given it up", () => {
    const session = openSession();
    join();
    const ticket = session.send(0, []) as number;
    vi.setSystemTime(Date.now() + 3_600_000); // timers stood still
    session.connection.wake();
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(2);
    join({ seq: 1, event: 0 });
    expect(socket().events).toEqual([1]);
    expect(session.isPending(ticket)).toBe(true);
  });

  test("finds out by itself when nobody wakes it", () => {
    openSession();
    join();
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(25_000 + 300); // the ping comes late
    expect(sockets).toHaveLength(2);
  });

  test("only asks for a sign of life after a short nap", () => {
    const session = openSession();
    join();
    vi.setSystemTime(Date.now() + 30_000);
    session.connection.wake();
    expect(socket().sent.at(-1)).toEqual({ t: "ping" });
    socket().serve({ t: "pong" });
    vi.advanceTimersByTime(12_000);
    expect(sockets).toHaveLength(1);
  });
});
