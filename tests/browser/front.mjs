/**
 * An HTTP server in front of ours, as a proxy or a delivery network is: it answers what it wants to
 * answer itself, and hands everything else on, sockets included.
 *
 * Not here: connections that are cut and delayed (proxy.mjs).
 */
import { createServer, request } from "node:http";
import { connect } from "node:net";

/**
 * Starts one before the server at that address. `answers(asked, answer)` tells whether it has answered a
 * request itself, `refuses(asked)` whether a socket is not handed on.
 */
export async function startFront({ hostname, port }, answers, refuses = () => false) {
  const front = createServer(async (asked, answer) => {
    if (await answers(asked, answer)) return;
    const { method, headers, url } = asked;
    const passed = request({ hostname, port, path: url, method, headers }, (given) => {
      answer.writeHead(given.statusCode, given.headers);
      given.pipe(answer);
    });
    asked.pipe(passed);
  });
  front.on("upgrade", (asked, socket) => {
    if (refuses(asked)) return socket.destroy();
    const passed = connect(port, hostname, () => {
      const headers = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      passed.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
      socket.pipe(passed).pipe(socket);
    });
    for (const end of [socket, passed]) end.on("error", () => [socket, passed].map((it) => it.destroy()));
  });
  await new Promise((listening) => front.listen(0, "127.0.0.1", listening));
  const stop = () => {
    front.close();
    front.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${front.address().port}`, stop };
}
