/** What pages do when the server runs another build, during a deploy and after it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { Kept } from "../src/carried.ts";
import { beginTask, untilIdle, watchTyping } from "../src/idle.ts";
import { agreed, forget, judge } from "../src/renewal.ts";
import type { Session } from "../src/session.ts";
import { effects, join, openSession, socket, sockets, statuses } from "./session-harness.ts";

const SECOND = 1_000;

describe("a page of another build", () => {
  test("is loaded again once, then looks for an instance of its own build", () => {
    openSession();
    socket().accept();
    socket().serve({ t: "reload", reason: "build" });
    expect(effects.reload).toHaveBeenCalledTimes(1);
    expect(statuses.at(-1)).toEqual({ kind: "updating" });
    vi.advanceTimersByTime(60 * SECOND);
    expect(sockets).toHaveLength(1);
  });

  test("that was just loaded again is not, but connects to whoever answers", () => {
    judge("", Date.now());
    openSession();
    socket().accept();
    socket().serve({ t: "reload", reason: "build" });
    expect(effects.reload).not.toHaveBeenCalled();
    expect(statuses.at(-1)).toEqual({ kind: "connecting" });
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(2);
    join();
    expect(statuses.at(-1)).toEqual({ kind: "open" });
  });

  test("is loaded again every 30 seconds at most, and left to the user after 5 minutes", () => {
    const start = 1_000_000_000;
    const verdicts = new Map<number, string>();
    for (let second = 0; second <= 300; second += 10) {
      verdicts.set(second, judge("", start + second * SECOND));
    }
    const reloads = [...verdicts].filter(([, verdict]) => verdict === "reload");
    expect(reloads.map(([second]) => second)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270]);
    expect(verdicts.get(10)).toBe("retry");
    expect(verdicts.get(300)).toBe("give up");
    // Whoever loads the page then begins from the start.
    expect(judge("", start + 301 * SECOND)).toBe("reload");
  });

  test("that has agreed with a server meanwhile has all the time again", () => {
    const start = 1_000_000_000;
    for (let second = 0; second < 290; second += 10) judge("", start + second * SECOND);
    agreed("");
    expect(judge("", start + 305 * SECOND)).toBe("reload");
  });

  test("that cannot remember is not loaded again for ever", () => {
    vi.stubGlobal("sessionStorage", undefined); // throws when it is touched, as a forbidden one does
    expect(judge("", 1_000_000_000)).toBe("give up");
    vi.unstubAllGlobals();
  });

  test("is loaded again at once where its author starts the app anew all the time", () => {
    const start = 1_000_000_000;
    for (let edit = 0; edit < 3; edit += 1) {
      expect(judge("", start + edit * SECOND)).toBe("reload");
      forget("");
    }
  });

  test("is judged by apps apart", () => {
    expect(judge("/a", 1_000_000_000)).toBe("reload");
    expect(judge("/b", 1_000_000_000)).toBe("reload");
    expect(judge("/a", 1_000_000_000)).toBe("retry");
  });
});

describe("before it is loaded again", () => {
  watchTyping();
  afterEach(() => document.body.replaceChildren());

  /** Milliseconds until idle; the clock stands still once that is so. */
  async function untilDone(): Promise<number> {
    const start = performance.now();
    let done = false;
    void untilIdle().then(() => (done = true));
    await vi.advanceTimersByTimeAsync(0);
    while (!done) await vi.advanceTimersByTimeAsync(50);
    return performance.now() - start;
  }

  function type(): void {
    const input = document.body.appendChild(document.createElement("input"));
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  test("a user who does nothing does not wait", async () => {
    expect(await untilDone()).toBe(0);
  });

  test("a word is finished", async () => {
    type();
    const wait = await untilDone();
    expect(wait).toBeGreaterThanOrEqual(1_500);
    expect(wait).toBeLessThanOrEqual(2_000);
  });

  test("what was typed into a field that is left is no reason to wait", async () => {
    type();
    (document.activeElement as HTMLElement).blur();
    expect(await untilDone()).toBe(0);
  });

  test("an upload is finished, but not waited for without end", async () => {
    const end = beginTask();
    setTimeout(end, 3 * SECOND);
    const short = await untilDone();
    expect(short).toBeGreaterThanOrEqual(3 * SECOND);
    expect(short).toBeLessThanOrEqual(3.5 * SECOND);
    const endless = beginTask();
    expect(await untilDone()).toBeLessThanOrEqual(10.5 * SECOND);
    endless();
  });
});

describe("what the page before left", () => {
  const page = { base: "", build: "b2" };
  let carried: typeof import("../src/carried.ts");
  beforeEach(loadPage);

  /** Modules forget what the page before noted. */
  async function loadPage(): Promise<void> {
    vi.resetModules();
    carried = await import("../src/carried.ts");
    carried.noteHandlers({ 7: "todo.Todo.add", 8: "todo.Todo.remove" });
  }

  async function carryOver(): Promise<void> {
    carried.noteHandlers({ 3: "todo.Todo.add", 4: "todo.Todo.remove" });
    const session = openSession();
    join();
    session.send(3, ["milk"]);
    session.send(4, [2n ** 60n]);
    carried.keepCarried("", session.carry());
    await loadPage();
  }

  async function adopting(): Promise<Session> {
    const session = openSession();
    session.adopt(await carried.renumbered(carried.takeKept(page) as Kept, page));
    return session;
  }

  function sent() {
    const events = socket().sent.filter(({ t }) => t === "event");
    return events.map(({ id, handler, args }) => [id, handler, args]);
  }

  test("the session is told where that page stood, until it has answered", async () => {
    await carryOver();
    const session = await adopting();
    expect(session.carry().seq).toBe(1);
    socket().accept();
    expect(socket().sent).toMatchObject([{ t: "hello", seq: 0, token: "t1", previous: 1 }]);
    join();
    socket().cut();
    vi.advanceTimersByTime(300);
    socket().accept();
    expect(socket().sent[0]).not.toHaveProperty("previous");
  });

  test("another session is told nothing of it", async () => {
    await carryOver();
    sessionStorage.setItem("ferroflex:token:", "t9");
    await adopting();
    socket().accept();
    expect(socket().sent[0]).not.toHaveProperty("previous");
  });

  test("events go over to the next page by their handlers' names", async () => {
    await carryOver();
    const session = await adopting();
    expect(carried.takeKept(page)).toBeNull();
    session.send(3, ["of the new page"]);
    join({ event: 0 });
    const large = { $: ["int", String(2n ** 60n)] };
    expect(sent()).toEqual([[1, 7, ["milk"]], [2, 8, [large]], [3, 3, ["of the new page"]]]);
  });

  test("events that the session has received keep their ids until it acknowledges them", async () => {
    await carryOver();
    const session = await adopting();
    session.send(3, ["of the new page"]);
    join({ event: 1 });
    expect(sent().map(([id, handler]) => [id, handler])).toEqual([[1, 7], [2, 8], [3, 3]]);
    socket().serve({ t: "patch", seq: 2, ack: [1, 2, 3] });
    expect(session.carry().events).toEqual([]);
  });

  test("events that another page had sent before count on", async () => {
    await carryOver();
    await adopting();
    join({ event: 7 });
    expect(sent().map(([id]) => id)).toEqual([1, 2]);
  });

  test("events are all sent to a session that is another", async () => {
    await carryOver();
    await adopting();
    join({ token: "t9", event: 5 });
    expect(sent().map(([id, handler]) => [id, handler])).toEqual([[6, 7], [7, 8]]);
  });

  test("events of handlers that the page does not use are found in the table of its build", async () => {
    const event = { id: 1, handler: "todo.Other.go", args: [], route: "/" };
    const kept = { token: "t1", seq: 1, events: [event, { ...event, handler: null }] };
    const table = { build: "b2", handlers: ["todo.Todo.add", "todo.Other.go"] };
    const fetched = vi.fn(async () => ({ json: async () => table }));
    vi.stubGlobal("fetch", fetched);
    const renumbered = () => carried.renumbered(kept, page);
    expect((await renumbered()).events).toEqual([{ ...event, handler: 1 }]);
    expect(fetched).toHaveBeenCalledWith("/_app/names.json", expect.anything());
    table.build = "b1";
    expect((await renumbered()).events).toEqual([]);
    vi.unstubAllGlobals();
  });
});
