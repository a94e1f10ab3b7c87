/** Whether somebody is still at the other end of a WebSocket: asked now and then, and cut where nobody answers. */
import type { WebSocket } from "ws";

/** The longest frame there is takes a minute on the slowest line, and no answer can come in the middle of it. */
const EVERY_MS = 30_000;
const MOST_UNANSWERED = 2;

/** Asks every socket of `sockets` again and again; cut are lines that are dead, or take longer than any line for a frame. */
export class Heartbeat {
  readonly #unanswered = new WeakMap<WebSocket, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(sockets: Iterable<WebSocket>, every = EVERY_MS) {
    this.#timer = setInterval(() => {
      for (const socket of sockets) this.#ask(socket);
    }, every).unref();
  }

  /** Whoever answers may stay. */
  listen(socket: WebSocket): void {
    this.#unanswered.set(socket, 0);
    socket.on("pong", () => this.#unanswered.set(socket, 0));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #ask(socket: WebSocket): void {
    // Whoever is not heard for now cannot be heard to answer.
    if (socket.isPaused) return;
    const unanswered = this.#unanswered.get(socket) ?? 0;
    if (unanswered >= MOST_UNANSWERED) {
      socket.terminate();
      return;
    }
    this.#unanswered.set(socket, unanswered + 1);
    if (socket.readyState === socket.OPEN) socket.ping();
  }
}
