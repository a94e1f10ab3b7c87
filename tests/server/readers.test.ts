/** S07: whoever reads, exports or counts changes nothing, also where a workshop holds what only a later version knows. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { read } from "../../document/read.ts";
import { templateOf } from "../../document/template.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
beforeEach(async () => void (place = await newPlace()));
afterEach(() => place.remove());

const hash = (doc: Y.Doc): string => createHash("sha256").update(Y.encodeStateAsUpdate(doc)).digest("hex");

/** What a later version might write: roots, kinds, keys, marks and embeds nobody knows today. */
const future = (doc: Y.Doc): void => {
  doc.getMap("timeline:later").set("entry", new Y.Map<unknown>([["when", "demain"]]));
  doc.getText("comments:later").insert(0, "un commentaire à venir");
  const section = new Y.Map<unknown>([
    ["kind", "whiteboard"],
    ["heading", new Y.Text("Tableau")],
    ["strokes", new Y.Array()],
  ]);
  doc.getMap("sections").set("tableau", section);
  const text = doc.getText("prose:text");
  text.insert(0, "connu inconnu");
  const item = new Y.Map<unknown>([
    ["text", new Y.Text("inconnu")],
    ["order", "a5"],
    ["number", 1],
    ["weather", new Y.Map([["rain", 1]])],
  ]);
  doc.getMap("items:list").set("later", item);
  text.format(6, 7, { glow: "soft" });
  text.insertEmbed(
    6,
    new Y.Map<unknown>([
      ["kind", "diagram"],
      ["data", new Y.Map([["x", 1]])],
    ]),
  );
};

test("S07 every export, reading and count of a workshop with unknown parts: its state stays, nobody is sent anything", async () => {
  const workshop = await place.start();
  const doc = new Y.Doc();
  const { updates } = await place.log.load(workshop.id);
  for (const update of updates) Y.applyUpdate(doc, update);
  const known = Y.encodeStateVector(doc);
  future(doc);
  // Past the gate, as a data file of a later version has it.
  await place.log.append({ document: workshop.id, visitor: "later", update: Y.encodeStateAsUpdate(doc, known) });
  const [one, other] = await Promise.all(
    ["Nadia", "Brice"].map((name) => place.visit(workshop.id, workshop.links.write, name)),
  );
  await Promise.all([one!.saved(), other!.saved()]);
  const before = { state: hash(one!.doc), head: (await place.log.load(workshop.id)).head };
  expect(before.state).toBe(hash(other!.doc));
  let emitted = 0;
  for (const each of [one!, other!]) each.doc.on("update", () => (emitted += 1));

  const minutes = await place.log.minutes(workshop.id);
  const texts = [...FORMATS.values()].map(({ render }) => render(minutes));
  expect(texts.length).toBeGreaterThan(3);
  for (const text of texts) expect(text).toContain("inconnu");
  read(one!.doc, { id: workshop.id, state: "live" });
  templateOf(one!.doc);

  // Somebody who comes now is given the very same, and whoever was there was sent nothing.
  const newcomer = await place.visit(workshop.id, workshop.links.write, "Céline");
  await newcomer.saved();
  expect([hash(newcomer.doc), hash(one!.doc), hash(other!.doc)]).toEqual([before.state, before.state, before.state]);
  expect((await place.log.load(workshop.id)).head).toBe(before.head);
  expect(emitted).toBe(0);
  expect(place.faults).toEqual([]);
  process.stdout.write(`S07 formats ${texts.length}, updates emitted ${emitted}, states changed 0\n`);
});
