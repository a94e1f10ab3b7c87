/** A workshop every field of which holds every payload, laid down under the gate, as a foreign hand or an old defect would. */
import * as Y from "yjs";
import { LAYOUT } from "../../document/layout.ts";
import { ADDRESSES, PAYLOADS } from "./payloads.ts";

const key = (index: number): string => `p${String(index).padStart(3, "0")}`;
const order = (index: number): string => `a${String(index).padStart(3, "0")}`;

const text = (words: string): Y.Text => new Y.Text(words);

type Entries = Record<string, unknown>;

const map = (entries: Entries): Y.Map<unknown> => new Y.Map(Object.entries(entries));

/** Five formats, each with a value it should not have, and breaks with attributes they should not have. */
const prose = (target: Y.Text): void => {
  for (const payload of PAYLOADS) {
    target.insert(target.length, payload, { bold: payload, link: payload, onclick: payload, style: payload });
    const line = { kind: payload, level: payload, indent: payload, class: payload, onmouseover: payload };
    target.insertEmbed(target.length, map(line));
  }
  for (const address of ADDRESSES) {
    target.insert(target.length, `vers ${address}`, { link: address, code: true });
    target.insertEmbed(target.length, map({ kind: "bullet", level: 1, indent: 0, checked: false }));
  }
  // Values no editor writes: a list where a word is expected, as React and Preact take elements.
  target.insert(target.length, "formes", { bold: ["script", {}, "canary(1)"], link: { href: "javascript:canary(1)" } });
};

/** The first update of such a document; `kind`: which of its sections come first makes no difference to anybody. */
export const plant = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.transact(() => {
    const everything = PAYLOADS.join(" ");
    const meta = doc.getMap("meta");
    for (const [name, value] of Object.entries({
      layout: LAYOUT,
      language: "fr",
      subtitle: everything,
      template: everything,
    }))
      meta.set(name, value);
    doc.getText("title").insert(0, everything.slice(0, 3000));
    const sections = doc.getMap("sections");
    const section = (id: string, entries: Entries): void => {
      const place = order(sections.size);
      sections.set(id, map({ order: place, guidance: everything, ...entries }));
    };
    section("text", { kind: "prose", heading: "<img src=x onerror=canary(1)>" });
    prose(doc.getText("prose:text"));
    const lines = PAYLOADS.join("\n");
    section("people", { kind: "people", heading: "P", sectors: lines });
    const defined = PAYLOADS.concat(ADDRESSES).flatMap((payload, index): [string, unknown][] => [
      [`field:${key(index)}:label`, payload],
      [`field:${key(index)}:type`, ["line", "address", "choice", "date", payload][index % 5]],
      [`field:${key(index)}:choices`, lines],
      [`field:${key(index)}:order`, order(index)],
      [`field:${key(index)}:removed`, false],
    ]);
    // A choice offers a hundred others: a few of them are enough.
    const few = defined.filter(([name]) => !name.endsWith(":choices") || /p00[27]/.test(name));
    section("fields", { kind: "fields", heading: "F", ...Object.fromEntries(few) });
    section("items", { kind: "items", heading: "I", marker: "<b>", actions: true, grouped: true });
    const ranks = PAYLOADS.slice(0, 20).map((_each, index): [string, string] => [`rank:${key(index)}`, order(index)]);
    section("ranking", { kind: "ranking", heading: "R", source: "items", size: 10, ...Object.fromEntries(ranks) });
    const phases = PAYLOADS.flatMap((payload, index): [string, unknown][] => [
      [`phase:${key(index)}:label`, payload],
      [`phase:${key(index)}:minutes`, 5],
      [`phase:${key(index)}:order`, order(index)],
    ]);
    section("runsheet", { kind: "runsheet", heading: "S", ...Object.fromEntries(phases) });
    section("notice", { kind: "notice", heading: "N", text: everything });
    const [items, people, fields] = [
      doc.getMap("items:items"),
      doc.getMap("people:people"),
      doc.getMap("fields:fields"),
    ];
    for (const [index, payload] of PAYLOADS.entries()) {
      const one = {
        author: payload,
        owner: payload,
        due: payload,
        status: payload,
        from: payload,
        group: `g${index % 4}`,
      };
      items.set(key(index), map({ text: text(payload), order: order(index), number: index + 1, at: payload, ...one }));
      people.set(key(index), map({ name: payload, organisation: payload, sector: payload, role: payload }));
      // Headings, kinds and ids of sections are somebody's words too.
      if (index % 10 === 0) section(payload, { kind: payload, heading: payload });
    }
    for (const [index, payload] of PAYLOADS.slice(0, 4).entries())
      items.set(`g${index}`, map({ kind: "group", text: text(payload), order: order(index) }));
    for (const [index, payload] of PAYLOADS.concat(ADDRESSES).entries()) fields.set(key(index), payload);
  });
  return Y.encodeStateAsUpdate(doc);
};
