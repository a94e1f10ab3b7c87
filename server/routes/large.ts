/** Sends what is large piece by piece: a hundred such answers at once leave room between them for everything else. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as after } from "node:timers/promises";
import type { Response } from "express";

/** Handed to the network in one go without anybody noticing. */
const PIECE = 64 * 1024;
const LARGE = 4 * PIECE;
/** Half a gigabit a second, all answers together: what leaves faster takes the processors from those who write. */
const EVERY_MS = 1;

/** One row for all answers: a hundred pieces in one turn would hold up as much as a whole answer. */
let last = Promise.resolve();
const turn = (): Promise<void> => (last = last.then(() => after(EVERY_MS)));

const piecesOf = async function* (bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    // The network of a machine takes megabytes at once, and the loop would not turn until it has them.
    await turn();
    yield bytes.subarray(at, at + PIECE);
  }
};

/** On the slowest line there is something of it has left within this; whoever takes nothing keeps megabytes here for nothing. */
const PATIENCE_MS = 120_000;

/**
 * As `response.send`, for bytes of any length. Resolves when they are on their way, or nobody waits for them any more: whoever
 * takes nothing for so long is cut.
 */
export const sendBytes = async (response: Response, bytes: Buffer, patience = PATIENCE_MS): Promise<void> => {
  if (bytes.length <= LARGE || response.req.method === "HEAD") {
    response.send(bytes);
    return;
  }
  response.set("Content-Length", String(bytes.length));
  response.setTimeout(patience, () => response.destroy());
  // Whoever hangs up in the middle has had enough.
  await pipeline(Readable.from(piecesOf(bytes), { objectMode: true }), response).catch(() => response.destroy());
};
