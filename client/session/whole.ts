/** All of a large document for a device that has nothing of it, as the server has arranged it (D27): asked for with the door's answer. */
import type { SessionAnswer } from "../../document/session.ts";
import { request } from "./request.ts";
import type { Entrance } from "./session.ts";

/** So long nothing of it may come, and so long all of it may take; the line brings the same. */
const PATIENCE_MS = 8_000;
const MOST_MS = 120_000;

/** What a stream brings, in one piece; `heard` is called with each part of it. Throws where it breaks off. */
const gather = async (stream: ReadableStream<BlobPart>, heard: () => void): Promise<Uint8Array> => {
  const reader = stream.getReader();
  const parts: BlobPart[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    heard();
  }
};

const path = ({ workshop, epoch }: SessionAnswer): string =>
  `/api/workshops/${encodeURIComponent(workshop)}/document?epoch=${epoch}`;

/** Asks for it, packed, with what the door has answered; undefined where it does not come. */
export const fetchWhole = async (
  { server }: Pick<Entrance, "server">,
  answer: SessionAnswer,
): Promise<Uint8Array | undefined> => {
  const abort = new AbortController();
  const giveUp = (): void => abort.abort();
  let late = setTimeout(giveUp, PATIENCE_MS);
  const tooLate = setTimeout(giveUp, MOST_MS);
  const heard = (): void => {
    clearTimeout(late);
    late = setTimeout(giveUp, PATIENCE_MS);
  };
  try {
    const call = { server, method: "GET", path: path(answer), bearer: answer.token, signal: abort.signal };
    const { body } = await request(call);
    return body ? await gather(body, heard) : undefined;
  } catch {
    return undefined;
  } finally {
    for (const each of [late, tooLate]) clearTimeout(each);
  }
};
