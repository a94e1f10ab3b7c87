/** L09 L14: a large room opens, and is edited by the server itself, in turns: whoever writes elsewhere is served meanwhile. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { itemsOf } from "../../document/layout.ts";
import type { Started } from "../../server/access/access.ts";
import { portionsOf } from "../../document/updates/portions.ts";
import { applyInTurns } from "../../server/log/opening.ts";
import { rebuild } from "../../server/log/rebuild.ts";
import { newPlace, type Place } from "../support/rooms.ts";

// The thread that cuts gives way to everything else on the machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let place: Place;
let workshop: Started;

/** Some twenty thousand edits of one life. */
const life = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.transact(() => {
    const text = doc.getText("prose:text");
    for (let i = 0; i < 8_000; i += 1) {
      text.insert(text.length, "le soir ");
      text.insert(Math.max(0, text.length - 90), ".");
      if (i % 3 === 0) text.delete(Math.max(0, text.length - 60), 2);
    }
  });
  return Y.encodeStateAsUpdate(doc);
};
const LIFE = life();

/** In the log, past the gate. */
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
  await place.log.append({ document: workshop.id, update: LIFE });
  await place.log.compact(workshop.id);
});
afterEach(async () => {
  await place.remove();
  expect(place.faults).toEqual([]);
  vi.restoreAllMocks();
});

/** How often the event loop went round while something was done. */
const turnsOf = async (work: () => Promise<unknown>): Promise<number> => {
  let [turns, over] = [0, false];
  const count = (): void => {
    turns += 1;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await work();
  over = true;
  return turns;
};

/** How many places are looked for in this thread while something is done. */
const placesIn = async (work: () => Promise<unknown>): Promise<number> => {
  const placing = vi.spyOn(Y.Item.prototype, "integrate");
  try {
    await work();
    return placing.mock.calls.length;
  } finally {
    placing.mockRestore();
  }
};

const isSame = (doc: Y.Doc, other: Y.Doc): boolean =>
  Buffer.compare(Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdate(other)) === 0;

test("L14 the document that is filled in turns is the same, byte for byte, and no place is looked for", async () => {
  const loaded = await place.log.load(workshop.id);
  const doc = new Y.Doc();
  let turns = 0;
  const fill = async (): Promise<number> => (turns = await turnsOf(() => place.log.fillIn(doc, workshop.id, loaded)));
  expect(await placesIn(fill)).toBe(0);
  expect(turns).toBeGreaterThan(0);
  expect(isSame(doc, rebuild(loaded))).toBe(true);
});

test("L14 what came since a whole was arranged is taken in behind it, and what was loaded before it is in it", async () => {
  const { id } = workshop;
  const early = await place.log.load(id);
  await place.log.whole(id, early.epoch);
  const writer = rebuild(early);
  for (const words of ["encore ", "et encore "]) {
    const before = Y.encodeStateVector(writer);
    writer.getText("prose:text").insert(0, words);
    await place.log.append({ document: id, update: Y.encodeStateAsUpdate(writer, before) });
  }
  const late = await place.log.load(id);
  for (const [loaded, expected] of [
    [late, writer],
    [early, rebuild(early)],
  ] as const) {
    const doc = new Y.Doc();
    expect(await placesIn(() => place.log.fillIn(doc, id, loaded))).toBeLessThan(20);
    expect(isSame(doc, expected)).toBe(true);
  }
  // A snapshot may have come between the whole and what was loaded.
  await place.log.compact(id);
  const doc = new Y.Doc();
  await place.log.fillIn(doc, id, await place.log.load(id));
  expect(isSame(doc, writer)).toBe(true);
});

test("L14 R54 what is written right behind the loading of a room reaches whoever is given what was loaded", async () => {
  const { id, links } = workshop;
  const { log } = place;
  const add = (text: string): Promise<unknown> =>
    place.rooms.edit(id, undefined, (draft) => addItem(draft, "list", { text, at: "2026-01-01T10:00:00Z" }));
  await add("un");
  await log.compact(id);
  // No whole of before is at hand, and the draft is: the edit is on disk before the room's whole is made.
  await new Promise((resolve) => setTimeout(resolve, 5_200));
  const written = Promise.withResolvers<void>();
  const [append, load] = [log.append.bind(log), log.load.bind(log)];
  let edit: Promise<unknown> | undefined;
  vi.spyOn(log, "append").mockImplementation(async (entry) => {
    const seq = await append(entry);
    written.resolve();
    return seq;
  });
  vi.spyOn(log, "load").mockImplementation(async (document) => {
    const loaded = await load(document);
    edit ??= add("deux");
    await written.promise;
    return loaded;
  });
  const client = await place.visit(id, links.write, "Nadia");
  await client.saved();
  await edit;
  await client.when(() => itemsOf(client.doc, "list").size === 2);
  await add("trois");
  await client.when(() => itemsOf(client.doc, "list").size === 3);
  expect(client.doc.store.pendingStructs).toBe(null);
});

test("L14 what cannot be arranged, and a document that is not empty, are filled in portions", async () => {
  const { id } = workshop;
  const loaded = await place.log.load(id);
  const used = rebuild(loaded);
  await place.log.fillIn(used, id, loaded);
  expect(isSame(used, rebuild(loaded))).toBe(true);
  const foreign = rebuild(loaded);
  const before = Y.encodeStateVector(foreign);
  foreign.getArray("foreign").insert(0, [new Y.Array()]);
  await place.log.append({ document: id, update: Y.encodeStateAsUpdate(foreign, before) });
  const doc = new Y.Doc();
  const changed = await place.log.load(id);
  let turns = 0;
  const fill = async (): Promise<number> => (turns = await turnsOf(() => place.log.fillIn(doc, id, changed)));
  expect(await placesIn(fill)).toBeGreaterThan(1_000);
  expect(turns).toBeGreaterThan(0);
  expect(isSame(doc, foreign)).toBe(true);
});

test("L14 L11 what stands within somebody's words may come behind them: they are not joined meanwhile and cut again", async () => {
  const doc = new Y.Doc();
  const text = doc.getText("prose:text");
  doc.clientID = 2;
  text.insert(0, "le soir ".repeat(3_000));
  doc.clientID = 1;
  // From the end on, so that each cuts what is left of the first one's words.
  doc.transact(() => {
    for (let at = text.length - 4; at > 0; at -= 4) text.insert(at, ".");
  });
  const whole = Y.encodeStateAsUpdate(doc);
  const portions = portionsOf(whole);
  expect(portions.length).toBeGreaterThan(3);
  const made = new Y.Doc();
  const cuts = vi.spyOn(Y.ContentString.prototype, "splice");
  try {
    await applyInTurns(made, portions);
    expect(cuts.mock.calls.length).toBe(0);
  } finally {
    cuts.mockRestore();
  }
  expect(Buffer.compare(Y.encodeStateAsUpdate(made), whole)).toBe(0);
});

test("L14 whoever knocks meanwhile sees the whole of it or nothing, and writes on", async () => {
  const { id, links } = workshop;
  const whole = rebuild(await place.log.load(id)).getText("prose:text").length;
  const [one, two] = await Promise.all([place.visit(id, links.write, "Nadia"), place.visit(id, links.write, "Brice")]);
  const seen: number[] = [];
  two.doc.on("update", () => seen.push(two.doc.getText("prose:text").length));
  await Promise.all([one.saved(), two.saved()]);
  expect(new Set(seen.filter((length) => length > 0))).toEqual(new Set([whole]));
  one.write("et moi");
  await one.saved();
  await two.when(() => two.doc.getText("prose:text").toJSON().endsWith("et moi"));
});

test("L14 R4 the server's own edit in a large room is drafted in turns, and reaches everybody once", async () => {
  const { id, links } = workshop;
  const client = await place.visit(id, links.write, "Céline");
  await client.saved();
  // Somebody writes while the draft is made.
  client.write("pendant");
  const added = place.rooms.edit(id, undefined, (draft) =>
    addItem(draft, "list", { text: "une proposition", at: "2026-01-01T10:00:00Z" }),
  );
  await Promise.all([added, client.saved()]);
  await client.when(() => itemsOf(client.doc, "list").size === 1);
  const kept = rebuild(await place.log.load(id));
  expect(itemsOf(kept, "list").size).toBe(1);
  expect(kept.getText("prose:text").toJSON()).toBe(client.doc.getText("prose:text").toJSON());
  expect(kept.store.pendingStructs).toBe(null);
});

describe("R54 drafts of the server's own edits", () => {
  const add = (text: string): Promise<unknown> =>
    place.rooms.edit(workshop.id, undefined, (draft) => addItem(draft, "list", { text, at: "2026-01-01T10:00:00Z" }));

  test("those who come one after the other to a long document that nobody has open share one copy, for ten seconds", async () => {
    const fill = vi.spyOn(place.log, "fillIn");
    for (const text of ["un", "deux", "trois"]) await add(text);
    expect(fill.mock.calls.length).toBe(1);
    expect(itemsOf(rebuild(await place.log.load(workshop.id)), "list").size).toBe(3);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      await add("quatre");
      expect(fill.mock.calls.length).toBe(1);
      vi.advanceTimersByTime(10_000);
    } finally {
      vi.useRealTimers();
    }
    await add("cinq");
    expect(fill.mock.calls.length).toBe(2);
    expect(itemsOf(rebuild(await place.log.load(workshop.id)), "list").size).toBe(5);
  });

  test("what a room wrote since is in the copy, whether it is open or was let go of", async () => {
    const { id, links } = workshop;
    await add("un");
    const read = (): Promise<string> =>
      place.rooms.edit(id, undefined, (draft) => draft.getText("prose:text").toJSON().slice(-8));
    for (const leaves of [false, true]) {
      const words = leaves ? "puis lui" : "et moi !";
      const client = await place.visit(id, links.write, "Nadia");
      await client.saved();
      client.write(words);
      await client.saved();
      if (leaves) client.destroy();
      await vi.waitFor(() => expect(place.rooms.size.rooms).toBe(leaves ? 0 : 1));
      expect(await read()).toBe(words);
      client.destroy();
      await vi.waitFor(() => expect(place.rooms.size.rooms).toBe(0));
    }
  });

  test("an entry of which the copy does not know is read before the next edit", async () => {
    await add("un");
    const writer = rebuild(await place.log.load(workshop.id));
    const before = Y.encodeStateVector(writer);
    addItem(writer, "list", { text: "entre-temps", at: "2026-01-01T10:00:01Z" });
    await place.log.append({ document: workshop.id, update: Y.encodeStateAsUpdate(writer, before) });
    await place.rooms.edit(workshop.id, undefined, (draft) => expect(itemsOf(draft, "list").size).toBe(2));
  });

  test("short documents are not kept, nor more than a few", async () => {
    const fill = vi.spyOn(place.log, "fillIn");
    const short = await place.start();
    const addTo = (id: string): Promise<unknown> =>
      place.rooms.edit(id, undefined, (draft) => addItem(draft, "list", { text: "un", at: "2026-01-01T10:00:00Z" }));
    for (const _ of [1, 2]) await addTo(short.id);
    expect(fill.mock.calls.length).toBe(2);
    const others = await Promise.all(Array.from({ length: 6 }, () => place.start()));
    for (const { id } of others) {
      await place.log.append({ document: id, update: LIFE });
      await addTo(id);
    }
    fill.mockClear();
    for (const { id } of others) await addTo(id);
    expect(fill.mock.calls.length).toBe(2);
  });
});
