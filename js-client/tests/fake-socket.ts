/**
 * A WebSocket under a test's control, and a server just real enough to answer hello.
 */

/** What a client sent. */
export type Sent = Record<string, unknown> & { t: string };

/** Stands for the browser's WebSocket. */
export class FakeSocket {
  readonly sent: Sent[] = [];
  readyState: number = WebSocket.CONNECTING;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  /** The server accepts the socket. */
  accept(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }

  /** The server sends a message. */
  serve(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The connection is lost, or closed by the server. */
  cut(code = 1006, reason = ""): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code, reason });
  }

  /** The ids of the events sent on this socket. */
  get events(): unknown[] {
    return this.sent.filter(({ t }) => t === "event").map(({ id }) => id);
  }
}
