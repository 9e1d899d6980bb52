/**
 * The processes that the tests start, kill and start again: servers, Redis, nginx. Each has a port
 * of its own and is ended with the test program, however that ends.
 *
 * Not here: what they are started with (servers.mjs), and what clients see of them.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const START_MS_MAX = 30_000;
const LOOK_MS = 20;
const LOG_LINES_MAX = 5_000;

const running = new Set();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

/** A program that listens on a port, through as many lives as the test gives it. */
export class Process {
  /** The last lines that it wrote, in all its lives. */
  log = [];
  /** How its last life ended; null while it runs. */
  code = null;
  #command;
  #environment;
  #child = null;

  /** @param {string[]} command the program and its arguments */
  constructor(command, port, environment = {}) {
    this.#command = command;
    this.#environment = environment;
    this.port = port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it, and waits until its port takes connections. */
  async start() {
    const child = this.spawn();
    const deadline = performance.now() + START_MS_MAX;
    while (!(await isListening(this.port))) {
      if (this.code !== null) throw new Error(`it ended with ${this.code}\n${this.words()}`);
      if (performance.now() > deadline) throw new Error(`it does not listen\n${this.words()}`);
      await sleep(LOOK_MS);
    }
    if (this.#child !== child) throw new Error("it was killed before it listened");
    return this;
  }

  /** Starts it without waiting for anything. */
  spawn() {
    const [program, ...args] = this.#command;
    const env = { ...process.env, NO_COLOR: "1", ...this.#environment };
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env });
    this.#child = child;
    this.code = null;
    running.add(child);
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding("utf8").on("data", (text) => this.#note(text));
    }
    child.once("exit", (code, signal) => this.#ended(child, code ?? signal));
    child.once("error", (error) => this.#ended(child, error.message));
    return child;
  }

  /** Sends a signal. */
  signal(name) {
    this.#child?.kill(name);
  }

  /** Ends it: at once and without a word unless another signal is given. */
  async kill(signal = "SIGKILL") {
    if (this.#child === null || this.code !== null) return this.code;
    this.#child.kill(signal);
    return this.ended();
  }

  /** Waits for its end, and gives its exit code or the signal that ended it. */
  async ended() {
    if (this.code === null) await once(this.#child, "exit");
    return this.code;
  }

  /** What it has written, as one text. */
  words() {
    return this.log.join("");
  }

  #note(text) {
    this.log.push(text);
    this.log.splice(0, this.log.length - LOG_LINES_MAX);
  }

  #ended(child, code) {
    running.delete(child);
    if (this.#child === child) this.code = code;
  }
}

/**
 * A port that nothing listens on. It is below those that the system gives to outgoing connections:
 * one of those could take the port while its server is dead.
 */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
}

async function isFree(port) {
  const probe = net.createServer();
  probe.listen(port, "127.0.0.1");
  const free = await Promise.race([
    once(probe, "listening").then(() => true),
    once(probe, "error").then(() => false),
  ]).catch(() => false);
  probe.close();
  return free;
}

async function isListening(port) {
  const socket = net.connect(port, "127.0.0.1");
  const answer = once(socket, "connect").then(() => true, () => false);
  const found = await answer;
  socket.destroy();
  return found;
}
