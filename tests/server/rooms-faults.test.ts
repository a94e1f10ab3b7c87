/** What the rooms do when a right is taken away, the disk fails, or a document cannot be read. */
import { rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { smallDisk } from "../support/data-dir.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
afterEach(async () => {
  await place.remove();
});

const words = async (workshop: string): Promise<string> => JSON.stringify(await place.log.minutes(workshop));

describe("R11 a withdrawn link", () => {
  test("its sockets are closed with 4403, nothing more is taken, the others stay", async () => {
    place = await newPlace();
    const { id, links } = await place.start();
    const given = await place.access.give(id, { capability: "write", label: "pour une personne" });
    const [out, stays] = [await place.visit(id, given.secret!, "Nadia"), await place.visit(id, links.write, "Brice")];
    await Promise.all([out.saved(), stays.saved()]);
    await place.access.withdraw(id, given.id);
    out.write("trop tard");
    await out.when(() => out.closed.length > 0);
    expect(out.closed[0]).toBe(4403);
    // It comes back, as stock clients do, and is denied entry.
    await out.when(() => out.denied.length > 0);
    expect(stays.closed).toEqual([]);
    stays.write("toujours là");
    await stays.saved();
    expect(await words(id)).toContain("toujours là");
    expect(await words(id)).not.toContain("trop tard");
  });
});

describe("R12 a change of state", () => {
  test("is told to everybody; closing makes writers readers, opening again makes them writers", async () => {
    place = await newPlace();
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    const set = async (state: "closed" | "open"): Promise<void> => {
      const workshop = await place.access.setState(id, state);
      place.rooms.announceState(id, state, workshop.code, true);
      await client.when(() => client.signals.some((each) => JSON.stringify(each).includes(`"${state}"`)));
    };
    await set("closed");
    await client.when(() => client.provider.authorizedScope === "readonly");
    await set("open");
    await client.when(() => client.provider.authorizedScope === "read-write");
    client.write("rouvert");
    await client.saved();
    expect(await words(id)).toContain("rouvert");
  });

  test("a whole room that arrives together is told in a few words, the last of which names everybody", async () => {
    place = await newPlace();
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    for (let n = 0; n < 30; n += 1) {
      await place.access.openSession(id, links.write, { name: `Brice ${n}`, layout: 1 });
      await place.rooms.announceVisitors(id);
    }
    const told = (): string[] =>
      client.signals.map((each) => JSON.stringify(each)).filter((each) => /Brice/.test(each));
    await client.when(() => told().some((each) => each.includes("Brice 29")));
    expect(told().length).toBeLessThan(15);
  });

  test("a new name is told to everybody", async () => {
    place = await newPlace();
    const { id, links } = await place.start();
    const client = await place.visit(id, links.write, "Nadia");
    await client.saved();
    const { grant } = await place.access.openSession(id, links.write, { name: "Brice", layout: 1 });
    await place.access.rename(grant, { name: "Céline", organisation: "" });
    await place.rooms.announceVisitors(id);
    await client.when(() => client.signals.some((each) => JSON.stringify(each).includes("Céline")));
    expect(client.signals).toContainEqual({
      signal: "visitors",
      visitors: expect.arrayContaining([expect.objectContaining({ name: "Céline" })]),
    });
  });
});

describe("R13 a disk that fails", () => {
  const disk = smallDisk(4096);

  test.skipIf(!disk)("closes the author with 4500, tells everybody, and heals by itself; nothing is lost", async () => {
    place = await newPlace(disk);
    const { id, links } = await place.start();
    const [nadia, brice] = [await place.visit(id, links.write, "Nadia"), await place.visit(id, links.write, "Brice")];
    await Promise.all([nadia.saved(), brice.saved()]);
    const ballast = `${disk!.path}/ballast`;
    const fill = (): void => {
      for (let size = 4 * 1024 * 1024; size >= 512; size = Math.floor(size / 2)) {
        try {
          writeFileSync(ballast, Buffer.alloc(size), { flag: "a" });
        } catch {
          // Full for this size; the next one is smaller.
        }
      }
    };
    fill();
    // Until something no longer fits: the files of the database have some room of their own.
    for (let round = 0; place.log.writing.writing; round += 1) {
      nadia.write(`${round} `.repeat(20_000));
      await Promise.race([nadia.saved(), nadia.when(() => nadia.closed.length > 0)]);
    }
    nadia.write("la fin");
    await nadia.when(() => nadia.closed.includes(4500));
    expect(nadia.provider.hasUnsyncedChanges).toBe(true);
    await brice.when(() =>
      brice.signals.some((each) => JSON.stringify(each) === '{"signal":"storage","writing":false}'),
    );
    expect(brice.closed).toEqual([]);
    rmSync(ballast);
    await brice.when(() =>
      brice.signals.some((each) => JSON.stringify(each) === '{"signal":"storage","writing":true}'),
    );
    await nadia.saved();
    await brice.when(() => brice.doc.getText("prose:text").toJSON().includes("la fin"));
    const { state, updates } = await place.log.load(id);
    const doc = new Y.Doc();
    for (const update of state ? [state, ...updates] : updates) Y.applyUpdate(doc, update);
    expect(doc.getText("prose:text").toJSON()).toBe(nadia.doc.getText("prose:text").toJSON());
  });
});

describe("R14 a document that cannot be read whole", () => {
  test("is refused to everybody who knocks, never shown empty, never written to", async () => {
    place = await newPlace();
    const { id, links } = await place.start();
    const db = new DatabaseSync(`${place.dataDir}/minutier.db`);
    db.prepare("UPDATE entries SET bytes = ? WHERE document = ?").run(Uint8Array.of(1, 2, 3), id);
    db.close();
    const clients = Array.from({ length: 5 }, () => place.enter(id, links.write));
    await Promise.all(clients.map((client) => client.when(() => client.closed.includes(4500))));
    for (const client of clients) {
      expect(client.doc.share.size).toBe(0);
    }
    expect(place.rooms.size.rooms).toBe(0);
  });
});
