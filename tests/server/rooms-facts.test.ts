/** What Hocuspocus does when left to itself: the facts the rooms are built around. When one changes, so may the rooms. */
import { Hocuspocus, type Configuration, type Document } from "@hocuspocus/server";
import { afterEach, describe, expect, test } from "vitest";
import { pino } from "pino";
import { adoptConsole } from "../../server/logger.ts";
import type { Carrier, Peer } from "../../server/rooms/wire.ts";
import { LiveClient } from "../support/clients.ts";
import { memorySocket } from "../support/memory-socket.ts";

adoptConsole(pino({ level: "silent" }));

const clients: LiveClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

/** A Hocuspocus with these hooks and nothing of ours, entered over memory. */
const plain = (configuration: Partial<Configuration>) => {
  const hocuspocus = new Hocuspocus({ quiet: true, ...configuration });
  const connect = (carrier: Carrier): Peer => {
    const connection = hocuspocus.handleConnection(
      {
        get readyState() {
          return carrier.readyState;
        },
        send: (data: unknown) => carrier.send(data as Uint8Array),
        close: (code = 1000, reason = "") => carrier.close(code, reason),
      },
      new Request("http://room/"),
    );
    return {
      receive: (frame) => connection.handleMessage(frame),
      closed: (code) => connection.handleClose({ code, reason: "" }),
    };
  };
  const enter = (): LiveClient => {
    const client = new LiveClient({ url: "ws://memory", socket: memorySocket(connect) }, "room", "");
    clients.push(client);
    return client;
  };
  return { hocuspocus, enter };
};

describe("facts of Hocuspocus 4.7", () => {
  test("it acknowledges before anything is stored", async () => {
    let stored = 0;
    const { enter } = plain({ onStoreDocument: () => Promise.resolve(void (stored += 1)) });
    const client = enter();
    await client.saved();
    client.write("70 caractères");
    await client.saved();
    expect(stored).toBe(0);
  });

  test("it waits for beforeSync before it applies, acknowledges and shares", async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let knocked = (): void => undefined;
    const knock = new Promise<void>((resolve) => (knocked = resolve));
    let room: Document | undefined;
    const { enter } = plain({
      beforeSync: async ({ type, document }) => {
        if (type !== 2) return;
        room = document;
        knocked();
        await gate;
      },
    });
    const [writer, reader] = [enter(), enter()];
    await Promise.all([writer.saved(), reader.saved()]);
    writer.write("attendu");
    await knock;
    expect([room?.getText("prose:text").length, writer.provider.unsyncedChanges]).toEqual([0, 1]);
    release();
    await writer.saved();
    await reader.when(() => reader.doc.getText("prose:text").length > 0);
    expect(reader.doc.getText("prose:text").toJSON()).toBe("attendu");
  });

  test("a hook that throws in beforeSync leaves the client connected, with nothing sent again", async () => {
    let refused = 0;
    const { enter } = plain({
      beforeSync: ({ type }) => {
        if (type !== 2) return Promise.resolve();
        refused += 1;
        return Promise.reject(new Error(""));
      },
    });
    const client = enter();
    await client.saved();
    const told = new Promise((resolve) => client.provider.on("close", resolve));
    client.write("perdu");
    await told;
    expect([client.socket.status, refused, client.provider.hasUnsyncedChanges]).toEqual(["connected", 1, true]);
    expect(client.closed).toEqual([]);
  });

  test("broadcasts of one turn of the event loop are one message", async () => {
    const { enter, hocuspocus } = plain({});
    const client = enter();
    await client.saved();
    let messages = 0;
    client.socket.on("message", () => (messages += 1));
    const room = hocuspocus.documents.get("room")!;
    for (let count = 0; count < 10; count += 1) room.getText("prose:text").insert(0, "x");
    await client.when(() => client.doc.getText("prose:text").length === 10);
    expect(messages).toBe(1);
  });

  test("unsynced changes start at 1 on every connection, and reach 0 once the second step was taken", async () => {
    const { enter } = plain({});
    const client = enter();
    const counts: number[] = [];
    client.provider.on("unsyncedChanges", ({ number }: { number: number }) => counts.push(number));
    await client.saved();
    expect(counts).toEqual([1, 0]);
    client.socket.webSocket?.close();
    await client.when(() => client.closed.length === 1);
    await client.saved();
    expect(counts).toEqual([1, 0, 1, 0]);
  });
});
