/** The gate of the rooms: whatever a hostile or broken client sends, nothing wrong is kept and nothing wrong acknowledged. */
import { createEncoder, toUint8Array, writeVarUint } from "lib0/encoding";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Started } from "../../server/access/access.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import type { LiveClient } from "../support/clients.ts";
import { syncRest, presenceRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
let workshop: Started;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
});
afterEach(async () => {
  await place.remove();
  if (place.faults.length > 0) throw new Error(`A room failed:\n${place.faults.join("\n")}`);
});

const head = async (): Promise<number> => (await place.log.load(workshop.id)).head;

/** The update that writing `words` into a copy of the document makes, under a client id. */
const written = (clientId: number, words: string, start?: Uint8Array): Uint8Array => {
  const doc = new Y.Doc();
  if (start) Y.applyUpdate(doc, start);
  // Only now: a Y.Doc that receives what its own id has written takes another one.
  doc.clientID = clientId;
  const before = Y.encodeStateVector(doc);
  doc.getText("prose:text").insert(0, words);
  return Y.encodeStateAsUpdate(doc, before);
};

const entered = async (client: RawClient): Promise<RawClient> => {
  client.frame(FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0)));
  await client.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.sync));
  client.frame(FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
  await client.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.syncStatus));
  client.frames.length = 0;
  return client;
};

const writer = (): Promise<RawClient> => entered(place.raw(workshop.id, workshop.links.write));

const visitor = async (name: string): Promise<LiveClient> => {
  const client = await place.visit(workshop.id, workshop.links.write, name);
  await client.saved();
  return client;
};

/** The victim can still write, and is heard. */
const stillHeard = async (client: LiveClient): Promise<void> => {
  client.write("encore");
  await client.saved();
  const doc = new Y.Doc();
  const { state, updates } = await place.log.load(workshop.id);
  for (const update of state ? [state, ...updates] : updates) Y.applyUpdate(doc, update);
  expect(doc.getText("prose:text").toJSON()).toMatch(/encore$/);
};

describe("R6 what cannot be used is refused, not logged, not acknowledged; the socket is closed", () => {
  test.each([
    ["garbage", Uint8Array.of(1, 2, 3, 250, 251)],
    ["nothing at all", Uint8Array.of()],
    ["a cut update", written(77, "coupé").slice(0, -3)],
    ["an update that announces 30 million structs", Uint8Array.of(1, 128, 225, 235, 23, 1, 0)],
    ["a client jumping ahead", bytesOf([1, 1, 9, 1000, 0, 1, 0])],
    ["a stretch of 2^45 under one id", bytesOf([1, 1, 9, 0, 0, 2 ** 45, 0])],
    ["a deletion of what nobody has written", bytesOf([0, 1, 9, 1, 0, 10])],
  ])("%s", async (_what, update) => {
    const before = await head();
    const client = await writer();
    client.update(update);
    await client.when(({ closed }) => closed !== undefined);
    expect(client.closed).toBe(4400);
    expect(client.acknowledged()).toBe(0);
    expect(await head()).toBe(before);
  });

  test("R6 the update after a refused one is not taken either", async () => {
    const before = await head();
    const client = await writer();
    client.update(Uint8Array.of(9, 9, 9));
    client.update(written(78, "après"));
    await client.when(({ closed }) => closed !== undefined);
    expect(client.acknowledged()).toBe(0);
    expect(await head()).toBe(before);
  });
});

describe("R7 nobody writes under another's client id", () => {
  test("the next clock of somebody with a session is refused; the victim's next words arrive", async () => {
    const nadia = await visitor("Nadia");
    nadia.write("moi");
    await nadia.saved();
    const before = await head();
    const thief = await writer();
    thief.update(written(nadia.doc.clientID, "pas moi", Y.encodeStateAsUpdate(nadia.doc)));
    await thief.when(({ closed }) => closed !== undefined);
    expect(thief.closed).toBe(4400);
    expect(await head()).toBe(before);
    await stillHeard(nadia);
  });

  test("behind one bare link, a program cannot write as another one that is there; once that one has left, it can", async () => {
    const victim = place.enter(workshop.id, workshop.links.write);
    await victim.saved();
    victim.write("moi");
    await victim.saved();
    const before = await head();
    const forged = written(victim.doc.clientID, "pas moi", Y.encodeStateAsUpdate(victim.doc));
    const thief = await writer();
    thief.update(forged);
    await thief.when(({ closed }) => closed !== undefined);
    expect(thief.acknowledged()).toBe(0);
    expect(await head()).toBe(before);
    await stillHeard(victim);
    const again = written(victim.doc.clientID, "de retour", Y.encodeStateAsUpdate(victim.doc));
    victim.destroy();
    const returned = await writer();
    returned.update(again);
    await returned.when((client) => client.acknowledged() === 1);
  });

  test("behind one bare link, an id that is only shown is taken as well", async () => {
    const victim = place.enter(workshop.id, workshop.links.write);
    await victim.saved();
    const thief = await writer();
    thief.update(written(victim.doc.clientID, "avant"));
    await thief.when(({ closed }) => closed !== undefined);
    expect(thief.acknowledged()).toBe(0);
    await stillHeard(victim);
  });

  test("C05 a session is used by one connection at a time; when that one has left, by the next", async () => {
    const { token, clientId } = await place.access.openSession(workshop.id, workshop.links.write, {
      name: "Nadia",
      layout: 1,
    });
    const [first, second] = [place.raw(workshop.id, token), () => place.raw(workshop.id, token)];
    await entered(first);
    const copy = second();
    await copy.when(({ denied }) => denied() !== undefined);
    expect(copy.denied()).toBe("session-expired");
    first.leave();
    const next = await entered(second());
    next.update(written(clientId, "de retour"));
    await next.when((client) => client.acknowledged() === 1);
  });

  test("a leased id that was never used is refused as well", async () => {
    const nadia = await visitor("Nadia");
    const thief = await writer();
    thief.update(written(nadia.doc.clientID, "avant elle"));
    await thief.when(({ closed }) => closed !== undefined);
    expect(thief.acknowledged()).toBe(0);
    await stillHeard(nadia);
  });
});

describe("R8 who may only read changes nothing", () => {
  test.each(["read", "vote"] as const)("a %s link", async (capability) => {
    const nadia = await visitor("Nadia");
    const before = await head();
    const reader = await entered(place.raw(workshop.id, workshop.links[capability]));
    reader.update(written(79, "interdit"));
    await reader.when(({ frames }) => frames.some(({ kind, rest }) => kind === FRAME.syncStatus && rest[0] === 0));
    expect(reader.acknowledged()).toBe(0);
    expect(await head()).toBe(before);
    nadia.write("lisible");
    await reader.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.sync));
  });

  test("a reader's presence is shown to nobody, but answered", async () => {
    const nadia = await visitor("Nadia");
    const reader = await place.visit(workshop.id, workshop.links.read, "Curieux");
    await reader.when(() => reader.provider.isSynced);
    const received: number[] = [];
    reader.socket.on("message", () => received.push(1));
    reader.provider.setAwarenessField("name", "Curieux");
    await reader.when(() => received.length > 0);
    expect([...(nadia.provider.awareness?.getStates().values() ?? [])]).not.toContainEqual(
      expect.objectContaining({ name: "Curieux" }),
    );
  });
});

test("R8 J7 who only picks is in the room, and counted by everybody", async () => {
  const nadia = await visitor("Nadia");
  const voter = await place.visit(workshop.id, workshop.links.vote, "Brice");
  await voter.when(() => voter.provider.isSynced);
  voter.provider.setAwarenessField("section", "list");
  const seen = () => [...(nadia.provider.awareness?.getStates().values() ?? [])];
  await nadia.when(() => seen().some((state) => state["name"] === "Brice"));
});

describe("R9 presence says who one is, and nothing else", () => {
  test("the name and the colour are those the server knows", async () => {
    const [nadia, brice] = [await visitor("Nadia"), await visitor("Brice")];
    nadia.provider.awareness?.setLocalState({
      visitor: "x",
      name: "Brice",
      colour: 99,
      section: "text",
      style: "url(x)",
    });
    const seen = () => brice.provider.awareness?.getStates().get(nadia.doc.clientID);
    await brice.when(() => seen() !== undefined && seen()?.["section"] !== undefined);
    expect(seen()).toEqual({ visitor: expect.any(String), name: "Nadia", colour: expect.any(Number), section: "text" });
    expect(seen()?.["colour"]).toBeLessThan(12);
    expect(seen()?.["visitor"]).not.toBe("x");
  });

  test("a state under another's client id is not shown", async () => {
    const [nadia, brice] = [await visitor("Nadia"), await visitor("Brice")];
    nadia.provider.setAwarenessField("section", "text");
    const seen = () => brice.provider.awareness?.getStates();
    await brice.when(() => seen()?.get(nadia.doc.clientID)?.["section"] === "text");
    const thief = await writer();
    thief.frame(FRAME.presence, presenceRest([[nadia.doc.clientID, 1000, { name: "Voleur", section: "list" }]]));
    thief.frame(FRAME.presence, presenceRest([[4242, 1, { name: "Programme" }]]));
    await brice.when(() => seen()?.has(4242) === true);
    expect(seen()?.get(nadia.doc.clientID)).toMatchObject({ name: "Nadia", section: "text" });
    // Only those who are there: no ghosts of anybody's making.
    expect(new Set(seen()?.keys())).toEqual(new Set([nadia.doc.clientID, brice.doc.clientID, 4242]));
  });

  test("a thousand states, or one that cannot be read, show nobody and harm nobody", async () => {
    const nadia = await visitor("Nadia");
    const many = await writer();
    many.frame(
      FRAME.presence,
      presenceRest(Array.from({ length: 1000 }, (_, index) => [index + 1, 1, { name: "x" }] as const)),
    );
    const broken = await writer();
    broken.frame(FRAME.presence, Uint8Array.of(200, 1, 2));
    await broken.when(({ closed }) => closed !== undefined);
    await stillHeard(nadia);
    expect(nadia.provider.awareness?.getStates().size).toBeLessThanOrEqual(1);
  });
});

describe("R10 whatever arrives, the process and the others go on", () => {
  test("every kind of frame with junk, before and after entering", async () => {
    const nadia = await visitor("Nadia");
    const before = await head();
    for (const token of [undefined, workshop.links.write, workshop.links.read, "nonsense"]) {
      for (let kind = 0; kind <= 12; kind += 1) {
        for (const junk of [[], [0], [1, 255, 255], [2, 3, 1, 2, 3], [5, 104, 101, 108, 108, 111]]) {
          const client = place.raw(workshop.id, token);
          client.frame(kind, Uint8Array.from(junk));
          if (token === workshop.links.write) await entered(place.raw(workshop.id, token)).then((each) => each.leave());
          client.leave();
        }
      }
    }
    expect(await head()).toBe(before);
    await stillHeard(nadia);
  });

  test("names that are no workshop's", async () => {
    for (const name of [
      "",
      " ",
      "__proto__",
      "constructor",
      "../x",
      "x".repeat(10_000),
      `${workshop.id} `,
      "\u0000s",
    ]) {
      const client = place.raw(name, workshop.links.write);
      await client.when(({ closed, denied }) => closed !== undefined || denied() !== undefined);
      expect(client.acknowledged()).toBe(0);
    }
    expect(place.rooms.size.rooms).toBe(0);
  });

  test("frames without a name, cut in the middle of it, or empty", async () => {
    for (const bytes of [[], [255], [5, 97], [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]]) {
      const client = place.raw(workshop.id, undefined);
      client.send(Uint8Array.from(bytes));
      await client.when(({ closed }) => closed !== undefined);
      expect(client.closed).toBe(4400);
    }
  });
});

function bytesOf(numbers: number[]): Uint8Array {
  const encoder = createEncoder();
  for (const each of numbers) writeVarUint(encoder, each);
  return toUint8Array(encoder);
}
