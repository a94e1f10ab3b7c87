/** D16: an update says only what the layout has a place for; whatever stock clients write honestly has one. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { addItem } from "../../document/edit/items.ts";
import { itemOf, itemsOf, itemTextOf, proseOf, titleOf } from "../../document/layout.ts";
import { Refusal } from "../../document/refusal.ts";
import { checkStructure } from "../../document/updates/structure.ts";
import { inspectUpdate, leavesGap } from "../../document/updates.ts";
import { content, forge, forgeOne, type ForgedStruct } from "../support/forged.ts";
import { sampleTemplate } from "./sample.ts";

const AT = "2026-01-01T00:00:00.000Z";
const ME = 99;

/** A document of every kind of section, with one item in `items`. */
const sample = (): { doc: Y.Doc; item: string } => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, create(sampleTemplate()));
  return { doc, item: addItem(doc, "items", { text: "une idée 🌱", at: AT }) };
};

const verdict = (doc: Y.Doc, update: Uint8Array): string => {
  try {
    const contents = inspectUpdate(update);
    if (leavesGap(contents, doc)) return "gap";
    checkStructure(contents, doc);
    return "accepted";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

/** The verdict on what `act` makes on a device of its own. */
const onDevice = (act: (doc: Y.Doc, item: string) => void): string => {
  const { doc, item } = sample();
  const device = new Y.Doc();
  Y.applyUpdate(device, Y.encodeStateAsUpdate(doc));
  const before = Y.encodeStateVector(device);
  device.transact(() => act(device, item));
  return verdict(doc, Y.encodeStateAsUpdate(device, before));
};

/** The verdict on one struct of a client of its own. */
const onStruct = (struct: ForgedStruct): string => verdict(sample().doc, forgeOne([ME, 0], struct));

const under = (map: Y.Map<unknown> | undefined, key: string, value: unknown): void => void map?.set(key, value);
const section = (doc: Y.Doc, id: string): Y.Map<unknown> => doc.getMap("sections").get(id) as Y.Map<unknown>;

describe("what stock clients write honestly", () => {
  test.each<[string, (doc: Y.Doc, item: string) => void]>([
    ["words, with bare newlines", (doc) => proseOf(doc, "prose").insert(0, "un\ndeux\r\ntrois\t👩‍👩‍👧‍👦 é \u202E")],
    [
      "the five formats, on and off",
      (doc) => {
        const text = proseOf(doc, "prose");
        text.insert(0, "des mots en gras", { bold: true, italic: true, strike: true, code: true });
        text.format(2, 5, { bold: null, link: "https://example.org/" });
        text.format(3, 1, { link: null, code: false });
      },
    ],
    [
      "a word and what it means (D26)",
      (doc) => {
        under(doc.getMap("meta"), "term:any id:term", "CLE");
        under(doc.getMap("meta"), "term:any id:meaning", "commission locale de l’eau");
        under(doc.getMap("meta"), "term:any id:removed", true);
      },
    ],
    [
      "a break, with its entries",
      (doc) => {
        const end = new Y.Map<unknown>([
          ["kind", "heading"],
          ["level", 2],
          ["indent", 1],
          ["checked", true],
        ]);
        proseOf(doc, "prose").insertEmbed(0, end);
        end.set("kind", "task");
        end.delete("level");
      },
    ],
    ["formats across a break", (doc) => proseOf(doc, "prose").format(0, proseOf(doc, "prose").length, { bold: true })],
    [
      "words in an item, in the title",
      (doc, item) => {
        itemTextOf(doc, "items", item)?.insert(3, "x", { italic: true });
        titleOf(doc).insert(0, "y");
      },
    ],
    [
      "an item made by hand, its text before it stands anywhere",
      (doc) => {
        const item = new Y.Map<unknown>([
          ["text", new Y.Text("d'une traite")],
          ["order", "a5"],
          ["at", AT],
          ["removed", false],
        ]);
        itemsOf(doc, "items").set("un-id-à-moi", item);
        item.set("owner", null);
        item.set("due", undefined);
        item.set("number", 7);
      },
    ],
    [
      "a section of a new kind of its own, with words before it is there",
      (doc) => {
        doc.getText("prose:nouveau").insert(0, "déjà");
        doc.getMap("sections").set(
          "nouveau",
          new Y.Map([
            ["kind", "poll"],
            ["heading", "Nouveau"],
            ["order", "a9"],
          ]),
        );
      },
    ],
    [
      "fields, as words and as numbers",
      (doc) => {
        doc.getMap("fields:fields").set("date", "2026-01-01");
        doc.getMap("fields:fields").set("nombre", 40);
      },
    ],
    [
      "definitions and ranks",
      (doc) => {
        for (const key of ["label", "type", "order", "choices"]) under(section(doc, "fields"), `field:a:b:${key}`, "x");
        for (const key of ["minutes", "groups"]) under(section(doc, "runsheet"), `phase:p1:${key}`, 20);
        under(section(doc, "ranking"), "rank:i1", "a0");
      },
    ],
    ["an item that goes with all its words", (doc, item) => itemsOf(doc, "items").delete(item)],
    [
      "an item that comes and goes before anybody saw it",
      (doc) => {
        itemsOf(doc, "items").set("bref", new Y.Map([["text", new Y.Text("bref")]]));
        itemsOf(doc, "items").delete("bref");
      },
    ],
    ["half an emoji taken away", (doc, item) => itemTextOf(doc, "items", item)?.delete(10, 1)],
  ])("D16 %s", (_, act) => expect(onDevice(act)).toBe("accepted"));

  test("D16 what is written into something that has gone meanwhile, collected or not", () => {
    const { doc, item } = sample();
    const device = new Y.Doc();
    Y.applyUpdate(device, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(device);
    itemTextOf(device, "items", item)?.insert(2, "trop tard", { bold: true });
    itemOf(device, "items", item)?.set("owner", "Nadia");
    itemTextOf(device, "items", item)?.insertEmbed(0, new Y.Map([["kind", "bullet"]]));
    itemsOf(doc, "items").delete(item);
    const update = Y.encodeStateAsUpdate(device, before);
    expect(verdict(doc, update)).toBe("accepted");
    const later = new Y.Doc();
    Y.applyUpdate(later, Y.encodeStateAsUpdate(doc));
    expect(verdict(later, update)).toBe("accepted");
    Y.applyUpdate(later, update);
    expect(later.store.pendingStructs).toBeNull();
  });

  test("D16 overlaps: what is sent again with more behind it", () => {
    const { doc } = sample();
    const device = new Y.Doc();
    Y.applyUpdate(device, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(device);
    const text = proseOf(device, "prose");
    text.insert(0, "début");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(device, before));
    text.insert(5, " et suite", { bold: true });
    text.insert(5, ", milieu");
    expect(verdict(doc, Y.encodeStateAsUpdate(device, before))).toBe("accepted");
  });
});

describe("what has no place", () => {
  test.each<[string, (doc: Y.Doc, item: string) => void]>([
    ["a root nobody knows", (doc) => doc.getText("autre").insert(0, "x")],
    ["a root that only looks like one", (doc) => doc.getText("prose:").insert(0, "x")],
    ["a root named like a prototype", (doc) => doc.getMap("__proto__").set("a", 1)],
    ["a list", (doc) => doc.getArray("sections").insert(0, ["x"])],
    ["an element in a text's root", (doc) => doc.getXmlFragment("prose:prose").insert(0, [new Y.XmlElement("p")])],
    ["a hook", (doc) => doc.getXmlFragment("title").insert(0, [new Y.XmlHook("h") as unknown as Y.XmlElement])],
    ["an image", (doc) => proseOf(doc, "prose").insertEmbed(0, { image: "https://example.org/a.png" })],
    ["a text in a text", (doc) => proseOf(doc, "prose").insertEmbed(0, new Y.Text("x"))],
    ["a list in a text", (doc) => proseOf(doc, "prose").insertEmbed(0, new Y.Array())],
    ["an XML text in a text", (doc) => proseOf(doc, "prose").insertEmbed(0, new Y.XmlText("x"))],
    ["an unknown entry of a break", (doc) => proseOf(doc, "prose").insertEmbed(0, new Y.Map([["style", "x"]]))],
    ["a level that is an object", (doc) => proseOf(doc, "prose").insertEmbed(0, new Y.Map([["level", { a: 1 }]]))],
    ["a type in a break", (doc) => proseOf(doc, "prose").insertEmbed(0, new Y.Map([["kind", new Y.Map()]]))],
    ["an unknown format", (doc) => proseOf(doc, "prose").insert(0, "x", { color: "red" })],
    ["a format that is an object", (doc) => proseOf(doc, "prose").insert(0, "x", { bold: {} })],
    ["a link that is an object", (doc) => proseOf(doc, "prose").insert(0, "x", { link: { href: "https://e.org" } })],
    ["a link with half a character", (doc) => proseOf(doc, "prose").insert(0, "x", { link: "https://e.org/\ud83d" })],
    ["U+0000", (doc) => proseOf(doc, "prose").insert(0, "a\0b")],
    ["an entry with U+0000", (doc) => under(section(doc, "prose"), "heading", "a\0")],
    ["words for an item's text", (doc, item) => under(itemOf(doc, "items", item), "text", "x")],
    ["a map for an item's text", (doc, item) => under(itemOf(doc, "items", item), "text", new Y.Map())],
    ["a text elsewhere in an item", (doc, item) => under(itemOf(doc, "items", item), "owner", new Y.Text("x"))],
    ["an unknown key of an item", (doc, item) => under(itemOf(doc, "items", item), "onclick", "x")],
    ["an item that is a string", (doc) => itemsOf(doc, "items").set("a", "x")],
    ["an item that is a list", (doc) => itemsOf(doc, "items").set("a", new Y.Array())],
    ["an item under a prototype's name", (doc) => itemsOf(doc, "items").set("__proto__", new Y.Map())],
    ["a key of a thousand letters", (doc) => itemsOf(doc, "items").set("x".repeat(1000), new Y.Map())],
    ["a heading that is a list", (doc) => under(section(doc, "prose"), "heading", ["x"])],
    ["bytes", (doc) => under(section(doc, "prose"), "heading", new Uint8Array(3))],
    ["a size that is no number", (doc) => under(section(doc, "ranking"), "size", Number.NaN)],
    ["a flag that is a word", (doc) => under(section(doc, "items"), "removed", "yes")],
    [
      "a map of more than four levels",
      (doc) => under(section(doc, "items"), "heading", new Y.Map([["a", new Y.Map()]])),
    ],
    ["a document within", (doc) => under(section(doc, "items"), "heading", new Y.Doc())],
    ["keys in a text", (doc) => (titleOf(doc) as unknown as Y.Map<unknown>).doc?.getMap("prose:other").set("a", 1)],
    ["an unknown setting", (doc) => doc.getMap("meta").set("owner", "x")],
    ["an unknown entry of a term", (doc) => doc.getMap("meta").set("term:t:colour", "x")],
    ["a field where the glossary stands", (doc) => doc.getMap("meta").set("field:t:label", "x")],
    ["a term where the fields stand", (doc) => under(section(doc, "fields"), "term:t:term", "x")],
    ["D20 a ballot: a client asks the server to cast it", (doc) => doc.getMap("ballots").set("item:visiteur", 1)],
    ["D20 the state of a pick", (doc) => under(section(doc, "items"), "pick", "open")],
    ["D20 the size of a pick", (doc) => under(section(doc, "items"), "pickSize", 50)],
    ["D20 the secret of a pick", (doc) => under(section(doc, "items"), "pickHidden", false)],
  ])("D16 S08 %s", (_, act) => expect(onDevice(act)).toBe("foreign-content"));

  test("D16 a value that is too long", () => {
    expect(onDevice((doc) => under(section(doc, "prose"), "heading", "x".repeat(100_001)))).toBe("too-large");
    expect(onDevice((doc) => proseOf(doc, "prose").insert(0, "x", { link: "x".repeat(10_001) }))).toBe("too-large");
  });

  test.each<[string, ForgedStruct]>([
    ["old JSON values", { parent: "meta", key: "language", content: content.json('"fr"') }],
    ["a sequence in a map", { parent: "meta", content: content.values("x") }],
    ["values in a text", { parent: "title", content: content.values("x") }],
    ["words in a map", { parent: "fields:fields", key: "a", content: content.words("x") }],
    ["a format in a map", { parent: "fields:fields", key: "a", content: content.format("bold", "true") }],
    ["a key in a text", { parent: "title", key: "a", content: content.values("x") }],
    ["words under a key of a text", { parent: "title", key: "a", content: content.words("x") }],
    ["a gone entry under an unknown key", { parent: "meta", key: "x", content: content.deleted(1) }],
    ["two values, one of them foreign", { parent: "meta", key: "language", content: content.values("fr", { a: 1 }) }],
  ])("D16 %s", (_, struct) => expect(onStruct(struct)).toBe("foreign-content"));

  test("D16 raw bytes that are half a character cannot even be read", () => {
    const lone = content.rawWords(Uint8Array.of(0xed, 0xa0, 0xbd));
    expect(onStruct({ parent: "title", content: lone })).toBe("malformed-update");
  });
});

describe("what only a hostile hand makes", () => {
  /** Two texts and a map under one client, as the document has them. */
  const ground = (): Y.Doc => {
    const doc = new Y.Doc();
    doc.clientID = 1;
    doc.getText("title").insert(0, "ab");
    doc.getText("prose:a").insert(0, "cd");
    doc.getMap("fields:a").set("x", "1");
    doc.getMap("fields:a").set("y", "1");
    return doc;
  };
  const neighbours = (left: number, right: number): Uint8Array =>
    forgeOne([ME, 0], { left: [1, left], right: [1, right], content: content.words("x") });

  test("D16 neighbours that stand in different texts, or under different keys", () => {
    expect(verdict(ground(), neighbours(0, 1))).toBe("accepted");
    expect(verdict(ground(), neighbours(1, 2))).toBe("malformed-update");
    expect(verdict(ground(), neighbours(3, 0))).toBe("malformed-update");
    expect(verdict(ground(), neighbours(4, 5))).toBe("malformed-update");
    expect(verdict(ground(), neighbours(1, 4))).toBe("malformed-update");
  });

  test.each<[string, (gone: number) => Parameters<typeof forgeOne>[1]]>([
    ["before", (gone) => ({ left: [1, 0], right: [1, gone], content: content.words("x") })],
    ["behind", (gone) => ({ left: [1, gone], right: [1, 1], content: content.words("x") })],
  ])("D16 M06 a place %s what is gone, beside what is not: here Yjs would drop it, elsewhere keep it", (_, struct) => {
    const doc = ground();
    const gone = Y.getState(doc.store, 1) + 1;
    itemsOf(doc, "items").set("bref", new Y.Map([["text", new Y.Text("bref")]]));
    itemsOf(doc, "items").delete("bref");
    expect(verdict(doc, forgeOne([ME, 0], struct(gone + 1)))).toBe("malformed-update");
  });

  test("D16 the fact: what stands beside something gone is kept or dropped by when it comes, and a state does not read back", () => {
    const doc = ground();
    const updates: Uint8Array[] = [Y.encodeStateAsUpdate(doc)];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    const gone = Y.getState(doc.store, 1) + 2;
    itemsOf(doc, "items").set("bref", new Y.Map([["text", new Y.Text("bref")]]));
    itemsOf(doc, "items").delete("bref");
    const sent = forgeOne([ME, 0], { left: [1, 1], right: [1, gone], content: content.words("x") });
    updates.push(sent);
    const room = new Y.Doc();
    for (const update of updates) Y.applyUpdate(room, update);
    expect(room.getText("title").toJSON()).toBe("ab");
    const atOnce = new Y.Doc();
    atOnce.transact(() => {
      for (const update of updates) Y.applyUpdate(atOnce, update);
    });
    expect(atOnce.getText("title").toJSON()).toBe("abx");
    const again = new Y.Doc();
    Y.applyUpdate(again, Y.encodeStateAsUpdate(atOnce));
    expect(again.getText("title").toJSON()).toBe("ab");
  });

  test("D16 the rest of a struct that stands elsewhere", () => {
    const doc = ground();
    const again = (parent: string): Uint8Array =>
      forgeOne([1, 5], { parent, key: "y", content: content.values("1", "2") });
    expect(verdict(doc, again("fields:b"))).toBe("malformed-update");
    expect(verdict(doc, again("fields:a"))).toBe("accepted");
  });

  test("D16 a known struct told anew does not make its type another", () => {
    const told = forge([
      {
        client: 1,
        clock: 0,
        structs: [
          { parent: "sections", key: "a", content: content.type(1) },
          { parent: "title", content: content.deleted(5) },
          { parent: [1, 0], key: "heading", content: content.values("x") },
        ],
      },
    ]);
    expect(verdict(ground(), told)).toBe("foreign-content");
  });

  test("D16 a parent that is no type, or a type the layout does not have", () => {
    expect(verdict(ground(), forgeOne([ME, 0], { parent: [1, 0], content: content.words("x") }))).toBe(
      "foreign-content",
    );
    const poisoned = ground();
    poisoned.getArray("title2").insert(0, [new Y.Map()]);
    const into = forgeOne([ME, 0], { parent: [1, 6], key: "kind", content: content.values("x") });
    expect(verdict(poisoned, into)).toBe("foreign-content");
  });

  test("D16 M06 two clients that wait for each other would wait for ever", () => {
    const circle = forge([
      { client: 50, clock: 0, structs: [{ left: [51, 0], content: content.words("x") }] },
      { client: 51, clock: 0, structs: [{ left: [50, 0], content: content.words("x") }] },
    ]);
    expect(verdict(ground(), circle)).toBe("unsaved-gap");
    const chain = forge([
      { client: 50, clock: 0, structs: [{ left: [51, 0], content: content.words("x") }] },
      { client: 51, clock: 0, structs: [{ left: [1, 0], content: content.words("x") }] },
    ]);
    expect(verdict(ground(), chain)).toBe("accepted");
  });

  test("D16 M07 a nest of any depth is refused at its second level, without a stack", () => {
    const structs: ForgedStruct[] = [{ parent: "sections", key: "a", content: content.type(1) }];
    for (let i = 0; i < 50_000; i += 1) structs.push({ parent: [ME, i], key: "heading", content: content.type(1) });
    expect(verdict(ground(), forge([{ client: ME, clock: 0, structs }]))).toBe("foreign-content");
    const deep = new Y.Doc();
    let map = deep.getMap<unknown>("sections");
    deep.transact(() => {
      for (let i = 0; i < 2000; i += 1) {
        const inner = new Y.Map<unknown>();
        map.set("a", inner);
        map = inner;
      }
    });
    const last = map._item?.id ?? Y.createID(0, 0);
    const into = forgeOne([ME, 0], { parent: [last.client, last.clock], key: "a", content: content.values("x") });
    expect(verdict(deep, into)).toBe("foreign-content");
  });

  test("D16 a hundred thousand structs, each at the one before it, are followed without a stack", () => {
    const structs: ForgedStruct[] = [{ parent: "title", content: content.words("x") }];
    for (let i = 0; i < 100_000; i += 1) structs.push({ left: [ME, i], content: content.words("x") });
    expect(verdict(ground(), forge([{ client: ME, clock: 0, structs }]))).toBe("accepted");
  });
});
