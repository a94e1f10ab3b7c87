/** Answers where Express has no say: upgrades that are not granted, and requests that are none. */
import { STATUS_CODES, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { contentPolicy } from "./headers.ts";

const bare = (status: number, headers = ""): string =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n` +
  `Cache-Control: no-store\r\n${headers}Content-Security-Policy: ${contentPolicy}\r\n\r\n`;

/** Ends a socket with a status and nothing else. */
export const answerBare = (socket: Duplex, status: number): void => {
  socket.end(bare(status));
};

/** What is said so often that it is made once: `status` with `headers`, each with its line end. */
export const bareBytes = (status: number, headers: string): Buffer => Buffer.from(bare(status, headers), "latin1");

/** Ends a socket that nothing was sent to yet with a few bytes, without waiting for the other end to hang up as well. */
export const cutBare = (socket: Duplex, answer: Buffer): void => {
  socket.write(answer);
  // Not when the write calls back: a stream that is gone by then makes itself an error with a stack, for each of them.
  setImmediate(() => socket.destroy());
};

const STATUS_OF: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers what the parser of HTTP did not understand. */
export const answerBroken = (server: Server): void => {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else answerBare(socket, STATUS_OF[error.code ?? ""] ?? 400);
  });
};
