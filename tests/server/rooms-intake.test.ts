/** What comes into a room: updates that came onto the disk together, and where our own clients say they stand. */
import { createEncoder, toUint8Array, writeUint8Array, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { readTick, writeStanding, type Standing } from "../../document/tick.ts";
import type { Started } from "../../server/access/access.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import { Intake } from "../../server/rooms/intake.ts";
import { presenceOf, rebuilt } from "../../server/rooms/presence.ts";
import { presenceRest, syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

const EMPTY = Uint8Array.of(0, 0);

const written = (clientId: number, text: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.getText("prose:text").insert(0, text);
  return Y.encodeStateAsUpdate(doc);
};

describe("R40 updates whose authors hear of it in one turn", () => {
  test("enter the document in one transaction, and are told as one update", async () => {
    const doc = new Y.Doc();
    const told: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => told.push(update));
    const intake = new Intake(doc);
    await Promise.all([1, 2, 3].map((client) => intake.take(written(client, "mot"))));
    expect([doc.getText("prose:text").length, told.length]).toEqual([9, 1]);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, told[0]!);
    expect(copy.getText("prose:text").toJSON()).toBe(doc.getText("prose:text").toJSON());
    await intake.take(written(4, "x"));
    expect(told.length).toBe(2);
  });

  test("also those that come one after the other before anything else is heard", async () => {
    const doc = new Y.Doc();
    let transactions = 0;
    doc.on("afterTransaction", () => (transactions += 1));
    const intake = new Intake(doc);
    const later = Promise.resolve()
      .then(() => undefined)
      .then(() => intake.take(written(2, "b")));
    await Promise.all([intake.take(written(1, "a")), later]);
    expect([doc.getText("prose:text").length, transactions]).toEqual([2, 1]);
  });

  test("do not share a fault: whose update cannot be applied hears of it alone", async () => {
    const doc = new Y.Doc();
    const intake = new Intake(doc);
    const [good, bad, other] = [written(1, "a"), Uint8Array.of(9, 9, 9), written(2, "b")].map((update) =>
      intake.take(update),
    );
    await expect(bad).rejects.toBeInstanceOf(Error);
    await Promise.all([good, other]);
    expect(doc.getText("prose:text").length).toBe(2);
  });
});

const POSITION = Uint8Array.of(0, 77, 0, 0);
const standing = (clock: number, more: Partial<Standing> = {}): Uint8Array =>
  writeStanding({
    client: 77,
    clock,
    section: "text",
    place: "prose:text",
    anchor: POSITION,
    head: new Uint8Array(),
    ...more,
  });

/** What a frame holds that brings words, and behind them where their author stands. */
const words = (update: Uint8Array, stands: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, SYNC.update);
  writeVarUint8Array(encoder, update);
  writeUint8Array(encoder, stands);
  return toUint8Array(encoder);
};

describe("R45 where our own clients stand", () => {
  let place: Place;
  let workshop: Started;
  beforeEach(async () => {
    place = await newPlace();
    workshop = await place.start();
  });
  afterEach(async () => {
    await place.remove();
    expect(place.faults).toEqual([]);
  });

  const enter = async (secret = workshop.links.write): Promise<RawClient> => {
    const client = place.raw(workshop.id, secret);
    client.frame(FRAME.sync, syncRest(SYNC.step2, EMPTY));
    await client.when((each) => each.acknowledged() === 1);
    return client;
  };

  test("is shown to stock clients and to readers of ticks alike, the words first", async () => {
    const [nadia, stock, packed] = await Promise.all([enter(), enter(), enter()]);
    packed.frame(FRAME.packed, Uint8Array.of(1));
    nadia.frame(FRAME.writes, words(written(77, "mot"), standing(1)));
    const states = (): string =>
      stock.frames
        .filter(({ kind }) => kind === FRAME.presence)
        .map(({ rest }) => Buffer.from(rest).toString("latin1"))
        .join("\n");
    await stock.when(() => states().includes(Buffer.from(POSITION).toString("base64url")));
    const order = stock.frames.filter(({ kind, rest }) =>
      kind === FRAME.sync ? rest[0] === SYNC.update : kind === FRAME.presence && rest.length > 2,
    );
    expect(order.map(({ kind }) => kind)).toEqual([FRAME.sync, FRAME.presence]);
    expect(states()).toContain('"section":"text"');
    const seen = { words: "", anchors: [] as number[][] };
    const read = (): typeof seen => {
      const doc = new Y.Doc();
      seen.anchors = [];
      for (const { rest } of packed.frames.filter(({ kind }) => kind === FRAME.tick)) {
        readTick(rest, {
          update: (update) => Y.applyUpdate(doc, update),
          saved: () => undefined,
          who: () => undefined,
          gone: () => undefined,
          place: () => undefined,
          stands: ({ anchor }) => seen.anchors.push([...anchor]),
        });
      }
      seen.words = doc.getText("prose:text").toJSON();
      return seen;
    };
    await packed.when(() => read().anchors.length === 1);
    expect(seen).toEqual({ words: "mot", anchors: [[...POSITION]] });
    expect(nadia.acknowledged()).toBe(2);
  });

  test("is nobody else's: only under one's own client id, and nothing of whoever reads", async () => {
    const [nadia, brice, reader] = await Promise.all([enter(), enter(), enter(workshop.links.read)]);
    const shown = (): number[] =>
      brice.frames
        .filter(({ kind, rest }) => kind === FRAME.presence && rest.length > 2)
        .flatMap(({ rest }) => [
          ...Buffer.from(rest)
            .toString("latin1")
            .matchAll(/"section":"s(\d)"/g),
        ])
        .map(([, number]) => Number(number));
    nadia.frame(FRAME.presence, presenceRest([[77, 1, { section: "s1" }]]));
    await brice.when(() => shown().includes(1));
    reader.frame(FRAME.stands, standing(2, { client: 99, section: "s2" }));
    nadia.frame(FRAME.stands, standing(2, { client: 78, section: "s3" }));
    nadia.frame(FRAME.stands, standing(1, { section: "s4" }));
    nadia.frame(FRAME.stands, standing(2, { section: "s5" }));
    await brice.when(() => shown().includes(5));
    expect(shown()).toEqual([1, 5]);
    await reader.when(() => reader.frames.some(({ kind, rest }) => kind === FRAME.presence && rest.length === 2));
  });

  test("whose lengths lie, or that bring no words where they say so, end the session", async () => {
    for (const [kind, rest] of [
      [FRAME.stands, Uint8Array.of(77, 1, 200, 1)],
      [FRAME.stands, standing(1).subarray(0, 20)],
      [FRAME.writes, words(written(77, "x"), standing(1)).subarray(0, 10)],
      [FRAME.writes, Uint8Array.of(SYNC.step1, 1, 0)],
      [FRAME.writes, Uint8Array.of()],
      [FRAME.stands, Uint8Array.of()],
    ] as const) {
      const client = await enter();
      client.frame(kind, rest);
      await client.when((each) => each.closed !== undefined);
      expect([kind, client.closed]).toEqual([kind, 4400]);
    }
  });
});

test("R45 a standing says what the same presence in JSON says, long names and positions included", () => {
  const member = { visitor: { id: "v", name: "Céline", organisation: "", colour: 3 } };
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  const long = new Uint8Array(100).fill(7);
  for (const section of ["", "s", "s".repeat(100), "s".repeat(101), "\u0001".repeat(100)]) {
    for (const place of ["", "prose:s", `items:${"i".repeat(190)}`, "p".repeat(201), "\u0001".repeat(200)]) {
      for (const [anchor, head] of [
        [POSITION, POSITION],
        [POSITION, long],
        [new Uint8Array(400), POSITION],
      ] as const) {
        const same = {
          ...(section === "" ? {} : { section }),
          ...(place === "" ? {} : { caret: { place, anchor: text(anchor), head: text(head) } }),
        };
        const said: Standing = { client: 1, clock: 1, section, place, anchor, head };
        expect(presenceOf(said, member)).toEqual(rebuilt(same, member));
      }
    }
  }
});
