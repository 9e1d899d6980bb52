/**
 * A bad network between browser and server: delays what passes, cuts what is open, refuses what is
 * new. It moves bytes and knows nothing of HTTP or WebSocket.
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
  let refusing = false;

  const server = net.createServer((client) => {
    track(sockets, client);
    if (refusing) return client.destroy();
    const upstream = net.connect(Number(port), hostname);
    track(sockets, upstream);
    pass(client, upstream, delayMs);
    pass(upstream, client, delayMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Drops every open connection with all that is under way on it; new ones are welcome. */
    cut: () => sockets.forEach((socket) => socket.destroy()),
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
