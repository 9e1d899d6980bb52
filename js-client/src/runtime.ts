/**
 * The page's one session, joined to its store and to the screen.
 * Not here: the protocol (session.ts), the page itself (boot.tsx).
 */
import { flushSync } from "react-dom";

import { withFunctions } from "./callbacks.ts";
import { keepCarried, type Kept, renumbered, takeKept } from "./carried.ts";
import { ClientStorage, onRemoved, type StoredField } from "./client-storage.ts";
import { command } from "./commands.ts";
import { reportFailure } from "./failures.tsx";
import { keepFields } from "./fields.ts";
import { untilIdle } from "./idle.ts";
import { currentRoute, type Page } from "./page.ts";
import { forget } from "./renewal.ts";
import { Scheduler } from "./schedule.ts";
import { type Effects, type GivenSession, Session } from "./session.ts";
import { setStatus } from "./status.ts";
import { store } from "./store.ts";
import type { ErrorMessage, WireCommand } from "./wire.ts";

let session: Session | null = null;
let scheduler: Scheduler | null = null;
let storage: ClientStorage | null = null;
let commands: WireCommand[] = [];
const settledListeners = new Set<() => void>();
const restartListeners = new Set<() => void>();
let silent = false;

/** Starts the session of the page. Gives how many `on_load` items are done in it already. */
export function connect(page: Page): number {
  scheduler = new Scheduler(flush);
  session = new Session({
    url: `${location.origin.replace(/^http/, "ws")}${page.base}/_socket`,
    base: page.base,
    build: page.build,
    hash: page.hash,
    given: givenSession(page),
    effects: effects(page),
  });
  if (page.storage) keep(page.storage, page);
  const kept = takeKept(page);
  followPageLife(session, kept ? adopt(session, kept, page) : null);
  return session.claims ? (page.loaded ?? 0) : 0;
}

/** Does what the handlers asked for that ran before the page was delivered, once it is shown. */
export function showOpening({ env, errors = [], commands: list = [] }: Page): void {
  if (!session?.claims) return;
  for (const error of errors) reportFailure(error, env);
  if (list.length > 0) change(() => commands.push(...list));
}

/** Tells the server that the browser shows another address of the app. */
export function navigated(): void {
  session?.navigated();
}

function givenSession(page: Page): GivenSession | null {
  const { token, client, seq, event = 0, continued = false } = page;
  if (token === undefined || client === undefined || seq === undefined) return null;
  return { token, client, seq, event, continued };
}

/** Sends an event; gives its ticket, undefined when it could not be taken. */
export function send(handler: number, args: readonly unknown[]): number | undefined {
  return silent ? undefined : session?.send(handler, args);
}

/** Does something of which the server is to hear nothing. */
export function silently(work: () => void): void {
  silent = true;
  try {
    work();
  } finally {
    silent = false;
  }
}

/** Whether the event with this ticket is not acknowledged yet. */
export function isPending(ticket: number): boolean {
  return session?.isPending(ticket) ?? false;
}

/** Whether events reach the server now. */
export function isConnected(): boolean {
  return session?.ready ?? false;
}

/** Calls `listener` when events were acknowledged, together with the changes they caused. */
export function onSettled(listener: () => void): () => void {
  settledListeners.add(listener);
  return () => settledListeners.delete(listener);
}

/**
 * Calls `listener` when the page is given another session, whose state is about to be shown; events
 * that it sends are the first of that session.
 */
export function onRestart(listener: () => void): () => void {
  restartListeners.add(listener);
  return () => restartListeners.delete(listener);
}

/** Tells the listeners that an event ended in the browser, without the server. */
export function announceSettled(): void {
  for (const listener of settledListeners) listener();
}

function effects(page: Page): Effects {
  return {
    replace: (state) => change(() => store.replace(state)),
    apply: (patches) => change(() => store.apply(patches)),
    run: (list) => change(() => commands.push(...list)),
    settled: () => scheduler?.request(),
    failed: (error) => reportFailure(error, page.env),
    restarted: () => {
      storage?.restart(store.state);
      restartListeners.forEach((listener) => listener());
    },
    status: (status) => {
      if (status.kind === "open") {
        storage?.joined(store.state);
        if (page.env === "dev") forget(page.base);
      }
      setStatus(status);
    },
    stored: (everything) => storage?.hello(store.state, everything),
    reload: () => void reload(page),
    route: () => currentRoute(page.base),
  };
}

/** Loads the page again, with what the user entered and did. */
async function reload({ base }: Page): Promise<void> {
  await untilIdle();
  const keep = (): void => {
    keepFields(base);
    if (session) keepCarried(base, session.carry());
  };
  keep();
  // The page stays, and is used, until the server has answered with the next one.
  addEventListener("pagehide", keep);
  location.reload();
}

/** Has the session go on where the page before this one stood. */
async function adopt(session: Session, kept: Kept, page: Page): Promise<void> {
  const carried = await renumbered(kept, page);
  const lost = kept.events.length - carried.events.length;
  session.adopt(carried);
  if (lost > 0) reportFailure(outdated(lost), page.env);
}

function outdated(count: number): ErrorMessage {
  const message = `what was done last (${count}) has no place in the newer version of this page`;
  return { t: "error", code: "outdated", message };
}

function change(make: () => void): void {
  make();
  scheduler?.request();
}

/** Has the browser keep fields of the state from now on. */
function keep(fields: readonly StoredField[], page: Page): void {
  const kept = new ClientStorage(fields, (values) => session?.tellStorage(values) ?? false);
  kept.start(store.state, page);
  onRemoved(() => kept.look(store.state));
  addEventListener("storage", ({ storageArea, key }) => {
    if (storageArea === localStorage) kept.changed(store.state, key);
  });
  storage = kept;
}

/** Shows the changes and the acknowledgements in one step, then runs the commands. */
function flush(): void {
  storage?.write(store.state);
  flushSync(() => {
    store.notify();
    announceSettled();
  });
  const list = commands;
  commands = [];
  for (const item of list) command(withFunctions(item, { send, run: command }));
}

/** Opens and closes the connection with the page; first once what has to be there `before` is. */
function followPageLife(session: Session, before: Promise<void> | null): void {
  const { connection } = session;
  if (before) void before.then(() => connection.open());
  else connection.open();
  addEventListener("beforeunload", () => session.leave());
  addEventListener("online", () => connection.wake());
  addEventListener("pagehide", () => connection.close());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    session.stayed();
    connection.open();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") connection.wake();
  });
}
