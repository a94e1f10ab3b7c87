/** Stays in a workshop as a page has them, without a page: real sessions over real lines, and what they hold. */
import { effect } from "@preact/signals";
import { openSession } from "../../client/session/open.ts";
import type { Session } from "../../client/session/session.ts";
import { FRAME, readFrame } from "../../server/rooms/frames.ts";
import type { Started } from "./server.ts";

/** Resolves once `holds` does; looks again whenever a signal it read changes. */
export const whenever = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop: { now?: () => void } = {};
    stop.now = effect(() => {
      if (!holds()) return;
      queueMicrotask(() => stop.now?.());
      resolve();
    });
  });

/** Everything written at this stay is called saved. */
export const isSaved = (session: Session): Promise<void> => whenever(() => session.saved.value.state === "saved");

/** Enters through `server`, which may be the address of a proxy; resolves when all is there. */
export const stay = async (
  server: string,
  { id, links }: Started,
  Socket?: typeof WebSocket,
  secret = links.write,
): Promise<Session> => {
  const session = await openSession({ workshop: id, secret, server }, Socket);
  await Promise.all([whenever(() => session.ready.value), isSaved(session)]);
  return session;
};

export interface Counted {
  Socket: typeof WebSocket;
  /** Those that are there now. */
  alive: () => WebSocket[];
  /** How many were made. */
  made: () => number;
  /** The most that were there at once. */
  most: () => number;
  /** The most credentials that were shown over one of them. */
  entries: () => number;
}

/** A kind of WebSocket that knows of its own. */
export const countedSocket = (): Counted => {
  const open = new Set<WebSocket>();
  const counts = { made: 0, most: 0, entries: 0 };
  const alive = (): WebSocket[] => [...open].filter(({ readyState }) => readyState <= WebSocket.OPEN);
  const Socket = class extends WebSocket {
    #entries = 0;

    constructor(address: string | URL) {
      super(address);
      open.add(this);
      this.addEventListener("close", () => open.delete(this));
      counts.made += 1;
      counts.most = Math.max(counts.most, alive().length);
    }

    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      super.send(data as ArrayBufferView<ArrayBuffer>);
      if (!(data instanceof Uint8Array) || readFrame(data)?.kind !== FRAME.auth) return;
      this.#entries += 1;
      counts.entries = Math.max(counts.entries, this.#entries);
    }
  };
  return { Socket, alive, made: () => counts.made, most: () => counts.most, entries: () => counts.entries };
};
