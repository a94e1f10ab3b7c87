/** S08: poison is refused at the gate; forced into the data file, every workshop still opens, reads, exports and is written to. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { parseMinutes } from "../../minutes/parse.ts";
import { FORMATS } from "../../minutes/formats/format.ts";
import { Refusal } from "../../document/refusal.ts";
import { judge } from "../../server/rooms/gate.ts";
import { PLACES, POISON, put, whole } from "../document/poisons.ts";
import { newPlace, type Place } from "../support/rooms.ts";

/** What a change of `whole()` sends, made elsewhere. */
const sent = (doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array => {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  const before = Y.encodeStateVector(copy);
  copy.transact(() => change(copy));
  return Y.encodeStateAsUpdate(copy, before);
};

const verdict = (doc: Y.Doc, update: Uint8Array): string => {
  try {
    judge(doc, update);
    return "accepted";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

/** Never right, under whatever key. */
const NEVER = [
  "not a number",
  "an array",
  "an object",
  "a prototype",
  "bytes",
  "a list",
  "an element",
  "a long string",
];
/** The keys that the layout does not have. */
const UNKNOWN = [
  "field::",
  "phase:x",
  "rank:",
  "field:date:",
  "field:date:more",
  "phase:p1:",
  "phase:p1:more",
  "field:",
];

describe("S08 D16 at the gate", () => {
  test.each(POISON)("%s is refused wherever the layout does not have it", (what, make) => {
    const doc = whole();
    for (const each of PLACES) {
      const [root, entry, key] = each;
      const code = verdict(
        doc,
        sent(doc, (copy) => put(copy, each, make())),
      );
      const isMap = entry === "" && ["sections", "items:items", "people:people"].includes(root);
      const isItemText = key === "text" && root === "items:items";
      const wrong =
        NEVER.includes(what) ||
        (entry !== "" && UNKNOWN.includes(key)) ||
        (what === "a text" && !isItemText) ||
        (isMap ? what !== "a map" : what === "a map");
      if (wrong)
        expect(`${what} in ${root} ${entry} ${key}: ${code}`).toMatch(
          /: (foreign-content|too-large|malformed-update)$/,
        );
      // The map has a key that of these only sections have.
      const right = isMap ? root === "sections" : isItemText && what === "a text";
      if (right && !wrong) expect(code).toBe("accepted");
    }
  });
});

describe("S08 D1 in the data file", () => {
  let place: Place;
  beforeAll(async () => {
    place = await newPlace();
  });
  afterAll(async () => {
    await place.remove();
    expect(place.faults).toEqual([]);
  });

  test.each(POISON)("%s everywhere at once: it opens, reads, exports and is written to", async (what, make) => {
    // `removed: true` is right, and hides. Of a megabyte, sixty make a document nobody has.
    const wrong = PLACES.filter(([, entry, key]) => entry !== "" && !(what === "true" && key.endsWith("removed")));
    const leaves = what === "a long string" ? wrong.filter((_place, i) => i % 15 === 0) : wrong;
    const entries = PLACES.filter(([, entry], i) => entry === "" && (what !== "a long string" || i % 5 === 0));
    for (const places of [leaves, entries]) {
      const doc = whole();
      for (const each of places) put(doc, each, make());
      doc.getText("prose:prose").insertEmbed(0, { image: "x" });
      doc.getText("prose:prose").insert(0, "poison", { bold: { a: 1 } as unknown as boolean, color: "red" });
      doc.getXmlFragment("autre").insert(0, [new Y.XmlElement("p")]);
      const update = Y.encodeStateAsUpdate(doc);
      const workshop = await place.access.createWorkshop({
        update,
        kind: "workshop",
        language: "fr",
        template: "essai",
      });
      const minutes = await place.log.minutes(workshop.id);
      const json: unknown = JSON.parse(JSON.stringify(minutes));
      expect(parseMinutes(json)).toEqual(json);
      for (const { render } of FORMATS.values()) expect(render(minutes).length).toBeGreaterThan(0);
      const client = await place.visit(workshop.id, workshop.links.write, "Nadia");
      await client.saved();
      client.write("toujours là", "prose");
      await client.saved();
      expect(client.closed).toEqual([]);
      expect(JSON.stringify(await place.log.minutes(workshop.id))).toContain("toujours là");
    }
  });
});
