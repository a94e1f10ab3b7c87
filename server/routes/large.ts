/** Sends what is large piece by piece: a hundred such answers at once leave room between them for everything else. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Response } from "express";

/** Handed to the network in one go without anybody noticing. */
const PIECE = 32 * 1024;
const LARGE = 8 * PIECE;

const piecesOf = async function* (bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE);
    // The network of a machine takes megabytes at once, and the loop would not turn until it has them.
    await nextTurn();
  }
};

/** As `response.send`, for bytes of any length. Resolves when they are on their way, or nobody waits for them any more. */
export const sendBytes = async (response: Response, bytes: Buffer): Promise<void> => {
  if (bytes.length <= LARGE || response.req.method === "HEAD") {
    response.send(bytes);
    return;
  }
  response.set("Content-Length", String(bytes.length));
  // Whoever hangs up in the middle has had enough.
  await pipeline(Readable.from(piecesOf(bytes), { objectMode: true }), response).catch(() => response.destroy());
};
