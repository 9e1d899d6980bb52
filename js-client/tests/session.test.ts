/** The client's side of the protocol over a socket that is not one. */
import { describe, expect, test, vi } from "vitest";

import { PENDING_LIMIT } from "../src/pending.ts";
import { goldenText } from "./golden.ts";
import {
  effects,
  failures,
  join,
  openSession,
  reconnect,
  showRoute,
  socket,
  sockets,
  statuses,
} from "./session-harness.ts";

/** What the protocol says that a client does when it is closed. */
interface CloseCase {
  code: number;
  client: string;
}

describe("hello", () => {
  test("says what the page is and has", () => {
    openSession();
    socket().accept();
    expect(socket().sent).toEqual([
      {
        t: "hello",
        v: 1,
        build: "b1",
        client: expect.stringMatching(/^[0-9a-f]{32}$/),
        token: null,
        seq: 0,
        event: 0,
        base: "h1",
        route: "/",
      },
    ]);
  });

  test("of a reload brings the token, and goes on with the session's ids", () => {
    sessionStorage.setItem("ferroflex:token:", "t1");
    const session = openSession();
    session.send(0, []);
    join({ seq: 40, event: 12, state: [[1]] });
    expect(socket().sent[0]).toMatchObject({ token: "t1", seq: 0, event: 0 });
    expect(socket().events).toEqual([13]);
    expect(effects.replace).toHaveBeenCalledWith([[1]]);
  });

  test("does not name the page's state once that has changed", () => {
    openSession();
    join();
    socket().serve({ t: "patch", seq: 2, ops: [[0, ["s", [0], 1]]] });
    socket().cut();
    reconnect();
    socket().accept();
    expect(socket().sent[0]).toMatchObject({ token: "t1", seq: 2, base: null });
  });
});

describe("what the browser keeps", () => {
  test("goes with hello, everything at first", () => {
    const all = { "2.0": "a" };
    effects.stored.mockImplementation((everything: boolean) => (everything ? all : undefined));
    const session = openSession();
    expect(session.tellStorage({ "2.0": "b" })).toBe(false);
    join();
    expect(socket().sent[0]).toMatchObject({ t: "hello", storage: { "2.0": "a" } });
    expect(session.tellStorage({ "2.0": "b" })).toBe(true);
    expect(socket().sent[1]).toEqual({ t: "storage", values: { "2.0": "b" } });
    socket().cut();
    reconnect();
    socket().accept();
    expect(socket().sent[0]).not.toHaveProperty("storage");
  });

  test("is asked for again when the state was opened anew", () => {
    openSession();
    join();
    expect(effects.restarted).not.toHaveBeenCalled();
    const anew = { t: "state", token: "t1", event: 0, reopened: true, state: [] };
    socket().serve({ ...anew, seq: 2, handled: 0 });
    expect(effects.restarted).toHaveBeenCalledOnce();
    socket().cut();
    reconnect();
    join({ seq: 3, reopened: true, state: [] });
    expect(effects.restarted).toHaveBeenCalledTimes(2);
  });
});

describe("events", () => {
  test("before the first answer wait for it", () => {
    const session = openSession();
    session.send(3, ["milk"]);
    socket().accept();
    expect(socket().events).toEqual([]);
    socket().serve({ t: "state", seq: 1, token: "t1", event: 0 });
    expect(socket().sent.at(-1)).toMatchObject({ t: "event", id: 1, handler: 3, args: ["milk"] });
  });

  test("ten around a cut are each sent until acknowledged, in order, and none after", () => {
    const session = openSession();
    join();
    const tickets = [1, 2, 3, 4, 5].map(() => session.send(0, []) as number);
    socket().serve({ t: "patch", seq: 2, ack: [1, 2] });
    socket().cut();
    tickets.push(...[6, 7, 8, 9, 10].map(() => session.send(0, []) as number));
    reconnect();
    socket().accept();
    expect(socket().sent[0]).toMatchObject({ t: "hello", seq: 2, event: 5, token: "t1" });
    expect(socket().events).toEqual([]);
    socket().serve({ t: "state", seq: 2, token: "t1", event: 4 });
    expect(socket().events).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    expect(tickets.map((ticket) => session.isPending(ticket)).filter(Boolean)).toHaveLength(8);

    socket().serve({ t: "patch", seq: 3, ack: [3, 4, 5, 6, 7, 8, 9, 10] });
    expect(tickets.some((ticket) => session.isPending(ticket))).toBe(false);
    socket().cut();
    reconnect();
    join({ seq: 3, event: 10 });
    expect(socket().events).toEqual([]);
    session.send(0, []);
    expect(socket().events).toEqual([11]);
  });

  test("that nobody acknowledged go to the next session, numbered anew", () => {
    const session = openSession();
    join();
    const tickets = [1, 2, 3].map((number) => session.send(0, [number]) as number);
    socket().serve({ t: "patch", seq: 2, ack: [1] });
    socket().cut();
    reconnect();
    join({ token: "t2", seq: 1, event: 0, state: [[0]] });
    const events = socket().sent.filter(({ t }) => t === "event");
    expect(events.map(({ id, args }) => [id, args])).toEqual([[1, [2]], [2, [3]]]);
    expect(tickets.map((ticket) => session.isPending(ticket))).toEqual([false, true, true]);
    session.send(0, []);
    expect(socket().events).toEqual([1, 2, 3]);
    expect(sessionStorage.getItem("ferroflex:token:")).toBe("t2");
  });

  test("that waited come after those with which a page begins in another session", () => {
    const session = openSession();
    effects.restarted.mockImplementation(() => session.send(7, ["on_load"]));
    join();
    session.send(0, ["waits"]);
    socket().cut();
    reconnect();
    join({ token: "t2", seq: 1, event: 4, state: [[0]] });
    const events = socket().sent.filter(({ t }) => t === "event");
    expect(events.map(({ id, args }) => [id, args])).toEqual([[5, ["on_load"]], [6, ["waits"]]]);
  });

  test("that the page sends again open a session after one that is gone", () => {
    const session = openSession();
    effects.restarted.mockImplementation(() => session.send(7, ["typed"]));
    join();
    expect(effects.restarted).not.toHaveBeenCalled();
    socket().cut();
    reconnect();
    join({ seq: 0, event: 0 });
    expect(effects.restarted).not.toHaveBeenCalled();
    socket().cut();
    reconnect();
    join({ token: "t2", seq: 1, event: 0, state: [[0]] });
    expect(effects.restarted).toHaveBeenCalledOnce();
    expect(socket().events).toEqual([1]);
  });

  test("carry the route only when it changed", () => {
    const session = openSession();
    join();
    session.send(0, []);
    showRoute("/items");
    session.send(0, []);
    session.send(0, []);
    const events = socket().sent.filter(({ t }) => t === "event");
    expect(events.map((event) => event.route)).toEqual([undefined, "/items", undefined]);
  });

  test("are under way 128 at a time; the next one follows an acknowledgement", () => {
    const session = openSession();
    join();
    for (let count = 0; count < 200; count += 1) session.send(0, []);
    expect(socket().events).toHaveLength(128);
    socket().serve({ t: "patch", seq: 2, ack: [1] });
    socket().serve({ t: "error", seq: 3, event: 2, code: "handler_failed", message: "no" });
    expect(socket().events.slice(128)).toEqual([129, 130]);
    socket().cut();
    reconnect();
    join({ seq: 3, event: 130 });
    expect(socket().events).toEqual(Array.from({ length: 128 }, (_, index) => index + 3));
  });

  test("beyond the limit are refused", () => {
    const session = openSession();
    for (let count = 0; count < PENDING_LIMIT; count += 1) session.send(0, []);
    expect(session.send(0, [])).toBeUndefined();
  });

  test("that are refused or fail count as acknowledged", () => {
    const session = openSession();
    join();
    const ticket = session.send(9, []) as number;
    const error = { t: "error", seq: 2, event: 1, code: "unknown_handler", message: "no" };
    socket().serve(error);
    expect(session.isPending(ticket)).toBe(false);
    expect(failures).toEqual([error]);
  });

  test("up to `handled` of a state in the middle count as acknowledged", () => {
    const session = openSession();
    join();
    const [first, second] = [session.send(0, []), session.send(0, [])] as [number, number];
    socket().serve({ t: "state", seq: 9, token: "t1", event: 2, handled: 1, state: [[5]] });
    expect([first, second].map((ticket) => session.isPending(ticket))).toEqual([false, true]);
    expect(socket().events).toEqual([1, 2]);
    session.send(0, []);
    expect(socket().events).toEqual([1, 2, 3]);
  });
});

describe("frames", () => {
  test("are applied once, in order, before their commands run", () => {
    openSession();
    join();
    const commands = [{ c: "focus", id: "a" }];
    const patch = { t: "patch", seq: 2, ops: [[0, ["s", [0], 1]]], commands };
    socket().serve(patch);
    socket().serve(patch);
    expect(effects.apply).toHaveBeenCalledExactlyOnceWith(patch.ops);
    expect(effects.run).toHaveBeenCalledExactlyOnceWith(patch.commands);
    const [applied, ran] = [effects.apply, effects.run].map((it) => it.mock.invocationCallOrder[0]);
    expect(applied).toBeLessThan(ran as number);
  });

  test("are acknowledged after 32, and after 5 seconds", () => {
    openSession();
    join();
    for (let seq = 2; seq <= 32; seq += 1) socket().serve({ t: "patch", seq });
    expect(socket().sent.at(-1)).toEqual({ t: "ack", seq: 32 });
    socket().serve({ t: "patch", seq: 33 });
    expect(socket().sent.at(-1)).toEqual({ t: "ack", seq: 32 });
    vi.advanceTimersByTime(5_000);
    expect(socket().sent.at(-1)).toEqual({ t: "ack", seq: 33 });
  });

  test("are acknowledged by an event that is sent anyway", () => {
    const session = openSession();
    join();
    session.send(0, []);
    expect(socket().sent.at(-1)).toMatchObject({ t: "event", ack: 1 });
    vi.advanceTimersByTime(6_000);
    expect(socket().sent.filter(({ t }) => t === "ack")).toEqual([]);
  });

  test.each([
    ["cannot be applied", { t: "patch", seq: 2, ops: [[0, ["s", [0], 1]]] }],
    ["leave one out", { t: "patch", seq: 7 }],
  ])("that %s make the client ask for the full state", (_name, frame) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    effects.apply.mockImplementation(() => {
      throw new TypeError("does not fit");
    });
    openSession();
    join();
    socket().serve(frame);
    reconnect();
    socket().accept();
    expect(socket().sent[0]).toMatchObject({ token: "t1", seq: 0, base: null });
  });
});

describe("the connection", () => {
  test("is tried again after waits that grow and differ", () => {
    openSession();
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
      const start = Date.now();
      const count = sockets.length;
      socket().cut();
      while (sockets.length === count) vi.advanceTimersByTime(1);
      return Date.now() - start;
    });
    expect(waits[0]).toBeLessThanOrEqual(250);
    expect(waits[7]).toBeGreaterThanOrEqual(5_000);
    expect(waits[7]).toBeLessThanOrEqual(10_000);
  });

  test("pings when nothing else was sent, and is given up without an answer", () => {
    openSession();
    join();
    vi.advanceTimersByTime(25_000 + 5_000);
    expect(socket().sent.at(-1)).toEqual({ t: "ping" });
    socket().serve({ t: "pong" });
    vi.advanceTimersByTime(10_000);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(25_000 + 11_000);
    expect(sockets.length).toBeGreaterThan(1);
  });

  test("stays closed when another page load took the session over", () => {
    openSession();
    join();
    socket().cut(4001);
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
    expect(statuses.at(-1)).toMatchObject({ kind: "stopped" });
  });

  test("says why it was refused, and tries again slowly", () => {
    openSession();
    socket().cut(1008, "too many sessions");
    expect(statuses.at(-1)).toEqual({ kind: "waiting", reason: "too many sessions" });
    vi.advanceTimersByTime(20_000);
    expect(sockets).toHaveLength(1);
    reconnect();
  });

  test.each(
    JSON.parse(goldenText("session/golden/close-codes.json")) as CloseCase[],
  )("does as the protocol says when closed with $code: $client", ({ code, client }) => {
    const session = openSession();
    join();
    session.send(0, ["x"]);
    socket().cut(code, "the reason");
    const slowly = "connects again slowly, showing the reason";
    expect(statuses.at(-1)).toMatchObject(
      client.startsWith("connects")
        ? client.endsWith("showing the reason")
          ? { kind: "waiting", reason: "the reason" }
          : { kind: "connecting" }
        : { kind: "stopped" },
    );
    expect(effects.reload).toHaveBeenCalledTimes(client === "loads the page again" ? 1 : 0);
    expect(failures).toHaveLength(client.endsWith("without the largest event") ? 1 : 0);
    vi.advanceTimersByTime(client === slowly ? 20_000 : 0);
    expect(sockets).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(client.startsWith("connects") ? 2 : 1);
  });

  test("does not send a frame again that was too large; the ids have no gap", () => {
    const session = openSession();
    join();
    session.send(0, ["small"]);
    session.send(0, ["x".repeat(1_000)]);
    session.send(0, ["last"]);
    socket().cut(1009);
    reconnect();
    join({ event: 1 });
    const events = socket().sent.filter(({ t }) => t === "event");
    expect(events.map(({ id, args }) => [id, args])).toEqual([[1, ["small"]], [2, ["last"]]]);
    expect(failures).toHaveLength(1);
  });

  test("reloads the page once for a breach of the protocol", () => {
    for (let load = 0; load < 2; load += 1) {
      openSession();
      socket().accept();
      socket().cut(4000);
    }
    expect(effects.reload).toHaveBeenCalledTimes(1);
    expect(statuses.at(-1)).toMatchObject({ kind: "stopped" });
  });

  test("closed by the page's end sends nothing before the next hello is answered", () => {
    const session = openSession();
    join();
    session.connection.close();
    session.send(0, []);
    session.connection.open();
    socket().accept();
    expect(socket().sent.map(({ t }) => t)).toEqual(["hello"]);
  });
});
