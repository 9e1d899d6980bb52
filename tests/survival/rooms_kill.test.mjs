/**
 * Servers are killed with SIGKILL, again and again, while their sessions count in rooms
 * (`rx.SharedState`): the rooms' sums are exact, and no event has found a room that it had changed
 * before.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Client } from "./client.mjs";
import { between, generator, newSeed } from "./random.mjs";
import { copyApp, ferroflex, redis, scratch } from "./servers.mjs";

const ROOMS = ["a", "b", "c"];
const CLIENTS = 36;
const KILLS = 20;
/** How long a server lives from when it listens, in milliseconds. */
const LIFE_MS = [100, 1_200];
/** The pause between two events of a client, in milliseconds. */
const PAUSE_MS = [5, 60];
const UNDER_WAY_MAX = 6;
const SETTLE_MS_MAX = 45_000;

test("sqlite: 20 kills, and each event counts once in its room", async (context) => {
  await survives(context, async (app) => [await ferroflex(context, app, "sqlite")]);
});

test("redis: two servers, 20 kills, and each event counts once in its room", async (context) => {
  const { store } = await redis(context);
  const start = (app) => ferroflex(context, app, store);
  await survives(context, async (app) => [await start(app), await start(app)]);
});

async function survives(context, make) {
  const seed = newSeed();
  const random = generator(seed);
  const servers = await make(copyApp(scratch(context), (source) => source, "shared.py"));
  await Promise.all(servers.map((server) => server.start()));
  const members = [];
  for (let number = 0; number < CLIENTS; number += 1) {
    members.push(await Member.open(context, servers[number % servers.length], number));
  }
  const life = { over: false };
  const loops = members.map((member) => member.count(random, life));
  for (let kill = 0; kill < KILLS; kill += 1) {
    await sleep(between(random, ...LIFE_MS));
    await restart(servers, kill, members);
  }
  life.over = true;
  await Promise.all(loops);
  await Promise.all(members.map(({ client }) => client.settled(SETTLE_MS_MAX)));
  const events = members.reduce((sum, { sent }) => sum + sent, 0);
  context.diagnostic(JSON.stringify({ seed, kills: KILLS, events, clients: CLIENTS }));
  await check(context, servers[0], members);
}

/** Some of those whose server is killed go on at another one. */
async function restart(servers, kill, members) {
  const server = servers[kill % servers.length];
  const other = servers[(kill + 1) % servers.length];
  const moved = members.filter((member, number) => member.at === server && number % 3 === 0);
  await server.kill();
  await Promise.all([server.start(), ...moved.map((member) => member.goTo(other))]);
}

async function check(context, server, members) {
  const [observer, known] = [await Client.open(server.url), {}];
  context.after(() => observer.close());
  for (const name of ROOMS) {
    await observer.call("Room.join", name);
    const field = (of) => observer.state.field(`Room.${of}`);
    await observer.until(() => Object.keys(field("last")).length > 0, `room ${name}`);
    known[name] = { total: field("total"), last: field("last"), wrong: field("wrong") };
  }
  for (const name of ROOMS) assert.deepEqual(known[name].wrong, [], `room ${name}`);
  for (const { who, counts } of members) {
    const last = Object.fromEntries(ROOMS.map((name) => [name, known[name].last[who] ?? 0]));
    assert.deepEqual(last, counts, `what ${who} has counted`);
  }
  const seen = [];
  for (const { client, sent } of members) {
    await client.refresh();
    assert.deepEqual([client.breaches, client.errors], [[], []]);
    assert.equal(client.state.field("Mine.seen").length, sent);
    seen.push(...client.state.field("Mine.seen"));
  }
  const expected = ROOMS.flatMap((name) =>
    Array.from({ length: known[name].total }, (_, index) => `${name} ${index + 1}`),
  );
  assert.deepEqual(seen.toSorted(), expected.toSorted(), "each event has seen its own count");
}

/** A client that counts in the room that it is in, and now and then goes to another one. */
class Member {
  sent = 0;
  counts = Object.fromEntries(ROOMS.map((name) => [name, 0]));

  static async open(context, server, number) {
    const client = await Client.open(server.url);
    context.after(() => client.close());
    const room = ROOMS[number % ROOMS.length];
    await client.call("Room.join", room);
    return new Member(client, server, `m${number}`, room);
  }

  constructor(client, at, who, room) {
    Object.assign(this, { client, at, who, room });
  }

  async goTo(server) {
    this.at = server;
    await this.client.moveTo(server.url);
  }

  async count(random, life) {
    while (!life.over) {
      if (this.client.pending < UNDER_WAY_MAX) this.#sendOne(random);
      await sleep(between(random, ...PAUSE_MS));
    }
  }

  #sendOne(random) {
    this.sent += 1;
    const event = [this.who, (this.counts[this.room] += 1)];
    const chance = random();
    if (chance < 0.6) return this.client.send("Room.add", ...event);
    if (chance < 0.9) return this.client.send("Room.add_in_steps", ...event);
    const others = ROOMS.filter((name) => name !== this.room);
    this.room = others[Math.floor(random() * others.length)];
    return this.client.send("Room.add_and_go", ...event, this.room);
  }
}
