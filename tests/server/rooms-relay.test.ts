/** How a room tells: in ticks, each encoded once; who joins, who moves, and whose line is slow. */
import { createDecoder, readVarUint8Array } from "lib0/decoding";
import { encode, writeUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { readTick, writeTick } from "../../document/tick.ts";
import type { Started } from "../../server/access/access.ts";
import { FRAME, readFrame, SYNC, writeFrame, writeToken, type Frame } from "../../server/rooms/frames.ts";
import { Joining, NOTHING } from "../../server/rooms/joining.ts";
import { Listener } from "../../server/rooms/listener.ts";
import { windowOf } from "../../server/rooms/relay.ts";
import { Roll } from "../../server/rooms/roll.ts";
import { Wire } from "../../server/rooms/wire.ts";
import { presenceRest, syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

const EMPTY = Uint8Array.of(0, 0);

const updatesOf = ({ frames }: RawClient): Uint8Array[] =>
  frames.flatMap(({ kind, rest }) =>
    kind === FRAME.sync && rest[0] === SYNC.update ? [readVarUint8Array(createDecoder(rest.subarray(1)))] : [],
  );

const written = (clientId: number, text: string): Uint8Array => {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.getText("prose:text").insert(0, text);
  return Y.encodeStateAsUpdate(doc);
};

describe("in a room", () => {
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

  const enter = async (): Promise<RawClient> => {
    const client = place.raw(workshop.id, workshop.links.write);
    client.frame(FRAME.sync, syncRest(SYNC.step2, EMPTY));
    await client.when((each) => each.acknowledged() === 1);
    return client;
  };

  test("R40 what is written in one turn of the event loop is told in one frame", async () => {
    const [writers, reader] = [await Promise.all([enter(), enter(), enter()]), await enter()];
    const words = writers.map((_, index) => written(100 + index, `mot${index}`));
    for (const [index, writer] of writers.entries()) writer.update(words[index]!);
    await Promise.all(writers.map((each) => each.when(() => each.acknowledged() === 2)));
    await reader.when(() => {
      const doc = new Y.Doc();
      for (const update of updatesOf(reader)) Y.applyUpdate(doc, update);
      return doc.getText("prose:text").length === 12;
    });
    expect(updatesOf(reader).length).toBeLessThanOrEqual(3);
  });

  test("R41 whoever enters an open room gets all that greets them and the document in one write", async () => {
    await enter();
    const writes: Frame[][] = [];
    let gathered = 0;
    const { promise: here, resolve } = Promise.withResolvers<void>();
    const peer = place.rooms.connect({
      readyState: 1,
      gather: () => {
        if (gathered === 0) writes.push([]);
        gathered += 1;
      },
      release: () => {
        gathered -= 1;
        if (gathered === 0 && writes.at(-1)!.some(({ kind }) => kind === FRAME.sync)) resolve();
      },
      send: (bytes) => {
        const frame = readFrame(bytes)!;
        if (gathered > 0) writes.at(-1)!.push(frame);
        else writes.push([frame]);
      },
      close: () => undefined,
    });
    peer.receive(writeToken(workshop.id, workshop.links.write));
    peer.receive(writeFrame(workshop.id, FRAME.packed, Uint8Array.of(1)));
    peer.receive(writeFrame(workshop.id, FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0))));
    await here;
    const kinds = writes.map((frames) =>
      frames.map(({ kind, rest }) => (kind === FRAME.sync ? `step ${rest[0]}` : kind)),
    );
    const { auth, stateless, tick } = FRAME;
    expect(kinds).toEqual([[auth, stateless, tick, "step 0", "step 1", stateless]]);
    peer.closed(1000);
  });

  test("R42 who only repeats what is known is answered, and the others hear nothing", async () => {
    const [nadia, brice] = [await enter(), await enter()];
    const shown = (clock: number): void =>
      nadia.frame(FRAME.presence, presenceRest([[77, clock, { section: "text" }]]));
    const heard = ({ frames }: RawClient): number =>
      frames.filter(({ kind, rest }) => kind === FRAME.presence && rest.length > 2).length;
    shown(1);
    await brice.when(() => heard(brice) === 1);
    const answers = (): number =>
      nadia.frames.filter(({ kind, rest }) => kind === FRAME.presence && rest.length === 2).length;
    const before = answers();
    shown(2);
    await nadia.when(() => answers() > before);
    // A word comes after whatever would have been told before it.
    nadia.update(written(77, "x"));
    await brice.when(() => updatesOf(brice).length === 1);
    expect(heard(brice)).toBe(1);
  });

  test("R43 a reader of ticks gets words, acknowledgements and carets in them, and who somebody is once", async () => {
    const [nadia, brice] = [await enter(), await enter()];
    nadia.frame(FRAME.packed, Uint8Array.of(1));
    const ticks = (): Frame[] => nadia.frames.filter(({ kind }) => kind === FRAME.tick);
    const told = {
      words: "",
      saved: 0,
      who: [] as number[],
      gone: 0,
      stands: [] as number[],
      places: new Set<string>(),
    };
    const read = (): typeof told => {
      const doc = new Y.Doc();
      Object.assign(told, { saved: 0, who: [], gone: 0, stands: [], places: new Set() });
      for (const { rest } of ticks()) {
        readTick(rest, {
          update: (update) => Y.applyUpdate(doc, update),
          saved: (count) => (told.saved += count),
          who: ({ client }) => told.who.push(client),
          gone: () => (told.gone += 1),
          place: (_number, name) => told.places.add(name),
          stands: ({ anchor, head }) => told.stands.push(anchor.length + head.length),
        });
      }
      told.words = doc.getText("prose:text").toJSON();
      return told;
    };
    const anchor = Buffer.from(Uint8Array.of(0, 1, 2, 0)).toString("base64url");
    const at = (clock: number, head = anchor): void =>
      brice.frame(
        FRAME.presence,
        presenceRest([[88, clock, { section: "text", caret: { place: "prose:text", anchor, head } }]]),
      );
    at(1);
    await nadia.when(() => read().stands.length === 1);
    const size = ticks().at(-1)!.rest.length;
    at(2, Buffer.from(Uint8Array.of(0, 1, 3, 0)).toString("base64url"));
    await nadia.when(() => read().stands.length === 2);
    expect(ticks().at(-1)!.rest.length).toBeLessThan(size / 2);
    nadia.update(written(99, "mot"));
    await nadia.when(() => read().saved === 1 && told.words === "mot");
    expect(nadia.acknowledged()).toBe(1);
    expect(told).toMatchObject({ who: [88], gone: 0, stands: [4, 8], places: new Set(["text", "prose:text"]) });
    brice.leave();
    await nadia.when(() => read().gone === 1);
  });
});

test("R43 frames and ticks that are written in one piece are those that an encoder writes", () => {
  const names = ["", "a", "atelier\0séance", "é", "x".repeat(127), "x".repeat(128), `${"x".repeat(126)}🌱`];
  const lengths = [0, 1, 127, 128, 300, 16_383, 16_384, 2_100_000];
  for (const name of names) {
    for (const kind of [FRAME.sync, FRAME.tick, 127, 128, 1000]) {
      const rest = Uint8Array.of(1, 2, 3);
      const whole = encode((encoder) => {
        writeVarString(encoder, name);
        writeVarUint(encoder, kind);
        writeUint8Array(encoder, rest);
      });
      expect(writeFrame(name, kind, rest)).toEqual(whole);
    }
  }
  for (const length of lengths) {
    for (const saved of [0, 127, 128, 2 ** 32]) {
      const [update, records] = [new Uint8Array(length).fill(7), Uint8Array.of(8, 9)];
      const whole = encode((encoder) => {
        writeVarUint8Array(encoder, update);
        writeVarUint(encoder, saved);
        writeUint8Array(encoder, records);
      });
      expect(Buffer.compare(writeTick(update, saved, records), whole)).toBe(0);
    }
  }
  expect([...writeTick(undefined, 3, Uint8Array.of(8))]).toEqual([0, 3, 8]);
});

test("R40 a few are told at once, a plenary every 30 ms, more only above five hundred", () => {
  expect([1, 10, 40, 60, 500, 1000, 1500, 5000].map(windowOf)).toEqual([0.01, 1, 16, 30, 30, 60, 90, 100]);
});

test("R41 whoever synchronises gets the same bytes as everybody who asks the same, until the document changes", () => {
  const source = new Y.Doc();
  source.getText("prose:text").insert(0, "x".repeat(1000));
  const stored = { state: Y.encodeStateAsUpdate(source), updates: [] };
  const doc = new Y.Doc();
  Y.applyUpdate(doc, stored.state);
  const joining = new Joining(doc, stored);
  doc.on("update", () => joining.changed());
  const nothing = Uint8Array.of(0);
  expect(joining.answer(nothing)).toBe(stored.state);
  for (let round = 0; round < 20; round += 1) {
    doc.getText("prose:text").insert(round, "y");
    for (const vector of [nothing, Y.encodeStateVector(source)]) {
      expect(joining.answer(vector)).toEqual(Y.encodeStateAsUpdate(doc, vector));
      expect(joining.answer(vector)).toBe(joining.answer(vector.slice()));
    }
    expect(joining.vector()).toEqual(Y.encodeStateVector(doc));
  }
  // What is on disk beside the snapshot is no part of it.
  const behind = new Joining(doc, { state: stored.state, updates: [Y.encodeStateAsUpdate(doc)] });
  expect(behind.answer(nothing)).toEqual(Y.encodeStateAsUpdate(doc));
});

describe("R41 L07 whoever asks what nobody has asked before", () => {
  /** Some twenty thousand structs of a hundred clients, none of which stands beside another of its own. */
  const large = (): Y.Doc => {
    const doc = new Y.Doc();
    const text = doc.getText("prose:text");
    doc.transact(() => {
      for (let n = 0; n < 20_000; n += 1) {
        doc.clientID = 1 + (n % 100);
        text.insert(0, "x");
      }
    });
    return doc;
  };
  const vectorOf = (clocks: Iterable<[number, number]>): Uint8Array => Y.encodeStateVector(new Map(clocks));

  test("says the same as others where it says to know what nobody wrote, or more than there is", () => {
    const doc = large();
    const joining = new Joining(doc);
    const all = [...Y.decodeStateVector(Y.encodeStateVector(doc))];
    for (let n = 0; n < 200; n += 1) {
      const stranger: [number, number] = [1_000_000 + n, 1 + n];
      expect([...joining.asked(vectorOf([stranger]))]).toEqual([0]);
      const ahead = all.map(([client, clock], at): [number, number] => [client, at === n % 100 ? clock + n : clock]);
      expect(joining.asked(vectorOf([...ahead, stranger]))).toEqual(Y.encodeStateVector(doc));
    }
    const half = all.map(([client, clock]): [number, number] => [client, clock >> 1]);
    expect(joining.asked(vectorOf(half))).toEqual(vectorOf(half));
  });

  test("is answered at once so often, and what many ask or little is lacking always", () => {
    const doc = large();
    const joining = new Joining(doc);
    const question = (n: number): Uint8Array => vectorOf([[1, 1 + n]]);
    let afforded = 0;
    for (let n = 0; n < 199; n += 1) if (joining.affords(question(n))) afforded += 1;
    expect(afforded).toBeGreaterThan(15);
    expect(afforded).toBeLessThan(60);
    joining.answer(NOTHING);
    expect(joining.affords(NOTHING)).toBe(true);
    const almost = [...Y.decodeStateVector(Y.encodeStateVector(doc))].map(([client, clock]): [number, number] => [
      client,
      client < 3 ? clock - 1 : clock,
    ]);
    expect(joining.affords(vectorOf(almost))).toBe(true);
  });

  test("beyond that is given the whole document, with all others who are, and has what it lacked", async () => {
    const place = await newPlace();
    const { id, links } = await place.start();
    const writer = place.enter(id, links.write);
    await writer.saved();
    const text = writer.doc.getText("prose:text");
    for (let part = 0; part < 4; part += 1) {
      writer.doc.transact(() => {
        for (let n = 0; n < 5000; n += 1) text.insert(n % 2 === 0 ? 0 : text.length, "x");
      });
      await writer.saved();
    }
    const client = writer.doc.clientID;
    const asking = Array.from({ length: 40 }, () => place.raw(id, links.read));
    const answers = ({ frames }: RawClient): Uint8Array[] =>
      frames.flatMap(({ kind, rest }) =>
        kind === FRAME.sync && rest[0] === SYNC.step2 ? [readVarUint8Array(createDecoder(rest.subarray(1)))] : [],
      );
    for (const [n, each] of asking.entries()) {
      for (let ask = 0; ask < 5; ask += 1) {
        each.frame(FRAME.sync, syncRest(SYNC.step1, vectorOf([[client, 10_000 + n * 5 + ask]])));
      }
    }
    // Nobody is left without an answer.
    await Promise.all(asking.map((each) => each.when(() => answers(each).length > 0)));
    const whole = Y.encodeStateAsUpdate(writer.doc).length;
    const isWhole = ({ length }: Uint8Array): boolean => length > whole * 0.9;
    const given = asking.flatMap(answers).find(isWhole);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, given!);
    expect(copy.getText("prose:text").length).toBe(text.length);
    expect(asking.flatMap(answers).filter((each) => !isWhole(each)).length).toBeLessThan(190);
    await place.remove();
  });
});

describe("R44 a line that is too slow", () => {
  const line = () => {
    const state = { bufferedAmount: 0, closed: [] as number[] };
    const carrier = {
      readyState: 1,
      get bufferedAmount() {
        return state.bufferedAmount;
      },
      send: () => undefined,
      close: (code: number) => void state.closed.push(code),
    };
    return Object.assign(state, { listener: new Listener(new Wire(carrier), "room") });
  };

  test("gets nothing, then in one update everything it has missed", () => {
    const slow = line();
    const doc = new Y.Doc();
    const missed: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => missed.push(update));
    for (let i = 0; i < 20; i += 1) doc.getText("prose:text").insert(i, "x");
    slow.bufferedAmount = 300_000;
    for (const update of missed) expect(slow.listener.share(update, 1)).toBe(undefined);
    expect(slow.listener.behind).toBe(true);
    slow.bufferedAmount = 100_000;
    expect(slow.listener.share(undefined, 2)).toBe(undefined);
    slow.bufferedAmount = 0;
    const share = slow.listener.share(undefined, 3);
    const copy = new Y.Doc();
    Y.applyUpdate(copy, share!.update!);
    expect([copy.getText("prose:text").length, share!.late, slow.listener.behind]).toEqual([20, true, false]);
    expect(slow.closed).toEqual([]);
  });

  test("is closed when it would need four megabytes, or a minute, to catch up", () => {
    const [full, long] = [line(), line()];
    for (const each of [full, long]) each.bufferedAmount = 300_000;
    for (let i = 0; i < 40; i += 1) full.listener.share(new Uint8Array(100_000), 1);
    expect(full.closed).toEqual([1013]);
    for (const now of [1, 59_000, 60_001, 60_002]) long.listener.share(undefined, now);
    expect(long.closed).toEqual([1013]);
  });
});

test("R42 the roll tells of a movement once, of a repetition only now and then, and of nobody who never came", () => {
  const roll = new Roll();
  const at = (section: string) => ({ visitor: "v", name: "Nadia", colour: 1, section });
  expect([roll.show(1, 1, at("a")), roll.show(1, 2, at("a")), roll.show(1, 2, at("b"))]).toEqual([true, false, false]);
  expect([roll.show(1, 3, at("b")), roll.leave(2), roll.leave(1), roll.leave(1)]).toEqual([true, false, true, false]);
});

test("R42 places that somebody only named cost no newcomer anything, and are told anew to those who meet there", () => {
  const roll = new Roll();
  const at = (section: string) => ({ visitor: "v", name: "Nadia", colour: 1, section: `${section}-${"x".repeat(80)}` });
  for (let n = 0; n < 3000; n += 1) roll.show(1, n, at(String(n)));
  roll.takeIntroductions();
  const told = (): string => Buffer.from(roll.everyRecord()).toString();
  expect(told()).toContain("2999-");
  expect(told().length).toBeLessThan(1000);
  roll.show(2, 1, at("7"));
  expect(Buffer.from(roll.takeIntroductions()).toString()).toContain("7-");
  expect(told()).toContain("7-");
  // However many there are, those who stand somewhere keep their place.
  for (let n = 0; n < 6000; n += 1) roll.show(3, n, at(`again ${n}`));
  expect(told()).toContain("2999-");
  expect(Buffer.from(roll.records([...roll.fresh].filter(({ clientId }) => clientId === 1)))[1]).toBeGreaterThan(0);
});

test("R42 of those who are gone so many clocks are kept and no more; whoever is here keeps theirs", () => {
  const roll = new Roll();
  const presence = { visitor: "v", name: "Nadia", colour: 1 };
  for (const clientId of [1, 2]) roll.show(clientId, 9, presence);
  roll.leave(2);
  for (let clientId = 10; clientId < 6_010; clientId += 1) {
    roll.show(clientId, 1, presence);
    roll.leave(clientId);
  }
  expect([roll.show(1, 8, presence), roll.show(2, 8, presence), roll.show(6_009, 1, presence)]).toEqual([
    false,
    true,
    false,
  ]);
});
