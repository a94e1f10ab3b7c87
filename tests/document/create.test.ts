/** D4, D5: a template becomes a document and comes back; a copy shares nothing with its original. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { create, newDocument } from "../../document/create.ts";
import { duplicate } from "../../document/duplicate.ts";
import { setField } from "../../document/edit/fields.ts";
import { addGroup, addItem, moveItem, removeItem, setItem } from "../../document/edit/items.ts";
import { addPerson } from "../../document/edit/people.ts";
import { rank } from "../../document/edit/ranking.ts";
import { layoutOf } from "../../document/handshake.ts";
import { LAYOUT, proseOf } from "../../document/layout.ts";
import { read } from "../../document/read.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { templateOf } from "../../document/template.ts";
import { inspectUpdate, leavesGap } from "../../document/updates.ts";
import type { Template, TemplateField, TemplateSection } from "../../minutes/template.ts";
import type { Minutes, Section } from "../../minutes/value.ts";
import { sampleTemplate, shippedTemplates } from "./sample.ts";

const CONTEXT = { id: "w", state: "live" } as const;

function opened(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
}

function withoutValue(field: TemplateField): TemplateField {
  const whole = { ...field };
  delete whole.value;
  return whole;
}

/** What a template says once everything it leaves out is its default, and what is text rather than structure is gone. */
function structure(template: Template): unknown {
  return {
    ...template,
    sections: template.sections.map((section) => {
      const whole: TemplateSection = { ...section };
      delete whole.body;
      if (section.guidance === "") delete whole.guidance;
      if (section.kind === "items") {
        Object.assign(whole, { marker: "bullet", actions: false, grouped: false, groups: [], ...section });
        delete whole.body;
      }
      if (section.kind === "ranking") whole.size = section.size ?? 3;
      if (section.kind === "people") whole.sectors = section.sectors ?? [];
      if (section.kind === "runsheet") whole.phases = section.phases ?? [];
      if (section.kind === "notice") whole.text = section.text ?? "";
      if (section.kind === "fields") whole.fields = (section.fields ?? []).map(withoutValue);
      return whole;
    }),
  };
}

describe("create", () => {
  test.each([sampleTemplate(), ...shippedTemplates()].map((each) => [`${each.id} ${each.language}`, each] as const))(
    "D4 %s becomes a document and reads back as the same template",
    (_, template) => {
      const doc = opened(create(template));
      const { id, name, description } = template;
      expect(templateOf(doc, { id, name, description })).toEqual(structure(template));
      expect(layoutOf(doc)).toBe(LAYOUT);
      expect(leavesGap(inspectUpdate(create({ ...template, title: "" })), new Y.Doc())).toBe(false);
    },
  );

  test("D4 a title and a language of its own; initial text and values are written", () => {
    const [prose, fields] = sampleTemplate().sections;
    if (!prose || !fields) throw new Error("the sample has changed");
    prose.body = [
      { kind: "heading", level: 2, spans: [{ text: "Avant" }] },
      { kind: "bullet", indent: 1, spans: [{ text: "gras", marks: { bold: true } }, { text: " puis non" }] },
    ];
    fields.fields = [{ id: "date", label: "Date", type: "date", value: "2017-02-28" }];
    const template = { ...sampleTemplate(), sections: [prose, fields] };
    const minutes = read(opened(create(template, { language: "en", title: "Why?" })), CONTEXT);
    expect(minutes).toMatchObject({ title: "Why?", language: "en", subtitle: "Compte-rendu de l’atelier" });
    expect(minutes.sections).toMatchObject([{ body: prose.body }, { fields: [{ value: "2017-02-28" }] }]);
  });

  test("D4 section ids that no template may carry are replaced, and rankings follow", () => {
    const minutes = read(opened(create(sampleTemplate())), CONTEXT);
    const foreign: Minutes = JSON.parse(
      JSON.stringify(minutes).replaceAll('"items"', '"Items!"').replaceAll('"kind":"Items!"', '"kind":"items"'),
    );
    const { sections } = templateOf(foreign);
    const items = sections.find(({ kind }) => kind === "items");
    expect(items?.id).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
    expect(sections.find(({ kind }) => kind === "ranking")?.source).toBe(items?.id);
  });
});

/** A document with something in every section. */
function written(): Y.Doc {
  const doc = newDocument(sampleTemplate());
  proseOf(doc, "prose").insert(0, "Un mot");
  setField(doc, "fields", "date", "2017-02-28");
  addPerson(doc, "people", { name: "Nadia", organisation: "Mairie", sector: "Société Civile", role: "Initiatrice" });
  const at = "2026-01-01T00:00:00.000Z";
  const first = addItem(doc, "items", { text: "Former\nles élus", author: "v1", at });
  const second = addItem(doc, "items", { text: "Ouvrir", at, group: "g2" });
  setItem(doc, "items", second, "from", [first]);
  setItem(doc, "items", second, "owner", "Brice");
  setItem(doc, "items", second, "dictated", "Nadia");
  setItem(doc, "items", second, "due", "2026-03-01");
  setItem(doc, "items", second, "status", "doing");
  moveItem(doc, "items", addItem(doc, "items", { text: "En premier", at }), { before: first });
  removeItem(doc, "items", addItem(doc, "items", { text: "Effacé", at }));
  addGroup(doc, "items", { text: "Troisième" });
  rank(doc, "ranking", second);
  rank(doc, "ranking", first, { before: second });
  stampNumbers(doc);
  return doc;
}

const NAMES = new Map([["v1", "Céline"]]);

/** The same without ids: a copy gives its own to what people made. */
function anonymous(sections: readonly Section[]): unknown {
  const seen = new Map<string, string>();
  const json = JSON.stringify(sections).replace(/"([a-z][a-z0-9]{15}|[gp]\d)"/g, (_, id: string) => {
    seen.set(id, seen.get(id) ?? `#${seen.size}`);
    return `"${seen.get(id)}"`;
  });
  return JSON.parse(json);
}

describe("duplicate", () => {
  test("D5 with its text it reads the same, under another title, with names instead of visitors", () => {
    const doc = written();
    const copy = read(
      opened(duplicate(read(doc, { ...CONTEXT, names: NAMES }), { text: true, title: "Suite" })),
      CONTEXT,
    );
    const original = read(doc, { ...CONTEXT, names: NAMES });
    expect(copy.title).toBe("Suite");
    expect(anonymous(copy.sections)).toEqual(anonymous(original.sections));
    expect(JSON.stringify(copy)).toContain("Céline");
    expect(JSON.stringify(copy)).not.toContain("Effacé");
  });

  test("D5 without its text nothing anybody wrote is left, people included", () => {
    const doc = written();
    const update = duplicate(read(doc, CONTEXT), { text: false });
    expect(templateOf(opened(update), { id: "" })).toEqual(templateOf(doc, { id: "" }));
    for (const word of ["Nadia", "Mairie", "Brice", "Un mot", "2017", "élus"]) {
      expect(new TextDecoder().decode(update)).not.toContain(word);
    }
  });

  test("D5 the copy has clients of its own and leaves the original as it was", () => {
    const doc = written();
    const before = Y.encodeStateAsUpdate(doc);
    const clients = [...opened(duplicate(read(doc, CONTEXT), { text: true })).store.clients.keys()];
    expect(clients.some((client) => doc.store.clients.has(client))).toBe(false);
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
  });

  test("D5 a copy of a copy is the same copy", () => {
    const first = opened(duplicate(read(written(), { ...CONTEXT, names: NAMES }), { text: true }));
    const second = opened(duplicate(read(first, CONTEXT), { text: true }));
    expect(anonymous(read(second, CONTEXT).sections)).toEqual(anonymous(read(first, CONTEXT).sections));
  });
});
