/**
 * A bad network between browser and server: delays what passes, cuts what is open, refuses what is
 * new, holds up one direction. It moves bytes and knows nothing of HTTP or WebSocket.
 */
import { once } from "node:events";
import net from "node:net";

/**
 * Listens on a free port and passes every connection on to `target`.
 *
 * @param {string} target such as `http://127.0.0.1:3000`
 * @param {number} delayMs added in each direction
 */
export async function startProxy(target, delayMs) {
  const { hostname, port } = new URL(target);
  const sockets = new Set();
  /** The sockets from which each direction is read. */
  const sources = { "to the server": new Set(), "to the client": new Set() };
  let refusing = false;
  let frozen = null;

  const server = net.createServer((client) => {
    track(sockets, client);
    if (refusing) return client.destroy();
    const upstream = net.connect(Number(port), hostname);
    track(sockets, upstream);
    pass(client, upstream, delayMs);
    pass(upstream, client, delayMs);
    for (const [direction, from] of [["to the server", client], ["to the client", upstream]]) {
      sources[direction].add(from);
      from.on("close", () => sources[direction].delete(from));
      if (frozen === direction) from.pause();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Drops open connections, all or those chosen, with what is under way; new ones are welcome. */
    cut: (isChosen = () => true) => {
      for (const socket of sockets) if (isChosen()) socket.destroy();
    },
    /** From now on, nothing passes in one direction, and nobody is told so; null for neither. */
    freeze: (direction) => {
      frozen = direction;
      for (const [own, from] of Object.entries(sources)) {
        for (const socket of from) own === direction ? socket.pause() : socket.resume();
      }
    },
    /** From now on, every new connection is dropped at once (`true`) or passed on (`false`). */
    refuse: (value) => {
      refusing = value;
    },
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}

function track(sockets, socket) {
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => sockets.delete(socket));
}

/** One direction. The delay is the same for every chunk, so timers keep their order. */
function pass(from, to, delayMs) {
  from.on("data", (chunk) => setTimeout(() => to.destroyed || to.write(chunk), delayMs));
  from.on("end", () => setTimeout(() => to.end(), delayMs));
  from.on("close", () => setTimeout(() => to.destroy(), delayMs));
}
