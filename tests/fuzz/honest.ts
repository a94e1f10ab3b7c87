/** Honest traffic, all of which the gate has to let through: our editor, our edits, stock clients, undo, duplicates, the server. */
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { duplicate } from "../../document/duplicate.ts";
import * as fields from "../../document/edit/fields.ts";
import * as items from "../../document/edit/items.ts";
import * as people from "../../document/edit/people.ts";
import * as ranking from "../../document/edit/ranking.ts";
import * as runsheet from "../../document/edit/runsheet.ts";
import * as sections from "../../document/edit/sections.ts";
import * as title from "../../document/edit/title.ts";
import { itemsOf, itemTextOf, proseOf, sectionsOf, titleOf } from "../../document/layout.ts";
import { LOCAL } from "../../document/listen.ts";
import { read } from "../../document/read.ts";
import { Refusal } from "../../document/refusal.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { setPlain } from "../../document/text/write.ts";
import { SECTION_KINDS } from "../../minutes/value.ts";
import { judge } from "../../server/rooms/gate.ts";
import { sampleTemplate } from "../document/sample.ts";
import type { Random } from "./random.ts";

/** A room as the gate sees it: a document, what was let into it, and what was not. */
export class Room {
  readonly doc = new Y.Doc();
  frames = 0;
  readonly refusals: string[] = [];

  receive(update: Uint8Array): void {
    this.frames += 1;
    try {
      judge(this.doc, update);
      Y.applyUpdate(this.doc, update);
      // Whatever is sent twice is nothing new, and never wrong.
      if (judge(this.doc, update)) this.refusals.push("brings the same twice");
    } catch (error) {
      this.refusals.push(error instanceof Refusal ? error.message : String(error));
    }
    if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) this.refusals.push("pending");
  }
}

/** Hears updates one by one into one room, and in batches of some into another, as a provider that waits sends them. */
export const hearing = (batch: number): { hear: (update: Uint8Array) => void; rooms: Room[] } => {
  const rooms = [new Room(), new Room()] as const;
  let waiting: Uint8Array[] = [];
  const hear = (update: Uint8Array): void => {
    rooms[0].receive(update);
    waiting.push(update);
    if (waiting.length < batch && rooms[1].frames > 0) return;
    rooms[1].receive(Y.mergeUpdates(waiting));
    waiting = [];
  };
  return { hear, rooms: [...rooms] };
};

const AT = "2026-01-01T10:00:00.000Z";

interface Person {
  doc: Y.Doc;
  undo: Y.UndoManager;
  outbox: Uint8Array[];
}

const person = (room: Room, random: Random): Person => {
  const doc = new Y.Doc({ gc: random.chance(0.8) });
  doc.clientID = 1 + random.below(2 ** 31);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc), room);
  const outbox: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== room) outbox.push(update);
  });
  return { doc, undo: new Y.UndoManager(doc, { trackedOrigins: new Set([LOCAL, null]), captureTimeout: 0 }), outbox };
};

/** Yjs's own writes to rich texts, as a script or another editor makes them. */
const stockText = (doc: Y.Doc, random: Random): void => {
  const ids = [...itemsOf(doc, "items").keys()];
  const text = random.pick([proseOf(doc, "prose"), titleOf(doc), itemTextOf(doc, "items", random.pick(ids))]);
  if (!text) return;
  const at = random.below(text.length + 1);
  const length = Math.min(text.length - at, 1 + random.below(6));
  const switched = { [random.pick(["bold", "italic", "strike", "code"])]: random.pick([true, null, false]) };
  random.pick<() => void>([
    () => text.insert(at, random.pick(["é", "word 🌱 ", "a\nb\n", "👩‍👩‍👧‍👦", "\u0645\u0631"])),
    () => text.insert(at, "marked", switched),
    () =>
      text.insertEmbed(
        at,
        new Y.Map<unknown>([
          ["kind", "bullet"],
          ["indent", 2],
        ]),
        switched,
      ),
    () => text.insertEmbed(at, new Y.Map()),
    () => text.format(at, length, switched),
    () => text.format(at, length, { link: random.pick(["https://example.org/", null]) }),
    () => text.delete(at, length),
    () => text.applyDelta([{ retain: at }, { insert: "delta" }, { delete: Math.min(1, text.length - at) }]),
    () => {
      for (const { insert } of text.toDelta() as { insert?: unknown }[]) {
        if (insert instanceof Y.Map && random.chance(0.3)) insert.set("kind", random.pick(["task", "heading"]));
      }
    },
  ])();
};

/** Yjs's own writes to maps. */
const stockMaps = (doc: Y.Doc, random: Random): void => {
  const map = itemsOf(doc, "items");
  const id = random.pick([...map.keys()]);
  const entry = map.get(id);
  random.pick<() => void>([
    () =>
      map.set(
        `s${random.below(9)}`,
        new Y.Map<unknown>([
          ["text", new Y.Text("par script")],
          ["at", AT],
        ]),
      ),
    () => void (entry instanceof Y.Map && entry.set("owner", random.pick(["Nadia", "", null]))),
    () => void (entry instanceof Y.Map && entry.set("text", new Y.Text("refait"))),
    () => map.delete(id),
    () => void doc.getMap("fields:fields").set("date", random.pick(["2026-02-28", 40])),
    () => doc.getMap("fields:fields").delete("date"),
  ])();
};

/** Every edit of document/edit. */
const ourEdits = (doc: Y.Doc, random: Random): void => {
  const ids = [...itemsOf(doc, "items").keys()];
  const [id, other] = [random.pick(ids), random.pick(ids)];
  const persons = [...doc.getMap("people:people").keys()];
  const [who, next] = [random.pick(persons) ?? "", random.pick(persons) ?? ""];
  const which = random.pick([...sectionsOf(doc).keys()]);
  const created = (): string => items.addItem(doc, "items", { text: "a\nb", at: AT, author: "v1" });
  random.pick<() => unknown>([
    created,
    () => items.moveItem(doc, "items", id, { before: other, group: random.pick(["g1", null]) }),
    () => items.setItem(doc, "items", id, random.pick(["owner", "due", "status"]), "x"),
    () => items.setItem(doc, "items", id, "from", [id, other]),
    () => items.removeItem(doc, "items", id),
    () => items.restoreItem(doc, "items", id),
    () => items.moveGroup(doc, "items", items.addGroup(doc, "items", { text: "Groupe" }), { before: "g1" }),
    () => items.removeGroup(doc, "items", "g1"),
    () => items.restoreGroup(doc, "items", "g1"),
    () => people.addPerson(doc, "people", { name: "Céline", organisation: "o", sector: "s", role: "r" }),
    () => people.movePerson(doc, "people", who, { before: next }),
    () => people.setPerson(doc, "people", who, "role", "r"),
    () => people.removePerson(doc, "people", who),
    () => people.restorePerson(doc, "people", who),
    () => fields.setField(doc, "fields", "date", "2026-01-01"),
    () =>
      fields.moveField(
        doc,
        "fields",
        fields.addField(doc, "fields", { label: "l", type: "choice", choices: ["a"] }),
        {},
      ),
    () => fields.setFieldType(doc, "fields", "date", "choice", ["a", "b"]),
    () => fields.renameField(doc, "fields", "date", "Jour"),
    () => fields.removeField(doc, "fields", "date"),
    () => fields.restoreField(doc, "fields", "date"),
    () => ranking.rank(doc, "ranking", id, { before: other }),
    () => ranking.unrank(doc, "ranking", id),
    () =>
      runsheet.movePhase(
        doc,
        "runsheet",
        runsheet.addPhase(doc, "runsheet", { label: "p", minutes: 5, groups: 2 }),
        {},
      ),
    () => runsheet.setPhase(doc, "runsheet", "p1", "minutes", 12),
    () => runsheet.removePhase(doc, "runsheet", "p1"),
    () => runsheet.restorePhase(doc, "runsheet", "p1"),
    () => sections.addSection(doc, { ...random.pick(sampleTemplate().sections), kind: random.pick(SECTION_KINDS) }),
    () => sections.moveSection(doc, which, { before: "prose" }),
    () => sections.renameSection(doc, which, "h"),
    () => sections.setGuidance(doc, which, "g"),
    () => sections.setNotice(doc, "notice", "n"),
    () =>
      sections.setOptions(doc, which, { sectors: ["a", "b"], marker: "letter", actions: true, grouped: true, size: 3 }),
    () => sections.removeSection(doc, which),
    () => sections.restoreSection(doc, which),
    () => title.setTitle(doc, "Titre"),
    () => title.setSubtitle(doc, "s"),
    () => title.setLanguage(doc, "en"),
    () => setPlain(titleOf(doc), "Autre titre"),
  ])();
};

/** Three people and the server at one workshop, with slow lines; gives the room when everybody has been heard. */
export const meet = (random: Random, edits: number): Room => {
  const room = new Room();
  room.receive(create(sampleTemplate()));
  const people_ = [0, 1, 2].map(() => person(room, random));
  items.addItem(people_[0]!.doc, "items", { text: "première", at: AT });
  const send = ({ outbox }: Person, doubled: boolean): void => {
    for (const update of outbox.splice(0)) {
      room.receive(update);
      if (doubled) room.receive(update);
    }
  };
  const hear = ({ doc }: Person): void =>
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc, Y.encodeStateVector(doc)), room);
  const act = (each: Person): void =>
    random.pick<() => void>([
      () => stockText(each.doc, random),
      () => stockText(each.doc, random),
      () => stockMaps(each.doc, random),
      () => ourEdits(each.doc, random),
      () => ourEdits(each.doc, random),
      () => each.doc.transact(() => [stockText(each.doc, random), ourEdits(each.doc, random)]),
      () => void each.undo.undo(),
      () => void each.undo.redo(),
    ])();
  for (let edit = 0; edit < edits; edit += 1) {
    const each = random.pick(people_);
    act(each);
    if (random.chance(0.4)) send(each, random.chance(0.1));
    if (random.chance(0.3)) hear(each);
    if (random.chance(0.1)) {
      // A reconnection: the server says what it has, more is typed, everything since then is sent, then the typing.
      const known = Y.encodeStateVector(room.doc);
      act(each);
      room.receive(Y.encodeStateAsUpdate(each.doc, known));
      send(each, false);
    }
    if (random.chance(0.05)) {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(room.doc));
      stampNumbers(copy);
      room.receive(Y.encodeStateAsUpdate(copy, Y.encodeStateVector(room.doc)));
    }
  }
  for (const each of people_) {
    room.receive(Y.encodeStateAsUpdate(each.doc, Y.encodeStateVector(room.doc)));
    hear(each);
  }
  const whole = new Room();
  whole.receive(Y.encodeStateAsUpdate(room.doc));
  const again = new Room();
  again.receive(duplicate(read(room.doc, { id: "", state: "prepared" }), { text: true }));
  room.refusals.push(...whole.refusals, ...again.refusals);
  return room;
};
