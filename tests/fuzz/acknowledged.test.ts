/** D03: from what a running server does to its disk and its sockets: no word is acknowledged or shown before it is synced. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { FRAME, readFrame } from "../../server/rooms/frames.ts";
import { LiveClient } from "../support/clients.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { readTrace, type Step } from "../support/disk-trace.ts";
import { FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

const ACKS = Number(process.env["ACKS"] ?? 800);
const WRITERS = 8;
const WORD = /<w\d+\.\d+>/g;

/** What one client saw: after how many acknowledgements on its socket a word was known to be saved. */
interface Seen {
  port: number;
  saved: Map<string, number>;
}

const isAcknowledgement = (bytes: Uint8Array): boolean => {
  const frame = readFrame(bytes);
  return frame?.kind === FRAME.syncStatus && frame.rest[0] === 1;
};

/** The whole WebSocket messages in the bytes sent to one port, each with the step that completed it. */
class Incoming {
  #bytes = Buffer.alloc(0);
  #greeted = false;

  take(bytes: Buffer): Buffer[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    if (!this.#greeted) {
      const end = this.#bytes.indexOf("\r\n\r\n");
      if (end < 0 || !this.#bytes.subarray(0, 12).toString().includes("101")) return [];
      this.#greeted = true;
      this.#bytes = this.#bytes.subarray(end + 4);
    }
    const messages: Buffer[] = [];
    for (let message = this.#next(); message; message = this.#next()) messages.push(message);
    return messages;
  }

  #next(): Buffer | undefined {
    const short = (this.#bytes[1] ?? 0) & 0x7f;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (this.#bytes.length < head) return undefined;
    const length =
      short === 126 ? this.#bytes.readUInt16BE(2) : short === 127 ? Number(this.#bytes.readBigUInt64BE(2)) : short;
    if (this.#bytes.length < head + length) return undefined;
    const message = this.#bytes.subarray(head, head + length);
    this.#bytes = this.#bytes.subarray(head + length);
    return message;
  }
}

interface Verdict {
  acknowledgements: number;
  syncs: number;
  /** Words acknowledged or shown to anybody before the sync that covers them. */
  acknowledgedEarly: string[];
  shownEarly: string[];
}

/** Goes through the trace; `blind` leaves the syncs out, as if the server never waited for one. */
const judge = (steps: readonly Step[], seen: readonly Seen[], blind = false): Verdict => {
  const written = new Map<string, Set<string>>();
  const synced = new Set<string>();
  const sockets = new Map<number, { incoming: Incoming; count: number; due: Map<number, string[]> }>();
  for (const { port, saved } of seen) {
    const due = new Map<number, string[]>();
    for (const [word, count] of saved) due.set(count, [...(due.get(count) ?? []), word]);
    sockets.set(port, { incoming: new Incoming(), count: 0, due });
  }
  const verdict: Verdict = { acknowledgements: 0, syncs: 0, acknowledgedEarly: [], shownEarly: [] };
  for (const step of steps) {
    if (step.does === "write") {
      const words = step.bytes.toString("latin1").match(WORD) ?? [];
      written.set(step.file, new Set([...(written.get(step.file) ?? []), ...words]));
    }
    if (step.does === "sync") {
      verdict.syncs += 1;
      if (!blind) for (const word of written.get(step.file) ?? []) synced.add(word);
      written.delete(step.file);
    }
    const socket = step.does === "send" ? sockets.get(step.port) : undefined;
    if (step.does !== "send" || !socket) continue;
    for (const message of socket.incoming.take(step.bytes)) {
      const shown: readonly string[] = message.toString("latin1").match(WORD) ?? [];
      verdict.shownEarly.push(...shown.filter((word) => !synced.has(word)));
      if (!isAcknowledgement(message)) continue;
      socket.count += 1;
      verdict.acknowledgements += 1;
      verdict.acknowledgedEarly.push(...(socket.due.get(socket.count) ?? []).filter((word) => !synced.has(word)));
    }
  }
  return verdict;
};

describe("D03 the order of what reaches the disk and what leaves by the sockets", () => {
  let dir: DataDir;
  let disk: FaultyDisk;
  let server: TestServer;

  beforeAll(async () => {
    dir = newDataDir();
    disk = new FaultyDisk(dir.path, { traced: true });
    if (!noFaults) server = await new TestServer({ DATA_DIR: dir.path, ...disk.environment }).start();
  });
  afterAll(async () => {
    await server?.remove();
    disk.remove();
    dir.remove();
  });

  const write = async (writer: number, id: string, link: string): Promise<Seen> => {
    let acknowledged = 0;
    let port = 0;
    class CountingSocket extends WebSocket {
      constructor(url: string) {
        super(url);
        this.on("upgrade", ({ socket }: { socket: { localPort?: number } }) => (port = socket.localPort ?? 0));
        this.on("message", (data: ArrayBuffer | Buffer) => {
          if (isAcknowledgement(new Uint8Array(data))) acknowledged += 1;
        });
      }
    }
    const client = new LiveClient(
      { url: server.live, socket: CountingSocket as unknown as typeof globalThis.WebSocket },
      id,
      link,
    );
    const saved = new Map<string, number>();
    await client.saved();
    for (let n = 0; saved.size < ACKS / WRITERS; n += 1) {
      const word = `<w${writer}.${n}>`;
      client.write(word, "notes");
      await client.saved();
      saved.set(word, acknowledged);
    }
    expect(client.closed).toEqual([]);
    client.destroy();
    return { port, saved };
  };

  test.skipIf(noFaults)(
    `of ${ACKS} acknowledgements none leaves before the sync that covers it, nor does any word${orSkipped}`,
    async () => {
      const { id, links } = await startWorkshop(server.url);
      const seen = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, id, links.write)));
      const steps = readTrace(disk.trace());
      const verdict = judge(steps, seen);
      expect(verdict).toMatchObject({ acknowledgedEarly: [], shownEarly: [] });
      expect(verdict.acknowledgements).toBeGreaterThanOrEqual(ACKS);
      // The very same trace condemns a server that would not wait: every word of it.
      const unsynced = judge(steps, seen, true);
      expect(unsynced.acknowledgedEarly).toHaveLength(seen.reduce((sum, { saved }) => sum + saved.size, 0));
      expect(unsynced.shownEarly.length).toBeGreaterThan(ACKS / 2);
    },
    600_000,
  );
});
