/** A proxy between a client and the server, as offices and hotels have them: slow, or with no love for WebSockets. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, request, type IncomingMessage, type RequestOptions, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Transform, type Duplex } from "node:stream";

/** What becomes of WebSockets: let through, refused with a status, accepted by the proxy and led nowhere, or never answered. */
export type Upgrades = "pass" | "swallow" | "hold" | 403 | 426;

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Hands every chunk on, in order, this much later. */
const slow = (ms: number): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding, done) {
      setTimeout(() => done(null, chunk), ms);
    },
  });

export class Proxy {
  upgrades: Upgrades = "pass";
  /** Whether a stream of events is let through, else refused with 403. */
  streams = true;
  /** Stands in the way of each WebSocket's bytes after its handshake, once for each direction; absent: nothing does. */
  meddle: ((way: "up" | "down", cut: () => void) => Transform) | undefined;
  /** Added to every chunk, both ways. */
  delay = 0;
  /** How many of the next POSTs to /live reach the server without their answer ever coming back. */
  losing = 0;
  /** How many of the next POSTs to /live are sent to the server twice, as some proxies do. */
  repeating = 0;
  /** What was asked of it, e.g. `GET /live` and `UPGRADE /live`. */
  readonly asked: string[] = [];
  readonly #target: () => string;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  #frozen = false;

  /** `target`: the server's address at the moment of each request. */
  constructor(target: () => string) {
    this.#target = target;
    this.#server = createServer((incoming, answer) => {
      this.asked.push(`${incoming.method} ${incoming.url}`);
      if (this.#frozen) return;
      if (!this.streams && incoming.headers.accept === "text/event-stream") return void answer.writeHead(403).end();
      const lane = incoming.method === "POST" && incoming.url === "/live";
      const lost = lane && this.losing > 0 && (this.losing -= 1) >= 0;
      const repeated = lane && this.repeating > 0 && (this.repeating -= 1) >= 0;
      const outgoing = request(this.#onward(incoming), (got) => {
        if (lost) return void incoming.socket.destroy();
        answer.writeHead(got.statusCode ?? 502, got.headers).flushHeaders();
        got.on("error", () => answer.destroy());
        got.pipe(slow(this.delay)).pipe(answer);
      });
      outgoing.on("error", () => answer.destroy());
      answer.on("close", () => outgoing.destroy());
      if (repeated) {
        const again = request(this.#onward(incoming)).on("error", () => undefined);
        incoming.pipe(again);
      }
      incoming.pipe(slow(this.delay)).pipe(outgoing);
    });
    this.#server.on("connection", (socket: Socket) => this.#keep(socket));
    this.#server.on("upgrade", (incoming: IncomingMessage, socket: Duplex) => this.#upgrade(incoming, socket));
  }

  async start(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** An address of the server as it is reached from behind this proxy. */
  behind(address: string): string {
    return address.replace(/^http:\/\/[^/]+/, this.url);
  }

  /** From now on nothing arrives any more, and nobody is told: as where the network is gone. */
  freeze(): void {
    this.upgrades = "hold";
    this.#frozen = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** Connections that there are lead nowhere from now on, and nobody is told; new ones do: another network. */
  moveOn(): void {
    for (const socket of this.#sockets) socket.unpipe().pause().removeAllListeners("close");
  }

  /** Cuts every connection there is, without a farewell. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  stop(): void {
    this.#server.close();
    this.cut();
  }

  #onward({ method, url, headers }: IncomingMessage): RequestOptions {
    const { hostname, port } = new URL(this.#target());
    return { hostname, port, method, path: url, headers, agent: false };
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
  }

  #upgrade(incoming: IncomingMessage, socket: Duplex): void {
    this.asked.push(`UPGRADE ${incoming.url}`);
    if (this.upgrades === "hold") return;
    if (this.upgrades === "swallow") {
      const accept = createHash("sha1").update(`${incoming.headers["sec-websocket-key"]}${GUID}`).digest("base64");
      const lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
      socket.write([...lines, `Sec-WebSocket-Accept: ${accept}`, "", ""].join("\r\n"));
      socket.resume();
      return;
    }
    if (this.upgrades !== "pass") {
      socket.end(`HTTP/1.1 ${this.upgrades} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const outgoing = request(this.#onward(incoming));
    outgoing.on("error", () => socket.destroy());
    outgoing.on("response", () => socket.destroy());
    outgoing.on("upgrade", (got: IncomingMessage, onward: Duplex, head: Buffer) => {
      this.#keep(onward);
      const headers = got.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
      );
      socket.write(["HTTP/1.1 101 Switching Protocols", ...headers, "", ""].join("\r\n"));
      socket.write(head);
      const cut = (): void => void socket.destroy();
      const through = (way: "up" | "down"): Transform => this.meddle?.(way, cut) ?? slow(this.delay);
      onward.pipe(through("down")).pipe(socket);
      socket.pipe(through("up")).pipe(onward);
      for (const [one, other] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        one.once("close", () => other.destroy());
      }
    });
    outgoing.end();
  }
}
