/** All of a large document for a device that has nothing of it, as the server has arranged it (D27): asked for with the door's answer. */
import type { SessionAnswer } from "../../document/session.ts";
import { request } from "./request.ts";
import type { Entrance } from "./session.ts";

/** So long nothing of it may come; the line brings the same. */
const PATIENCE_MS = 8_000;

/** What comes; throws where it does not come in time. */
const soon = async <T>(coming: Promise<T>): Promise<T> => {
  let late: ReturnType<typeof setTimeout> | undefined;
  const never = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error("Nothing came.")), PATIENCE_MS);
  });
  try {
    return await Promise.race([coming, never]);
  } finally {
    clearTimeout(late);
  }
};

/** What a stream brings, in one piece. Throws where it breaks off, or brings nothing for too long. */
const gather = async (stream: ReadableStream<BlobPart>): Promise<Uint8Array> => {
  const reader = stream.getReader();
  const pieces: BlobPart[] = [];
  try {
    for (;;) {
      const { done, value } = await soon(reader.read());
      if (done) return new Uint8Array(await new Blob(pieces).arrayBuffer());
      pieces.push(value);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
};

const path = ({ workshop, epoch }: SessionAnswer): string =>
  `/api/workshops/${encodeURIComponent(workshop)}/document?epoch=${epoch}`;

/** Asks for it, packed, with what the door has answered; undefined where it does not come. */
export const fetchWhole = async (
  { server }: Pick<Entrance, "server">,
  answer: SessionAnswer,
): Promise<Uint8Array | undefined> => {
  try {
    const call = { server, method: "GET", path: path(answer), bearer: answer.token };
    const { body } = await soon(request(call));
    return body ? await gather(body) : undefined;
  } catch {
    return undefined;
  }
};
