/** A client that follows no protocol but the one the test gives it: any frame, at any time. */
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { FRAME, readDenial, readFrame, SYNC, writeFrame, writeToken, type Frame } from "../../server/rooms/frames.ts";
import type { Carrier, Peer } from "../../server/rooms/wire.ts";
import { until } from "./clients.ts";

export interface RawClient {
  /** Everything the server has sent. */
  frames: Frame[];
  /** The close code, once closed. */
  closed: number | undefined;
  send: (bytes: Uint8Array) => void;
  /** One frame of a kind for the document. */
  frame: (kind: number, rest: Uint8Array) => void;
  /** An update, as a keystroke sends it. */
  update: (update: Uint8Array) => void;
  /** Positive acknowledgements so far. */
  acknowledged: () => number;
  /** The refusal it was denied entry with. */
  denied: () => string | undefined;
  /** Leaves without a word. */
  leave: () => void;
  when: (check: (client: RawClient) => boolean) => Promise<void>;
}

/** The inside of a sync frame. */
export const syncRest = (type: number, payload: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, type);
  writeVarUint8Array(encoder, payload);
  return toUint8Array(encoder);
};

/** The inside of a presence frame. */
export function presenceRest(
  states: readonly (readonly [clientId: number, clock: number, state: object])[],
): Uint8Array {
  const inner = createEncoder();
  writeVarUint(inner, states.length);
  for (const [clientId, clock, state] of states) {
    writeVarUint(inner, clientId);
    writeVarUint(inner, clock);
    writeVarString(inner, JSON.stringify(state));
  }
  const outer = createEncoder();
  writeVarUint8Array(outer, toUint8Array(inner));
  return toUint8Array(outer);
}

/** Connects and shows its credential at once; `token` undefined: it never does. */
export const rawClient = (connect: (carrier: Carrier) => Peer, name: string, token: string | undefined): RawClient => {
  const looks = new Set<() => void>();
  const look = (): void => looks.forEach((each) => each());
  let readyState = 1;
  const peer = connect({
    get readyState() {
      return readyState;
    },
    send: (bytes) => {
      const frame = readFrame(bytes.slice());
      if (frame) client.frames.push(frame);
      setImmediate(look);
    },
    close: (code) => {
      readyState = 3;
      client.closed = code;
      setImmediate(look);
    },
  });
  const client: RawClient = {
    frames: [],
    closed: undefined,
    send: (bytes) => peer.receive(bytes),
    frame: (kind, rest) => peer.receive(writeFrame(name, kind, rest)),
    update: (update) => client.frame(FRAME.sync, syncRest(SYNC.update, update)),
    acknowledged: () => client.frames.filter(({ kind, rest }) => kind === FRAME.syncStatus && rest[0] === 1).length,
    denied: () =>
      client.frames.map(({ kind, rest }) => (kind === FRAME.auth ? readDenial(rest) : undefined)).find(Boolean),
    leave: () => {
      readyState = 3;
      peer.closed(1006);
    },
    when: (check) =>
      until(
        () => check(client),
        (watch) => {
          looks.add(watch);
          return () => looks.delete(watch);
        },
      ),
  };
  if (token !== undefined) peer.receive(writeToken(name, token));
  return client;
};
