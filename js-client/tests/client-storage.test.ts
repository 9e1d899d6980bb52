/** Fields that the browser keeps: what is written, what is told, and what is neither. */
import { beforeEach, describe, expect, test, vi } from "vitest";

import { ClientStorage, type StoredField } from "../src/client-storage.ts";
import { readCookie, writeCookie } from "../src/cookies.ts";
import type { Value } from "../src/wire.ts";

const FIELDS: StoredField[] = [
  [1, 0, { in: "cookie", name: "theme", path: "/", same_site: "lax", default: "light" }],
  [1, 1, { in: "local", name: "token", sync: true }],
  [1, 2, { in: "session", name: "step" }],
  [2, 0, { in: "local", name: "cart", default: "{}" }],
];

const STARTING: Value[][] = [[false, {}], ["light", "", ""], [{}]];

let told: object[];
let heard: boolean;

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  forgetCookie("theme");
  forgetCookie("token");
  told = [];
  heard = true;
});

/** The simulated browser knows nothing of `max-age=0`. */
function forgetCookie(name: string): void {
  document.cookie = `${name}=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT`;
}

function started(state: Value[][] = STARTING, token?: string): ClientStorage {
  const storage = new ClientStorage(FIELDS, (values) => {
    if (heard) told.push(values);
    return heard;
  });
  storage.start(state, token === undefined ? {} : { token });
  return storage;
}

function state(theme: string, token: string, step = "", cart: Value = {}): Value[][] {
  return [[true, {}], [theme, token, step], [cart]];
}

describe("hello", () => {
  test("says everything first, and then only what the state does not say", () => {
    localStorage.setItem("token", "abc");
    writeCookie("theme", "dark blue");
    const storage = started();
    const all = { "1.0": "dark blue", "1.1": "abc", "1.2": null, "2.0": null };
    expect(storage.hello(STARTING, true)).toEqual(all);
    const now = state("dark blue", "abc");
    storage.write(now);
    expect(storage.hello(now, false)).toBeUndefined();
    sessionStorage.setItem("step", "2");
    localStorage.removeItem("token");
    expect(storage.hello(now, false)).toEqual({ "1.1": null, "1.2": "2" });
  });

  test("of a page with a session's own state says at first that there is nothing new", () => {
    localStorage.setItem("token", "abc");
    const now = state("light", "abc");
    const storage = started(now, "t1");
    expect(storage.hello(now, false)).toEqual({});
    expect(storage.hello(now, false)).toBeUndefined();
  });

  test("leaves out what is longer than the session takes", () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    localStorage.setItem("token", "ü".repeat(300_000));
    const storage = started();
    expect(storage.hello(STARTING, true)).toEqual({ "1.0": null });
    expect(console.warn).toHaveBeenCalled();
  });
});

describe("what the state says", () => {
  test("is written when it changes, and the starting values are not", () => {
    const storage = started();
    storage.hello(STARTING, true);
    storage.write(STARTING);
    expect([readCookie("theme"), localStorage.length, sessionStorage.length]).toEqual([null, 0, 0]);
    storage.write(state("dark; blue", "abc", "2", { egg: 6 }));
    expect(readCookie("theme")).toBe("dark; blue");
    expect(localStorage.getItem("token")).toBe("abc");
    expect(sessionStorage.getItem("step")).toBe("2");
    expect(localStorage.getItem("cart")).toBe('{"egg":6}');
    storage.write(state("light", "", "2", null));
    expect(readCookie("theme")).toBe("light");
    expect(localStorage.getItem("token")).toBe("");
    expect(localStorage.getItem("cart")).toBeNull();
  });

  test("has every option in a cookie", () => {
    const written = vi.spyOn(document, "cookie", "set");
    const options = { in: "cookie", name: "c", path: "/shop", domain: "shop.example" } as const;
    const more = { max_age: 60, secure: true, same_site: "strict" };
    const storage = new ClientStorage([[0, 0, { ...options, ...more }]], () => true);
    storage.start([[""]], {});
    storage.write([["ü"]]);
    expect(written).toHaveBeenCalledWith(
      "c=%C3%BC; path=/shop; max-age=60; domain=shop.example; secure; samesite=strict",
    );
  });

  test("is not written where it only answers what was told", () => {
    const storage = started();
    storage.write(state("light", "first"));
    localStorage.setItem("token", "second");
    storage.changed(state("light", "first"), "token");
    localStorage.setItem("token", "third");
    storage.changed(state("light", "first"), "token");
    expect(told).toEqual([{ "1.1": "second" }, { "1.1": "third" }]);
    storage.write(state("light", "second"));
    expect(localStorage.getItem("token")).toBe("third");
    storage.write(state("light", "third"));
    expect(localStorage.getItem("token")).toBe("third");
    storage.write(state("light", "of a handler"));
    expect(localStorage.getItem("token")).toBe("of a handler");
  });

  test("is written over what was told, where a handler came later", () => {
    const storage = started();
    localStorage.setItem("token", "told");
    storage.changed(STARTING, "token");
    storage.write(state("light", "of a handler"));
    expect(localStorage.getItem("token")).toBe("of a handler");
    storage.write(state("light", "told"));
    expect(localStorage.getItem("token")).toBe("told");
  });

  test("of a session that the page was rendered with reaches its cookies", () => {
    writeCookie("token", "left alone");
    started(state("dark", "abc"), "t1");
    expect(readCookie("theme")).toBe("dark");
    expect(localStorage.getItem("token")).toBeNull();
  });

  test("is kept by the page alone where the browser stores nothing", () => {
    const storage = started();
    storage.hello(STARTING, true);
    vi.stubGlobal("localStorage", {
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    const now = state("light", "abc");
    storage.write(now);
    expect(localStorage.getItem("token")).toBeNull();
    expect(storage.hello(now, false)).toBeUndefined();
  });
});

describe("changes by others", () => {
  test("are told of synchronised fields, and of all when everything was removed", () => {
    const now = state("light", "abc", "", { egg: 6 });
    const storage = started();
    storage.write(now);
    localStorage.setItem("cart", "{}");
    storage.changed(now, "cart");
    storage.changed(now, "unknown");
    expect(told).toEqual([]);
    localStorage.clear();
    storage.changed(now, null);
    expect(told).toEqual([{ "1.1": null }]);
  });

  test("are told later when nobody heard them", () => {
    const storage = started();
    heard = false;
    localStorage.setItem("token", "abc");
    storage.changed(STARTING, "token");
    heard = true;
    storage.joined(STARTING);
    expect(told).toEqual([{ "1.1": "abc" }]);
    storage.joined(STARTING);
    expect(told).toHaveLength(1);
  });

  test("that remove what is kept give the starting value back, which is not stored", () => {
    const storage = started();
    const now = state("dark", "abc");
    storage.write(now);
    forgetCookie("theme");
    localStorage.removeItem("token");
    storage.look(now);
    expect(told).toEqual([{ "1.0": null, "1.1": null }]);
    storage.write(STARTING);
    expect(readCookie("theme")).toBeNull();
    expect(localStorage.getItem("token")).toBeNull();
  });

  test("are all told to a state that begins anew, and its values are not stored", () => {
    const storage = started();
    storage.write(state("dark", "abc"));
    storage.restart(STARTING);
    expect(told).toEqual([{ "1.0": "dark", "1.1": "abc", "1.2": null, "2.0": null }]);
    storage.write(STARTING);
    expect(localStorage.getItem("token")).toBe("abc");
    storage.write(state("dark", "abc"));
    expect(localStorage.getItem("token")).toBe("abc");
  });
});
