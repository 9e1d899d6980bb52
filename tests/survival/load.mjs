/** Many clients of apps/tally.py that count all the time, and the account that is taken of them. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { Client } from "./client.mjs";
import { between, generator } from "./random.mjs";

/** Events that a client has under way at most; more than one, so that their order is tested. */
const UNDER_WAY_MAX = 6;
/** The pause between two events of a client, in milliseconds. */
const PAUSE_MS = [20, 480];
const OPENED_AT_ONCE = 20;
/** A crowd that cannot be settled has lost something: far longer than any restart takes. */
const SETTLE_MS_MAX = 45_000;

/** The handlers, as often as they are to be called. */
const HANDLERS = [
  ...Array(12).fill("add"),
  ...["add_in_steps", "add_in_steps", "add_slowly", "add_and_tell", "add_through_another"],
];

/** Clients that count. */
export class Crowd {
  #random;
  #isOver = false;
  #loops = [];

  /** Opens that many clients of the app at `url`. */
  static async open(url, count, seed, options = {}) {
    const clients = [];
    while (clients.length < count) {
      const batch = Array.from({ length: Math.min(OPENED_AT_ONCE, count - clients.length) });
      clients.push(...(await Promise.all(batch.map(() => Client.open(url, options)))));
    }
    return new Crowd(clients, seed);
  }

  constructor(clients, seed) {
    this.clients = clients;
    this.#random = generator(seed);
    /** What each client has sent: how many events, and which of them were to show a toast. */
    this.sent = clients.map(() => ({ events: 0, toasts: [] }));
  }

  /** What the clients did so far does not count. */
  forget() {
    this.clients.forEach((client) => (client.acknowledged = 0));
  }

  /** From now on every client sends events. */
  start() {
    this.#loops = this.clients.map((client, number) => this.#count(client, this.sent[number]));
  }

  /** Ends the counting, and waits until every event is acknowledged. */
  async stop() {
    this.#isOver = true;
    await Promise.all(this.#loops);
    await Promise.all(this.clients.map((client) => client.settled(SETTLE_MS_MAX)));
  }

  async #count(client, sent) {
    await sleep(between(this.#random, ...PAUSE_MS));
    while (!this.#isOver) {
      if (client.pending < UNDER_WAY_MAX) this.#sendOne(client, sent);
      await sleep(between(this.#random, ...PAUSE_MS));
    }
  }

  #sendOne(client, sent) {
    const handler = HANDLERS[Math.floor(this.#random() * HANDLERS.length)];
    sent.events += 1;
    if (handler === "add_and_tell") sent.toasts.push(`added ${sent.events}`);
    client.send(handler, sent.events);
  }

  /**
   * Compares what every client was told with what it sent, then what the server has with that.
   * Every event counts exactly once, in the order in which it was sent.
   */
  async check() {
    const differences = this.clients.map((client, number) => difference(client, this.sent[number]));
    assert.deepEqual(differences.filter(Boolean), [], "as the clients were told");
    await Promise.all(this.clients.map((client) => client.refresh()));
    const stored = this.clients.map((client, number) => difference(client, this.sent[number]));
    assert.deepEqual(stored.filter(Boolean), [], "as the server has it");
  }

  /** The figures of the run. */
  figures() {
    const sum = (of) => this.clients.reduce((total, client) => total + of(client), 0);
    return {
      clients: this.clients.length,
      events: this.sent.reduce((total, { events }) => total + events, 0),
      acknowledged: sum((client) => client.acknowledged),
      toasts: sum((client) => client.toasts.length),
      resumed: sum((client) => client.joined - 1),
      reloads: sum((client) => client.reloads),
      longestMs: Math.round(Math.max(...this.clients.map((client) => client.longest))),
    };
  }

  close() {
    this.#isOver = true;
    this.clients.forEach((client) => client.close());
  }
}

/** What is wrong with a client; null when nothing is. */
function difference(client, { events, toasts }) {
  const field = (name) => client.state.field(`Tally.${name}`);
  const counts = [client.acknowledged, field("begun"), field("count"), field("ids").length];
  const wrong = [...client.breaches, ...client.errors];
  if (counts.some((count) => count !== events)) wrong.push(`${counts} of ${events} events`);
  const ids = field("ids");
  const expected = Array.from({ length: events }, (_, index) => index + 1);
  const lost = expected.filter((id) => !ids.includes(id));
  const double = ids.filter((id, position) => ids.indexOf(id) !== position);
  if (lost.length > 0) wrong.push(`lost: ${lost}`);
  if (double.length > 0) wrong.push(`double: ${double}`);
  if (ids.some((id, position) => id !== position + 1)) wrong.push("not in their order");
  if (`${client.toasts}` !== `${toasts}`) wrong.push(`toasts ${client.toasts} of ${toasts}`);
  return wrong.length > 0 ? wrong : null;
}
