/** A page that was delivered with a session: whether it goes on in it, and how. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { type GivenSession, Session } from "../src/session.ts";
import { FakeSocket, type Sent } from "./fake-socket.ts";

const TOKEN_KEY = "ferroflex:token:/todo";
const LEFT_KEY = "ferroflex:left:/todo";

let sockets: FakeSocket[];
let route: string;
let effects: Record<string, ReturnType<typeof vi.fn>>;

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  document.cookie = "ferroflex_tab=; max-age=0; path=/todo";
  sockets = [];
  route = "/";
  const names = ["replace", "apply", "run", "settled", "failed", "restarted", "status", "reload", "stored"];
  effects = Object.fromEntries(names.map((name) => [name, vi.fn()]));
});

afterEach(() => {
  vi.useRealTimers();
});

function given(parts: Partial<GivenSession> = {}): GivenSession {
  return { token: "t1", client: "page-one", seq: 7, event: 3, continued: false, ...parts };
}

function openSession(session: GivenSession | null): Session {
  const opened = new Session({
    url: "ws://host/todo/_socket",
    base: "/todo",
    build: "b1",
    hash: "h1",
    given: session,
    effects: { ...effects, route: () => route } as never,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as never;
    },
  });
  opened.connection.open();
  socket().accept();
  return opened;
}

function socket(): FakeSocket {
  return sockets.at(-1) as FakeSocket;
}

function hello(): Sent {
  return socket().sent[0] as Sent;
}

function answer(parts: object = {}): void {
  socket().serve({ t: "state", seq: 7, token: "t1", event: 3, ...parts });
}

describe("a given session", () => {
  test.each([
    ["of a new tab is taken", null, null, given(), true],
    ["does not take the place of the tab's own", "t0", null, given(), false],
    ["that the tab left is taken", "t1", "t1", given({ continued: true }), true],
    ["of another tab is not taken", null, null, given({ continued: true }), false],
    ["of the tab that was copied is not taken", "t1", null, given({ continued: true }), false],
    ["of a tab that another one left is not taken", "t0", "t0", given({ continued: true }), false],
    ["of a redirect is taken by the tab that left", "t1", "t1", given(), true],
  ])("%s", (_name, stored, left, session, taken) => {
    if (stored) sessionStorage.setItem(TOKEN_KEY, stored);
    if (left) sessionStorage.setItem(LEFT_KEY, left);
    const opened = openSession(session);
    expect(opened.claims).toBe(taken);
    expect(hello()).toMatchObject(
      taken
        ? { token: "t1", client: "page-one", seq: 7, event: 3, base: null }
        : { token: stored, seq: 0, event: 0, base: "h1" },
    );
    expect(hello().client === "page-one").toBe(taken);
    expect(sessionStorage.getItem(LEFT_KEY)).toBeNull();
  });

  test("goes on with its ids and frames, and without another state", () => {
    const session = openSession(given());
    session.send(0, ["early"]);
    answer({ event: 4 });
    socket().serve({ t: "patch", seq: 8, ops: [[0, ["s", [0], 1]]] });
    expect(effects.replace).not.toHaveBeenCalled();
    expect(effects.restarted).not.toHaveBeenCalled();
    expect(effects.apply).toHaveBeenCalledTimes(1);
    expect(socket().events).toEqual([5]);
    expect(sessionStorage.getItem(TOKEN_KEY)).toBe("t1");
  });

  test("that is over by now is another one, in which nothing has been loaded", () => {
    openSession(given());
    answer({ token: "t2", event: 0, seq: 1, state: [[1]] });
    expect(effects.restarted).toHaveBeenCalledTimes(1);
    expect(effects.replace).toHaveBeenCalledWith([[1]]);
    expect(sessionStorage.getItem(TOKEN_KEY)).toBe("t2");
  });
});

describe("leaving", () => {
  test("names the session to the server and to the next page, for a moment", () => {
    const session = openSession(null);
    session.leave();
    expect(sessionStorage.getItem(LEFT_KEY)).toBeNull();
    answer();
    const set = vi.spyOn(document, "cookie", "set");
    session.leave();
    expect(set).toHaveBeenCalledWith("ferroflex_tab=t1; path=/todo; max-age=5; samesite=lax");
    expect(sessionStorage.getItem(LEFT_KEY)).toBe("t1");
    vi.advanceTimersByTime(5_000);
    expect(sessionStorage.getItem(LEFT_KEY)).toBeNull();
  });
});

describe("another address", () => {
  test("is told once, and not with the events after it", () => {
    const session = openSession(null);
    route = "/early";
    session.navigated();
    answer();
    session.navigated();
    session.send(0, []);
    const sent = socket().sent.slice(1);
    expect(sent.filter(({ t }) => t === "route")).toEqual([{ t: "route", route: "/early" }]);
    expect(sent.at(-1)).not.toHaveProperty("route");
  });

  test("that hello has told is not told again", () => {
    const session = openSession(null);
    answer();
    session.navigated();
    expect(socket().sent.filter(({ t }) => t === "route")).toEqual([]);
  });
});
