/** A WebSocket by hand: any opcode, any length announced, any pieces, and nothing read that the test does not want. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export const OPCODE = { continuation: 0, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface RawFrame {
  opcode: number;
  payload: Uint8Array;
  /** Whether this is the last piece; it is unless told. */
  last?: boolean;
  /** What is announced, where it is not the length of the payload. */
  announced?: number;
  /** The reserved bit that stands for compression. */
  compressed?: boolean;
}

/** The bytes of a client's frame; the mask is nothing, so that the payload stands there as it is. */
export const rawFrame = ({
  opcode,
  payload,
  last = true,
  announced = payload.length,
  compressed,
}: RawFrame): Buffer => {
  const first = (last ? 0x80 : 0) | (compressed ? 0x40 : 0) | opcode;
  const head = Buffer.alloc(14);
  head[0] = first;
  let at = 2;
  if (announced < 126) head[1] = 0x80 | announced;
  else if (announced < 65_536) {
    head[1] = 0x80 | 126;
    at = head.writeUInt16BE(announced, 2);
  } else {
    head[1] = 0x80 | 127;
    at = head.writeBigUInt64BE(BigInt(announced), 2);
  }
  return Buffer.concat([head.subarray(0, at + 4), payload]);
};

export class RawWebSocket {
  readonly socket: Socket;
  /** The frames the server sent, whole. */
  readonly frames: { opcode: number; payload: Buffer }[] = [];
  /** Resolves with the close code, or 1006 where the line ended without one. */
  readonly closed: Promise<number>;
  #rest = Buffer.alloc(0);
  #upgraded = false;
  #look = (): void => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    // A reset is one way of hanging up.
    socket.on("error", () => socket.destroy());
    this.closed = new Promise((resolve) => {
      socket.once("close", () => resolve(this.#code() ?? 1006));
    });
    socket.on("data", (chunk: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, chunk]);
      this.#read();
      if (this.#code() !== undefined) socket.destroy();
      this.#look();
    });
  }

  /** Connects and is let in; `address` as `ws://host:port/path`. */
  static async open(address: string): Promise<RawWebSocket> {
    const { hostname, port, pathname, host } = new URL(address);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    const raw = new RawWebSocket(socket);
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n\r\n`,
    );
    await raw.when(() => raw.#upgraded);
    return raw;
  }

  /** Sends bytes, as fast as the other end takes them; false where it has hung up. */
  async send(bytes: Uint8Array): Promise<boolean> {
    if (this.socket.destroyed) return false;
    if (!this.socket.write(bytes)) {
      await new Promise<void>((resolve) => {
        const go = (): void => {
          this.socket.off("drain", go).off("close", go);
          resolve();
        };
        this.socket.on("drain", go).on("close", go);
      });
    }
    return !this.socket.destroyed;
  }

  async when(check: () => boolean): Promise<void> {
    while (!check() && !this.socket.destroyed) await new Promise<void>((resolve) => (this.#look = resolve));
  }

  #code(): number | undefined {
    const farewell = this.frames.find(({ opcode }) => opcode === OPCODE.close);
    return farewell && (farewell.payload.length >= 2 ? farewell.payload.readUInt16BE(0) : 1005);
  }

  #read(): void {
    if (!this.#upgraded) {
      const end = this.#rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      this.#upgraded = this.#rest.subarray(0, 12).toString() === "HTTP/1.1 101";
      this.#rest = this.#rest.subarray(end + 4);
    }
    for (;;) {
      const [first = 0, second = 0] = this.#rest;
      const [length, at] =
        second < 126
          ? [second, 2]
          : this.#rest.length < 10
            ? [Infinity, 0]
            : second === 126
              ? [this.#rest.readUInt16BE(2), 4]
              : [Number(this.#rest.readBigUInt64BE(2)), 10];
      if (this.#rest.length < 2 || this.#rest.length < at + length) return;
      this.frames.push({ opcode: first & 0x0f, payload: this.#rest.subarray(at, at + length) });
      this.#rest = this.#rest.subarray(at + length);
    }
  }
}
