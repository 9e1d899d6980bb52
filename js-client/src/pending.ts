/**
 * The events that the server has not acknowledged yet, in their order.
 * Not here: when they are sent (session.ts).
 */
import type { CarriedEvent } from "./carried.ts";

/** An event as it waits. */
export interface PendingEvent {
  /** Its number in this page load; stays, also when the session numbers it anew. */
  readonly ticket: number;
  /** Its id in the session. */
  id: number;
  readonly handler: number;
  readonly args: readonly unknown[];
  /** What the browser showed when it happened. */
  readonly route: string;
  /** The id that the page before this one gave it, if it is from there. */
  readonly carried?: number;
}

/** A page that is offline for long keeps so many events; a later one is refused. */
export const PENDING_LIMIT = 1_000;

/** The events that wait, with ids that count up without gaps. */
export class PendingEvents {
  #events: PendingEvent[] = [];
  #lastTicket = 0;
  #nextId = 1;

  /** Adds an event at the end; null when too many wait already. */
  add(handler: number, args: readonly unknown[], route: string): PendingEvent | null {
    if (this.#events.length >= PENDING_LIMIT) return null;
    this.#lastTicket += 1;
    const event = { ticket: this.#lastTicket, id: this.#nextId, handler, args, route };
    this.#nextId += 1;
    this.#events.push(event);
    return event;
  }

  /** Puts events of the page before this one in front of all others. */
  adopt(events: readonly CarriedEvent[]): void {
    const adopted = events.map(({ id: carried, ...event }) => {
      this.#lastTicket += 1;
      return { ...event, ticket: this.#lastTicket, id: 0, carried };
    });
    this.#events = [...adopted, ...this.#events].slice(0, PENDING_LIMIT);
    this.renumber(0);
  }

  /**
   * Goes on in the session of the page before this one, after the id `last`: what the session had
   * received from that page has the id that it has there, all else follows.
   */
  resume(last: number): void {
    for (const event of this.#events) event.id = event.carried ?? last + 1;
    this.follow(last);
  }

  /** Whether the event with this ticket still waits. */
  has(ticket: number): boolean {
    return this.#events.some((event) => event.ticket === ticket);
  }

  /** All that wait, oldest first. */
  all(): readonly PendingEvent[] {
    return this.#events;
  }

  /** Takes out the events whose ids were acknowledged. */
  settle(acknowledged: (id: number) => boolean): void {
    this.#events = this.#events.filter((event) => !acknowledged(event.id));
  }

  /** Takes out one event; those after it move up, as ids have no gaps. */
  drop(dropped: PendingEvent): void {
    this.#events = this.#events.filter((event) => event !== dropped);
    for (const event of this.#events) if (event.id > dropped.id) event.id -= 1;
    this.#nextId -= 1;
  }

  /** Has the first `count` events follow the others. */
  postpone(count: number): void {
    this.#events = [...this.#events.slice(count), ...this.#events.slice(0, count)];
  }

  /** Numbers the events anew, to follow the id `last`. */
  renumber(last: number): void {
    this.#number(this.#events, last);
  }

  /**
   * Goes on after the id `last`, the highest that the session knows: what it has received keeps its
   * id and waits for its acknowledgement, all else follows without a gap.
   */
  follow(last: number): void {
    this.#number(this.#events.filter(({ id }) => id > last), last);
  }

  #number(events: readonly PendingEvent[], last: number): void {
    this.#nextId = last + 1;
    for (const event of events) {
      event.id = this.#nextId;
      this.#nextId += 1;
    }
  }
}
