/** The rooms: what enters the log, what is acknowledged, what is shared; over memory, on a real store. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { Refusal } from "../../document/refusal.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import { syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
beforeEach(async () => {
  place = await newPlace();
});
afterEach(async () => {
  await place.remove();
});

/** The document as the log has it. */
const logged = async (workshop: string): Promise<Y.Doc> => {
  const { state, updates } = await place.log.load(workshop);
  const doc = new Y.Doc();
  for (const update of state ? [state, ...updates] : updates) Y.applyUpdate(doc, update);
  return doc;
};

const prose = (doc: Y.Doc): string => doc.getText("prose:text").toJSON();

describe("writing", () => {
  test("R1 what is acknowledged is in the log", async () => {
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    client.write("bonjour");
    await client.saved();
    expect(prose(await logged(id))).toContain("bonjour");
  });

  test("R1 what others see is in the log, and everybody sees the same", async () => {
    const { id, links } = await place.start();
    const [one, two] = [await place.visit(id, links.write, "Nadia"), await place.visit(id, links.write, "Brice")];
    await Promise.all([one.saved(), two.saved()]);
    one.write("un ");
    two.write("deux ");
    await one.when(() => prose(one.doc).includes("deux"));
    expect(prose(await logged(id))).toContain("deux");
    await two.when(() => prose(two.doc).includes("un"));
    expect(prose(one.doc)).toBe(prose(two.doc));
  });

  test("R2 coming back with nothing new writes nothing into the log", async () => {
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    client.write("un mot");
    client.doc.getText("prose:text").delete(0, 2);
    await client.saved();
    const { head } = await place.log.load(id);
    client.socket.webSocket?.close();
    await client.when(() => client.closed.length === 1);
    await client.saved();
    expect((await place.log.load(id)).head).toBe(head);
  });

  test("R2 what was written while away arrives once", async () => {
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    client.socket.disconnect();
    await client.when(() => client.closed.length === 1);
    client.write("loin");
    void client.socket.connect();
    await client.saved();
    expect(prose(await logged(id)).match(/loin/g)).toHaveLength(1);
  });

  test("R3 a room is let go of when the last one leaves, and opens again as it was", async () => {
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    client.write("gardé");
    await client.saved();
    expect(place.rooms.size).toEqual({ rooms: 1, clients: 1 });
    client.destroy();
    await expect.poll(() => place.rooms.size).toEqual({ rooms: 0, clients: 0 });
    const other = await place.visit(id, links.write, "Brice");
    await other.saved();
    expect(prose(other.doc)).toContain("gardé");
  });
});

test.each(["constructor", "toString", "hasOwnProperty"])("R10 %s names no document", async (name) => {
  const { links } = await place.start();
  const client = place.raw(name, links.write);
  await client.when(({ closed }) => closed !== undefined);
  expect(client.closed).toBe(4400);
});

describe("coming and going", () => {
  test("R3 a room opened while the snapshot of the one before is being written is let go of as well", async () => {
    const { id, links } = await place.start();
    const compact = place.log.compact.bind(place.log);
    const begun = Promise.withResolvers<void>();
    const slow = Promise.withResolvers<void>();
    place.log.compact = async (document) => {
      begun.resolve();
      await slow.promise;
      await compact(document);
    };
    const first = await place.visit(id, links.write, "Nadia");
    first.write("mot");
    await first.saved();
    first.destroy();
    await begun.promise;
    const second = place.enter(id, links.read);
    await second.saved();
    second.destroy();
    await expect.poll(() => place.rooms.size.clients).toBe(0);
    slow.resolve();
    await expect.poll(() => place.rooms.size.rooms).toBe(0);
  });

  test("R3 words of writers who left before the disk had them stand in the room of whoever came meanwhile", async () => {
    const { id, links } = await place.start();
    const entered = async (): Promise<RawClient> => {
      const client = place.raw(id, links.write);
      client.frame(FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0)));
      await client.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.sync));
      client.frame(FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
      await client.when(() => client.acknowledged() > 0);
      return client;
    };
    for (let round = 0; round < 25; round += 1) {
      const [writer, bystander] = [await entered(), await entered()];
      const doc = new Y.Doc();
      doc.getText("prose:text").insert(0, `<${round}>${"x".repeat(100_000)}`);
      writer.update(Y.encodeStateAsUpdate(doc));
      // Everybody leaves while the entry is on its way, and somebody comes at that very moment.
      await new Promise((next) => setImmediate(next));
      writer.leave();
      bystander.leave();
      const witness = place.enter(id, links.read);
      await witness.when(() => witness.doc.getText("prose:text").toJSON().includes(`<${round}>`));
      expect(prose(await logged(id))).toBe(witness.doc.getText("prose:text").toJSON());
      witness.destroy();
      await expect.poll(() => place.rooms.size.rooms).toBe(0);
    }
  });
});

describe("the server's own edits", () => {
  test("R4 an edit is in the log and in the room, and passes for its visitor's", async () => {
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    const { visitor } = await place.access.authorise(id, links.manage);
    await place.rooms.edit(id, visitor, (draft) => draft.getText("prose:text").insert(0, "ajouté "));
    await client.when(() => prose(client.doc).includes("ajouté"));
    expect(prose(await logged(id))).toContain("ajouté");
  });

  test("R4 an edit of a workshop nobody is in reaches the log without opening a room", async () => {
    const { id } = await place.start();
    await place.rooms.edit(id, undefined, (draft) => draft.getText("prose:text").insert(0, "seul"));
    expect(prose(await logged(id))).toContain("seul");
    expect(place.rooms.size.rooms).toBe(0);
  });

  test("R4 an edit that throws changes nothing, and the next one goes through", async () => {
    const { id } = await place.start();
    const { head } = await place.log.load(id);
    const failing = place.rooms.edit(id, undefined, (draft) => {
      draft.getText("prose:text").insert(0, "à moitié");
      throw new Error("no");
    });
    const next = place.rooms.edit(id, undefined, (draft) => draft.getText("prose:text").insert(0, "entier"));
    await expect(failing).rejects.toThrow("no");
    await next;
    expect((await place.log.load(id)).head).toBe(head + 1);
    expect(prose(await logged(id))).not.toContain("à moitié");
  });

  test("R4 an open room keeps its draft: it is not copied for every edit, and follows what others write", async () => {
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    const seen: Y.Doc[] = [];
    const look = () => place.rooms.edit(id, undefined, (draft) => seen.push(draft));
    await client.saved();
    await look();
    client.write("suite");
    // The text begins with the end of its first block.
    client.doc.getText("prose:text").delete(1, 1);
    await client.saved();
    await look();
    expect(seen[1]).toBe(seen[0]);
    expect(prose(seen[1]!)).toBe("uite");
    client.destroy();
    await expect.poll(() => place.rooms.size.rooms).toBe(0);
    await look();
    expect(seen[2]).not.toBe(seen[0]);
  });

  test("R4 what an edit began and the disk did not take is not in the next draft", async () => {
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    const append = place.log.append.bind(place.log);
    place.log.append = () => Promise.reject(new Refusal("not-saving"));
    const failing = place.rooms.edit(id, undefined, (draft) => draft.getText("prose:text").insert(0, "perdu"));
    await expect(failing).rejects.toMatchObject({ code: "not-saving" });
    place.log.append = append;
    await place.rooms.edit(id, undefined, (draft) => draft.getText("prose:text").insert(0, "gardé"));
    await client.when(() => prose(client.doc) !== "");
    expect([prose(client.doc), prose(await logged(id))]).toEqual(["gardé", "gardé"]);
  });

  test("R5 items that arrive get a number, each its own, in the order of capture", async () => {
    const { id, links } = await place.start();
    const clients = await Promise.all(["Nadia", "Brice", "Céline"].map((name) => place.visit(id, links.write, name)));
    await Promise.all(clients.map((client) => client.saved()));
    for (let round = 0; round < 5; round += 1) {
      for (const client of clients) addItem(client.doc, "list", { text: "x", at: new Date().toISOString() });
    }
    const numbers = (): number[] =>
      [...clients[0]!.doc.getMap<Y.Map<number>>("items:list").values()].map((item) => item.get("number") ?? 0);
    await clients[0]!.when(() => numbers().filter((each) => each > 0).length === 15);
    expect(numbers().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  });

  test("R5 an item whose number the server had no time to give gets it when the room opens", async () => {
    const { id, links } = await place.start();
    const { visitor } = await place.access.authorise(id, links.write);
    await place.rooms.edit(id, visitor, (draft) => addItem(draft, "list", { text: "x", at: "2026-01-01T00:00:00Z" }));
    const client = await place.visit(id, links.write, "Nadia");
    const item = () => [...client.doc.getMap<Y.Map<number>>("items:list").values()][0];
    await client.when(() => item()?.get("number") === 1);
    expect(place.faults).toEqual([]);
  });
});
