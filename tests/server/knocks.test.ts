/** T23 L04: who may open a line, counted by address; those who come in are never counted. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readConfig } from "../../server/config.ts";
import { Knocks } from "../../server/routes/knocks.ts";
import { openSockets } from "../../server/routes/sockets.ts";
import { Turnstile } from "../../server/routes/turnstile.ts";
import { LiveClient } from "../support/clients.ts";
import { newPlace, type Place } from "../support/rooms.ts";

/** A request as it arrives from `address`, through as many proxies as `forwarded` names. */
const from = (remoteAddress: string, ...forwarded: string[]): Parameters<Knocks["knock"]>[0] => ({
  socket: { remoteAddress },
  headers: forwarded.length > 0 ? { "x-forwarded-for": forwarded.join(", ") } : {},
});

const nobody = (): boolean => false;
const SCARCE = { burst: 10, perSecond: 1 };

describe("T23 lines that come to nothing are counted by address", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** How many of so many are let in. */
  const admitted = (knocks: Knocks, request: ReturnType<typeof from>, times: number): number =>
    Array.from({ length: times }, () => knocks.knock(request)).filter((each) => each !== undefined).length;

  test("beyond a burst few of them are let in, and from elsewhere everybody", () => {
    const knocks = new Knocks(nobody, SCARCE);
    expect(admitted(knocks, from("203.0.113.1"), 100)).toBe(10);
    expect(admitted(knocks, from("203.0.113.2"), 5)).toBe(5);
    vi.advanceTimersByTime(3000);
    expect(admitted(knocks, from("203.0.113.1"), 100)).toBe(3);
  });

  test("L12 whoever comes in gives the place back, once: a whole room may come as often as it likes", () => {
    const knocks = new Knocks(nobody);
    for (let round = 0; round < 20; round += 1) {
      const crowd = Array.from({ length: 500 }, () => knocks.knock(from("198.51.100.7")));
      expect(crowd.filter((entered) => entered === undefined)).toEqual([]);
      for (const entered of crowd) {
        entered?.();
        entered?.();
      }
    }
    expect(admitted(knocks, from("198.51.100.7"), 2000)).toBe(500);
  });

  test("behind the host's own proxies the address is the one they name, and nobody can lend another's", () => {
    const knocks = new Knocks((_address, hops) => hops < 1, SCARCE);
    expect(admitted(knocks, from("10.0.0.1", "203.0.113.1"), 100)).toBe(10);
    expect(admitted(knocks, from("10.0.0.1", "203.0.113.2"), 5)).toBe(5);
    // What it says itself stands further from us than what the proxy saw.
    expect(admitted(knocks, from("10.0.0.1", "203.0.113.9", "203.0.113.1"), 5)).toBe(0);
    const bare = new Knocks(nobody, SCARCE);
    expect(
      admitted(bare, from("203.0.113.1", "1.1.1.1"), 10) + admitted(bare, from("203.0.113.1", "2.2.2.2"), 10),
    ).toBe(10);
  });

  test("one household's many IPv6 addresses are one, and not all that ever knocked are remembered", () => {
    const knocks = new Knocks(nobody, SCARCE);
    const many = Array.from({ length: 100 }, (_, i) => from(`2001:db8:1:2::${i.toString(16)}`));
    expect(many.filter((each) => knocks.knock(each) !== undefined)).toHaveLength(10);
    for (let i = 0; i < 20_000; i += 1) knocks.knock(from(`100.${(i >> 14) & 127}.${(i >> 7) & 127}.${i & 127}`));
    expect(admitted(knocks, many[0]!, 1)).toBe(1);
  });
});

test("T23 who comes at the same moment is let in one in each turn, in the order in which they came", async () => {
  const turnstile = new Turnstile();
  const entered: number[] = [];
  for (let i = 0; i < 5; i += 1) turnstile.pass(() => entered.push(i));
  expect(entered).toEqual([0]);
  for (let turns = 1; turns < 6; turns += 1) {
    await turn();
    expect(entered).toHaveLength(Math.min(5, turns + 1));
  }
  turnstile.pass(() => entered.push(5));
  expect(entered).toEqual([0, 1, 2, 3, 4, 5]);
});

describe("T23 at the door of the rooms", () => {
  let place: Place;
  let server: Server;
  let sockets: ReturnType<typeof openSockets>;
  beforeEach(async () => {
    place = await newPlace();
    server = createServer();
    // Whoever is nearest is a proxy of the host's; five of each address, and none for the whole length of a test.
    const knocks = new Knocks((_address, hops) => hops < 1, { burst: 5, perSecond: 0.000_1 });
    const logger = pino({ level: "silent" });
    sockets = openSockets(server, { rooms: place.rooms, config: readConfig({}), logger, knocks });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(async () => {
    await sockets.close(0);
    server.close();
    await place.remove();
  });

  const port = (): number => (server.address() as AddressInfo).port;

  /** What an upgrade is answered with; the line is given up at once. */
  const knock = async (address: string): Promise<string> => {
    const socket = connect(port(), "127.0.0.1");
    socket.write(
      `GET /live HTTP/1.1\r\nHost: room\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Forwarded-For: ${address}\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    const [said] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    return said.toString();
  };

  test("whoever knocks without end is told 429, with the policy; a room full of people comes in from elsewhere", async () => {
    const { id, links } = await place.start();
    for (let count = 0; count < 5; count += 1) expect(await knock("203.0.113.1")).toMatch(/^HTTP\/1\.1 101 /);
    for (let count = 0; count < 3; count += 1) {
      const said = await knock("203.0.113.1");
      expect(said).toMatch(/^HTTP\/1\.1 429 Too Many Requests\r\n/);
      expect(said).toContain("\r\nRetry-After: ");
      expect(said).toContain("\r\nContent-Security-Policy: ");
    }
    expect(await knock("203.0.113.2")).toMatch(/^HTTP\/1\.1 101 /);
    // Each gives its place back once it has entered.
    for (let count = 0; count < 12; count += 1) {
      const client = new LiveClient({ url: `ws://127.0.0.1:${port()}/live` }, id, links.write);
      await client.saved();
      client.destroy();
      expect(client.closed).toEqual([]);
    }
  });
});
