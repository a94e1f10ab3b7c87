/** A WebSocket without a network: what the client sends reaches the rooms in the next turn, and the other way round. */
import type { Carrier, Peer } from "../../server/rooms/wire.ts";

type Handler = (event: object) => void;

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;

/** A stand-in for the global WebSocket whose every instance enters the rooms through `connect`. */
export const memorySocket = (connect: (carrier: Carrier) => Peer): typeof WebSocket => {
  class MemorySocket {
    binaryType = "arraybuffer";
    readyState = CONNECTING;
    readonly #handlers = new Map<string, Set<Handler>>();
    readonly #peer: Peer;

    constructor() {
      const state = (): number => (this.readyState === CONNECTING ? OPEN : this.readyState);
      this.#peer = connect({
        get readyState() {
          return state();
        },
        send: (frame) => {
          const data = frame.slice().buffer;
          setImmediate(() => this.readyState === OPEN && this.#emit("message", { data }));
        },
        close: (code, reason) => setImmediate(() => this.#end(code, reason)),
      });
      setImmediate(() => {
        if (this.readyState !== CONNECTING) return;
        this.readyState = OPEN;
        this.#emit("open", {});
      });
    }

    addEventListener(name: string, handler: Handler): void {
      this.#handlers.set(name, (this.#handlers.get(name) ?? new Set()).add(handler));
    }

    removeEventListener(name: string, handler: Handler): void {
      this.#handlers.get(name)?.delete(handler);
    }

    send(data: Uint8Array): void {
      const frame = new Uint8Array(data);
      setImmediate(() => this.readyState === OPEN && this.#peer.receive(frame));
    }

    close(code = 1000, reason = ""): void {
      setImmediate(() => this.#end(code, reason));
    }

    #end(code: number, reason: string): void {
      if (this.readyState === CLOSED) return;
      this.readyState = CLOSED;
      this.#peer.closed(code);
      this.#emit("close", { code, reason });
    }

    #emit(name: string, event: object): void {
      for (const handler of this.#handlers.get(name) ?? []) handler(event);
    }
  }
  return MemorySocket as unknown as typeof WebSocket;
};
