/** R23 L9: a document that is made anew behind closed doors, and whoever comes meanwhile or goes on afterwards. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type * as Y from "yjs";
import { addField } from "../../document/edit/fields.ts";
import { addSection } from "../../document/edit/sections.ts";
import { sectionsOf } from "../../document/layout.ts";
import type { Started } from "../../server/access/access.ts";
import { rebuild } from "../../server/log/rebuild.ts";
import { bridge } from "../../server/rooms/bridge.ts";
import type { Carrier, Peer } from "../../server/rooms/wire.ts";
import { rawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

let place: Place;
let workshop: Started;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
});
afterEach(() => place.remove());

const write =
  (words: string) =>
  (draft: Y.Doc): void =>
    draft.getText("prose:text").insert(0, words);

test("L9 R23 a program that writes while nobody is in the room goes on after a name was erased", async () => {
  const { id, links } = workshop;
  const { visitor: nadia } = await place.access.openSession(id, links.write, { name: "Nadia", layout: 1 });
  const { visitor: program } = await place.access.authorise(id, links.write);
  await place.rooms.edit(id, program, write("Nadia dit : "));
  await place.rooms.anew(id, () => place.log.erase(id, nadia.id).finally(() => place.access.forget(id)));
  await place.rooms.edit(id, program, write("un. "));
  await place.rooms.edit(id, program, write("deux. "));
  const { sections } = await place.log.minutes(id);
  expect(JSON.stringify(sections)).toContain("deux. un. … dit : ");
});

test("L9 somebody whose name looks like a place in a list takes nobody’s place away", async () => {
  const { id, links } = workshop;
  const { visitor } = await place.access.openSession(id, links.write, { name: "A0", layout: 1 });
  const { visitor: program } = await place.access.authorise(id, links.write);
  await place.rooms.edit(id, program, (draft) => {
    const sheet = addSection(draft, { kind: "fields", heading: "Fiche" });
    for (const label of ["A0 dit", "Une autre"]) addField(draft, sheet, { label, type: "line" });
  });
  const orders = async (): Promise<string[]> => {
    const sections = [...sectionsOf(rebuild(await place.log.load(id))).values()] as Y.Map<unknown>[];
    return sections
      .flatMap((each) => [...each].filter(([key]) => key.endsWith("order")).map(([, order]) => String(order)))
      .toSorted((a, b) => a.localeCompare(b));
  };
  const before = await orders();
  expect(before).toContain("a0");
  await place.rooms.anew(id, () => place.log.erase(id, visitor.id).finally(() => place.access.forget(id)));
  expect(await orders()).toEqual(before);
  expect(JSON.stringify((await place.log.minutes(id)).sections)).toContain("… dit");
});

test.each<[string, (rooms: Place["rooms"]) => (carrier: Carrier) => Peer, token: boolean]>([
  ["Hocuspocus", (rooms) => (carrier) => rooms.connect(carrier), true],
  [
    "y-websocket",
    (rooms) => (carrier) => bridge(carrier, workshop.id, workshop.links.write, (inner) => rooms.connect(inner)),
    false,
  ],
])(
  "R23 a stock client of %s that comes meanwhile is told to come back, not that it is denied",
  async (_, door, token) => {
    await place.rooms.anew(workshop.id, async () => {
      const client = rawClient(door(place.rooms), workshop.id, token ? workshop.links.write : undefined);
      await client.when(({ closed }) => closed !== undefined || client.denied() !== undefined);
      expect([client.closed, client.denied()]).toEqual([4500, undefined]);
    });
    const later = place.enter(workshop.id, workshop.links.write);
    await later.saved();
    expect(place.faults).toEqual([]);
  },
);
