/** Sends what is large piece by piece: a hundred such answers at once leave room between them for everything else. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import { Turnstile } from "./turnstile.ts";

/** Handed to the network in one go without anybody noticing. */
const PIECE = 32 * 1024;
const LARGE = 8 * PIECE;

/** One for all answers: a hundred pieces in one turn would hold up as much as a whole answer. */
const turnstile = new Turnstile();

const piecesOf = async function* (bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    // The network of a machine takes megabytes at once, and the loop would not turn until it has them.
    await turnstile.turn();
    yield bytes.subarray(at, at + PIECE);
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
