/** R50 R51 L9: an organiser goes back to a moment by one more edit; what stood before is a version, and the past goes where it must. */
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { addItem, removeItem } from "../../document/edit/items.ts";
import { itemsOf } from "../../document/layout.ts";
import { RESTORERS } from "../../document/returning.ts";
import type { Minutes } from "../../minutes/value.ts";
import type { Started } from "../../server/access/access.ts";
import { clientsOf } from "../../server/store/visitors.ts";
import { openReader } from "../../server/store/reader.ts";
import { databasePath } from "../../server/store/sqlite-file.ts";
import { survey } from "../../server/store/survey.ts";
import type { LiveClient } from "../support/clients.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
let workshop: Started;
let organiser: string;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
  ({ visitor: organiser } = await place.access.authorise(workshop.id, workshop.links.manage));
});
afterEach(() => place.remove());

const RENDERING = {
  module: new URL("../../server/routes/renderings.ts", import.meta.url).href,
  name: "value",
  options: {},
};
const then = async (seq: number): Promise<Minutes> =>
  JSON.parse(new TextDecoder().decode(await place.log.past(workshop.id, seq, RENDERING))) as Minutes;

const capture = async (client: LiveClient, text: string): Promise<string> => {
  const id = addItem(client.doc, "list", { text, at: new Date().toISOString() });
  await client.saved();
  return id;
};

const sectionsOf = ({ sections }: Minutes): unknown => sections;

test("R50 R53 the minutes say again what they said; what stood before is a version, and one can go back to it", async () => {
  const client = await place.visit(workshop.id, workshop.links.write, "Céline");
  await client.saved();
  client.write("Ce qui a été dit.");
  const item = await capture(client, "Un marché");
  // Its number is the server’s.
  await client.when(() => (itemsOf(client.doc, "list").get(item) as Y.Map<unknown>).get("number") === 1);
  const { seq, name } = await place.log.nameVersion(workshop.id, { visitor: organiser, name: "Fin de l’atelier" });
  expect(name).toBe("Fin de l’atelier");
  const wanted = await place.log.minutes(workshop.id);
  expect(await then(seq)).toEqual(wanted);

  client.doc.getText("prose:text").delete(0, 10);
  removeItem(client.doc, "list", item);
  await capture(client, "Pourriel");
  await client.when(() =>
    [...itemsOf(client.doc, "list").values()].every((each) => (each as Y.Map<unknown>).has("number")),
  );
  const spoilt = await place.log.minutes(workshop.id);
  const { head } = await place.log.history(workshop.id);

  const restored = await place.rooms.restore(workshop.id, organiser, seq);
  expect(restored).toBe(head + 1);
  await client.when(() => client.doc.getText("prose:text").toString().includes("Ce qui a été dit."));
  expect(sectionsOf(await place.log.minutes(workshop.id))).toEqual(sectionsOf(wanted));
  const { versions } = await place.log.history(workshop.id);
  // Everybody in the room is told (R53).
  const told = { signal: "restored", visitor: organiser, name: "Fin de l’atelier" };
  await client.when(() => client.signals.some((each) => JSON.stringify(each) === JSON.stringify(told)));
  expect(versions).toMatchObject([
    { seq: head + 1, kind: "restored", name: "Fin de l’atelier", target: seq, by: organiser },
    { seq: head, kind: "before", name: "Fin de l’atelier", target: seq, by: organiser },
    { seq, kind: "named", name: "Fin de l’atelier", by: organiser },
  ]);
  expect(await then(head)).toEqual(spoilt);

  // It yields to everybody else (D31).
  const [ids] = await place.store.read(clientsOf(workshop.id, organiser));
  expect(ids.filter((each) => each < RESTORERS)).toHaveLength(1);

  // A second time there is nothing to do, and nothing is written.
  expect(await place.rooms.restore(workshop.id, organiser, seq)).toBeUndefined();
  expect((await place.log.history(workshop.id)).head).toBe(head + 1);

  await place.rooms.restore(workshop.id, organiser, head);
  expect(sectionsOf(await place.log.minutes(workshop.id))).toEqual(sectionsOf(spoilt));
  expect(place.faults).toEqual([]);
  const reader = openReader(databasePath(place.dataDir));
  expect(survey(reader)).toEqual([]);
  reader.close();
});

test("R50 a restoring is taken back and what was written since stays; taken back twice, nothing stands there twice", async () => {
  const client = await place.visit(workshop.id, workshop.links.write, "Nadia");
  await client.saved();
  const { seq } = await place.log.nameVersion(workshop.id, { visitor: organiser, name: "Début" });
  client.write("Toute la matinée.");
  await client.saved();
  const restored = (await place.rooms.restore(workshop.id, organiser, seq))!;
  await client.when(() => !client.doc.getText("prose:text").toString().includes("matinée"));
  client.write(" Et depuis.");
  await client.saved();
  for (let time = 0; time < 2; time += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await place.rooms.restore(workshop.id, organiser, restored - 1, restored);
    // oxlint-disable-next-line no-await-in-loop
    const words = JSON.stringify((await place.log.minutes(workshop.id)).sections);
    expect(words.split("Toute la matinée.")).toHaveLength(2);
    if (time === 0) expect(words).toContain("Et depuis.");
  }
});

test("R50 what is on disk and not in the room yet is gone back from as well", async () => {
  const client = await place.visit(workshop.id, workshop.links.write, "Céline");
  await client.saved();
  client.write("Un.");
  await client.saved();
  const { seq } = await place.log.nameVersion(workshop.id, { visitor: organiser, name: "Matin" });
  const wanted = await place.log.minutes(workshop.id);
  // Another’s words, between the disk and the room.
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(client.doc));
  const known = Y.encodeStateVector(other);
  other.getText("prose:text").delete(0, 2);
  other.getText("prose:text").insert(0, "Deux");
  const { visitor } = await place.access.authorise(workshop.id, workshop.links.write);
  await place.log.append({ document: workshop.id, visitor, update: Y.encodeStateAsUpdate(other, known) });
  expect(await place.rooms.restore(workshop.id, organiser, seq)).toBeDefined();
  expect(sectionsOf(await place.log.minutes(workshop.id))).toEqual(sectionsOf(wanted));
});

test("R50 nobody need be in the room, and after a start the history is the same", async () => {
  const client = await place.visit(workshop.id, workshop.links.write, "Brice");
  await client.saved();
  client.write("Un. ");
  await client.saved();
  const { seq } = await place.log.nameVersion(workshop.id, { visitor: organiser, name: "Matin" });
  client.write("Deux.");
  await client.saved();
  client.destroy();
  await place.rooms.restore(workshop.id, organiser, seq);
  expect(JSON.stringify(await place.log.minutes(workshop.id))).not.toContain("Deux");
  const before = await place.log.history(workshop.id);
  await place.log.compact(workshop.id);
  await place.reopen();
  expect(await place.log.history(workshop.id)).toEqual(before);
  expect(JSON.stringify(await then(seq + 1))).toContain("Deux");
});

test("R50 a moment that is not there is refused, and nothing is written", async () => {
  for (const seq of [99, Number.MAX_SAFE_INTEGER]) {
    await expect(place.rooms.restore(workshop.id, organiser, seq)).rejects.toMatchObject({ code: "unknown-moment" });
    await expect(then(seq)).rejects.toMatchObject({ code: "unknown-moment" });
    const version = { visitor: organiser, name: "Plus tard", seq };
    await expect(place.log.nameVersion(workshop.id, version)).rejects.toMatchObject({ code: "unknown-moment" });
  }
  expect(await place.log.history(workshop.id)).toMatchObject({ head: 1, versions: [] });
});

test("L9 P01 a name that is erased takes the versions of before with it, and is in the name of none", async () => {
  const { visitor: nadia } = await place.access.openSession(workshop.id, workshop.links.write, {
    name: "Nadia",
    layout: 1,
  });
  await place.log.nameVersion(workshop.id, { visitor: organiser, name: "Après l’intervention de Nadia" });
  await place.rooms.edit(workshop.id, organiser, (draft) => draft.getText("prose:text").insert(0, "Nadia dit oui. "));
  const { head } = await place.log.history(workshop.id);
  await place.rooms.restore(workshop.id, organiser, 1);
  await place.rooms.anew(workshop.id, () =>
    place.log.erase(workshop.id, nadia.id).finally(() => place.access.forget(workshop.id)),
  );
  expect(await place.log.history(workshop.id)).toMatchObject({ head: 1, versions: [], next: null });
  await expect(then(head)).rejects.toMatchObject({ code: "unknown-moment" });
  // And the history begins anew.
  await place.log.nameVersion(workshop.id, { visitor: organiser, name: "Depuis" });
  await place.log.erase(workshop.id, "");
  const reader = openReader(databasePath(place.dataDir));
  expect(reader.db.prepare("SELECT count(*) AS n FROM versions").get()).toEqual({ n: 0 });
  reader.close();
});

// It takes seconds to make a full one.
test("R51 whoever goes back may do so because somebody has filled the document", { timeout: 120_000 }, async () => {
  const { seq } = await place.log.nameVersion(workshop.id, { visitor: organiser, name: "Avant" });
  const { visitor } = await place.access.authorise(workshop.id, workshop.links.write);
  const flood = new Y.Doc();
  Y.applyUpdate(flood, (await place.log.load(workshop.id)).updates[0]!);
  const known = Y.encodeStateVector(flood);
  flood.getText("prose:text").insert(0, "casino ".repeat(1.3 * 1024 * 1024));
  await place.log.append({ document: workshop.id, visitor, update: Y.encodeStateAsUpdate(flood, known) });
  expect(place.log.size(workshop.id)).toBe("full");
  await place.rooms.restore(workshop.id, organiser, seq);
  expect(JSON.stringify(await place.log.minutes(workshop.id))).not.toContain("casino");
});
