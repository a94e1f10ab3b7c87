/** Rich text as flat text: the reader, the five writes, and the pitfalls that became rules. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Attributes } from "../../document/text/attributes.ts";
import { indexOf, relativeAt } from "../../document/text/relative.ts";
import { readText } from "../../document/text/read.ts";
import { setPlain, writeProse } from "../../document/text/write.ts";
import { Writer } from "../../document/text/writer.ts";
import { plainText } from "../../minutes/plain.ts";
import type { Prose } from "../../minutes/value.ts";
import { Random } from "../fuzz/random.ts";

const textOf = (prose: Prose): Y.Text => {
  const text = new Y.Doc().getText("text");
  writeProse(text, prose);
  return text;
};

const lines = (...words: string[]): Prose =>
  words.map((one) => ({ kind: "paragraph", spans: one === "" ? [] : [{ text: one }] }));

const write = (text: Y.Text, act: (writer: Writer) => void): void =>
  (text.doc as Y.Doc).transact((transaction) => act(new Writer(transaction, text)));

const copyOf = (text: Y.Text): Y.Text => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(text.doc as Y.Doc));
  return doc.getText("text");
};

/** Lets both hear what the other did. */
const meet = (a: Y.Text, b: Y.Text): void => {
  const [one, other] = [a.doc as Y.Doc, b.doc as Y.Doc];
  const mine = Y.encodeStateAsUpdate(one);
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  Y.applyUpdate(other, mine);
};

const SAMPLE: Prose = [
  { kind: "heading", level: 2, spans: [{ text: "Éléments" }] },
  { kind: "bullet", indent: 2, spans: [{ text: "un " }, { text: "deux", marks: { bold: true, italic: true } }] },
  { kind: "task", checked: true, spans: [{ text: "ici", marks: { link: "https://example.org/" } }] },
  {
    kind: "quote",
    spans: [
      { text: "x", marks: { code: true } },
      { text: "y", marks: { strike: true } },
    ],
  },
  { kind: "paragraph", spans: [] },
];

describe("X1 the reader", () => {
  test("X1 gives back what was written", () => {
    expect(readText(textOf(SAMPLE))).toEqual(SAMPLE);
  });

  test("X1 an empty text is one empty paragraph, and stays empty", () => {
    const text = new Y.Doc().getText("text");
    expect(readText(text)).toEqual([{ kind: "paragraph", spans: [] }]);
    expect(text.length).toBe(0);
  });

  test("X1 words after the last break are a last line", () => {
    const text = textOf(lines("un"));
    write(text, (writer) => writer.insertText(3, "deux"));
    expect(plainText(readText(text))).toBe("un\ndeux");
  });

  test("X1 a bare newline ends a line; what is no break of ours is one inert character", () => {
    const text = new Y.Doc().getText("text");
    text.insert(0, "a\nb");
    text.insertEmbed(1, new Y.Array());
    text.insertEmbed(2, { image: "x" });
    expect(plainText(readText(text))).toBe("a\uFFFC\uFFFC\nb");
  });

  test("X1 foreign entries and marks read as their defaults and stay where they are", () => {
    const text = textOf(lines("un"));
    const map = (text.toDelta() as { insert: unknown }[])[1]?.insert as Y.Map<unknown>;
    for (const key of ["kind", "level", "indent", "checked", "__proto__"]) map.set(key, { deep: ["x"] });
    text.format(0, 2, { link: "javascript:alert(1)", bold: 1, size: 3 });
    expect(readText(text)).toEqual(lines("un"));
    expect(map.get("kind")).toEqual({ deep: ["x"] });
  });

  test("X1 reading writes nothing", () => {
    const text = textOf(SAMPLE);
    let updates = 0;
    text.doc?.on("update", () => (updates += 1));
    readText(text);
    expect(updates).toBe(0);
  });
});

describe("the five writes", () => {
  test("P1 a kind is an entry of the break: two people at neighbouring lines change only their own", () => {
    const a = textOf(lines("un", "deux", "trois"));
    const b = copyOf(a);
    write(a, (writer) => writer.setBreak(2, { kind: "heading" }));
    write(b, (writer) => writer.setBreak(7, { kind: "bullet", indent: 1 }));
    meet(a, b);
    expect(readText(a).map((block) => block.kind)).toEqual(["heading", "bullet", "paragraph"]);
    expect(readText(b)).toEqual(readText(a));
  });

  test("P1 an entry back at its default is absent, and a change of kind touches no character", () => {
    const text = textOf(lines("un"));
    write(text, (writer) => writer.setBreak(2, { kind: "heading", level: 2 }));
    const before = Y.snapshot(text.doc as Y.Doc).ds.clients.size;
    write(text, (writer) => writer.setBreak(2, { kind: "paragraph", level: 1 } satisfies Partial<Attributes>));
    const map = (text.toDelta() as { insert: unknown }[])[1]?.insert as Y.Map<unknown>;
    expect(map.toJSON()).toEqual({});
    expect(text.toJSON()).toBe("un");
    expect(before).toBe(0);
  });

  test("P2 marks end at every break: a break inside bold closes it and opens it again", () => {
    const text = textOf([{ kind: "paragraph", spans: [{ text: "gras", marks: { bold: true } }] }]);
    write(text, (writer) => writer.insertBreak(2));
    const bold = (words: string) => [{ text: words, marks: { bold: true as const } }];
    expect(readText(text).map((block) => block.spans)).toEqual([bold("gr"), bold("as")]);
    write(text, (writer) => writer.insertText(0, "x"));
    write(text, (writer) => writer.insertText(6, "y"));
    expect(readText(text).map((block) => block.spans)).toEqual([
      [{ text: "x" }, ...bold("gr")],
      [...bold("as"), { text: "y" }],
    ]);
  });

  test("P2 a join restores what was in effect, even where an end had been lost", () => {
    const text = new Y.Doc().getText("text");
    text.insert(0, "un", { bold: true });
    write(text, (writer) => {
      writer.insertBreak(2);
      writer.insertText(3, "deux");
      writer.insertBreak(7);
    });
    write(text, (writer) => writer.delete(2, 1));
    expect(readText(text)).toEqual([
      { kind: "paragraph", spans: [{ text: "un", marks: { bold: true } }, { text: "deux" }] },
    ]);
  });

  test("P2 a mark over several lines is set line by line, and taken off again", () => {
    const text = textOf(lines("un", "deux", "trois"));
    write(text, (writer) => writer.format(1, 8, "italic", true));
    expect(readText(text).map((block) => block.spans.map((span) => [span.text, span.marks?.italic ?? false]))).toEqual([
      [
        ["u", false],
        ["n", true],
      ],
      [["deux", true]],
      [
        ["t", true],
        ["rois", false],
      ],
    ]);
    write(text, (writer) => writer.format(0, text.length, "italic", null));
    expect(readText(text)).toEqual(lines("un", "deux", "trois"));
  });

  test("P4 Yjs tidies nothing: a silent reader of others' formats emits no update", () => {
    const a = textOf(lines("un deux trois"));
    const [b, reader] = [copyOf(a), copyOf(a)];
    let updates = 0;
    reader.doc?.on("update", (_update: Uint8Array, origin: unknown) => {
      if (origin !== "relay") updates += 1;
    });
    for (let i = 0; i < 20; i += 1) {
      write(a, (writer) => writer.format(i % 5, 4, "bold", i % 2 === 0 ? true : null));
      b.format(i % 7, 3, { italic: i % 2 === 0 ? true : null });
      b.delete(i % 3, 1);
      b.insert(0, "x");
      meet(a, b);
      Y.applyUpdate(reader.doc as Y.Doc, Y.encodeStateAsUpdate(a.doc as Y.Doc), "relay");
    }
    expect(updates).toBe(0);
    expect(readText(reader)).toEqual(readText(a));
  });

  test("P5 positions stay right after our own items: plain Yjs calls before and after land where they should", () => {
    const text = textOf(lines("abcdefghij"));
    text.insert(5, "-");
    write(text, (writer) => writer.insertText(2, "12"));
    text.insert(8, "=");
    write(text, (writer) => writer.delete(0, 1));
    text.delete(0, 1);
    expect(text.toJSON()).toBe("12cde-=fghij");
  });

  test("P8 half a pair never enters, and no write cuts one", () => {
    const text = textOf(lines("a😀b"));
    write(text, (writer) => {
      writer.insertText(0, "\uD83D");
      writer.insertText(3, "x");
      writer.format(4, 1, "bold", true);
    });
    expect(plainText(readText(text))).toBe("\uFFFDax😀b");
    expect(copyOf(text).toJSON()).toBe(text.toJSON());
    write(text, (writer) => writer.delete(4, 1));
    expect(plainText(readText(text))).toBe("\uFFFDaxb");
  });

  test("P13 prose is written with its last break, so that an empty last line is one", () => {
    expect(readText(textOf(lines("un", "")))).toEqual(lines("un", ""));
    expect(textOf(lines("un", "")).length).toBe(4);
  });

  test("X2 a plain text is on one line and replaces what was there", () => {
    const text = textOf(lines("un", "deux"));
    setPlain(text, "un\ntitre\0");
    expect(plainText(readText(text))).toBe("un titre\uFFFD");
  });

  test("X2 a bare newline becomes a break of ours as soon as its line gets a kind", () => {
    const text = new Y.Doc().getText("text");
    text.insert(0, "a\nb");
    write(text, (writer) => writer.setBreak(1, { kind: "quote" }));
    expect(readText(text).map((block) => [block.kind, plainText([block])])).toEqual([
      ["quote", "a"],
      ["paragraph", "b"],
    ]);
  });
});

describe("X3 positions", () => {
  test("X3 the cache says what counting says, whatever happens in between (seed 20261121)", () => {
    const random = new Random(20261121);
    const text = textOf(lines(...Array.from({ length: 300 }, (_, i) => `line ${i}`)));
    const other = copyOf(text);
    for (let i = 0; i < 400; i += 1) {
      const at = random.below(text.length);
      write(text, (writer) => {
        const act = random.below(4);
        if (act < 2) writer.insertText(at, String.fromCodePoint(0x4e00 + i));
        else if (act === 2) writer.delete(at, 1 + random.below(4));
        else writer.insertBreak(at);
      });
      other.insert(random.below(other.length), String.fromCodePoint(0x8000 + i));
      if (random.chance(0.2)) meet(text, other);
      const index = random.below(text.length);
      const probe = copyOf(text);
      write(text, (writer) => writer.insertText(index, "|"));
      write(probe, (writer) => writer.insertText(index, "|"));
      expect(readText(text)).toEqual(readText(probe));
      write(text, (writer) => writer.delete(index, 1));
    }
  });

  test("X4 a relative position stays with its character, deleted or not", () => {
    const text = textOf(lines("abcd"));
    const [left, right] = [relativeAt(text, 2, -1), relativeAt(text, 2, 1)];
    write(text, (writer) => writer.insertText(2, "xx"));
    expect([indexOf(text, left), indexOf(text, right)]).toEqual([2, 4]);
    write(text, (writer) => writer.delete(0, 3));
    expect([indexOf(text, left), indexOf(text, right)]).toEqual([0, 1]);
    const other = copyOf(text);
    write(other, (writer) => writer.insertText(0, "yy"));
    expect(indexOf(other, right)).toBe(3);
  });
});
