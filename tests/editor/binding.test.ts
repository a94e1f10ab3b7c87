/** The binding's rules, each with the pitfall it comes from: editors without a DOM, joined by a relay. */
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { startOf } from "../../client/editor/binding.ts";
import {
  breakLine,
  indentLists,
  joinBackward,
  joinForward,
  toggleKind,
  toggleTask,
} from "../../client/editor/commands.ts";
import { blockPosition, positionAt } from "../../client/editor/flat.ts";
import { schema } from "../../client/editor/schema.ts";
import { rememberSelection } from "../../client/editor/undo.ts";
import { LOCAL } from "../../document/listen.ts";
import { readText } from "../../document/text/read.ts";
import { writeProse } from "../../document/text/write.ts";
import { Writer } from "../../document/text/writer.ts";
import type { Block, BlockKind, Prose } from "../../minutes/value.ts";
import { Random } from "../fuzz/random.ts";
import { Relay, settle, Site } from "../fuzz/site.ts";

const line = (words: string, more: Partial<Block> = {}): Block => ({
  kind: "paragraph",
  ...more,
  spans: words === "" ? [] : [{ text: words }],
});

/** Two writers and a silent one, on the same lines. */
const three = (...prose: Prose): [Site, Site, Site] => {
  const doc = new Y.Doc();
  writeProse(doc.getText("prose:text"), prose);
  const relay = new Relay();
  const start = Y.encodeStateAsUpdate(doc);
  const random = new Random(3);
  return [new Site(relay, start, random), new Site(relay, start, random), new Site(relay, start, random)];
};

const caret = (site: Site, index: number): void => site.caret(positionAt(site.state.doc, index));

const says = (site: Site): [BlockKind, string][] =>
  readText(site.text).map((block) => [block.kind, block.spans.map((span) => span.text).join("")]);

const agree = (...sites: Site[]): void => {
  settle(sites);
  const [first] = sites as [Site];
  for (const site of sites) {
    expect(site.state.doc.eq(startOf(site.text))).toBe(true);
    expect(readText(site.text)).toEqual(readText(first.text));
    expect(site.binding.rereads).toBe(0);
  }
};

describe("E1 what is written", () => {
  test("E1 opening writes nothing, whatever stands there", () => {
    const [, , silent] = three(line("un"));
    expect(silent.made).toBe(0);
    const empty = new Site(new Relay(), Y.encodeStateAsUpdate(new Y.Doc()), new Random(1));
    expect([empty.made, empty.state.doc.childCount]).toEqual([0, 1]);
  });

  test("E1 a keystroke is one small update and nothing else", () => {
    const [a] = three(line("un deux trois"));
    let size = 0;
    a.doc.on("update", (update: Uint8Array) => (size += update.length));
    a.dispatch(a.state.tr.insertText("x", 4));
    expect(a.made).toBe(1);
    expect(size).toBeLessThan(40);
  });

  test("P3 P4 hearing others writes nothing", () => {
    const [a, b, silent] = three(line("un deux"), line("trois"));
    a.dispatch(a.state.tr.addMark(1, 5, schema.mark("bold")));
    b.dispatch(b.state.tr.addMark(3, 7, schema.mark("bold")));
    settle([a, b, silent]);
    b.dispatch(b.state.tr.removeMark(2, 6));
    a.dispatch(a.state.tr.delete(2, 4));
    agree(a, b, silent);
    expect(silent.made).toBe(0);
  });

  test("P6 Enter at the end: the old break, and what others do to it, stays with its line", () => {
    const [a, b] = three(line("un"), line("deux"));
    caret(a, 2);
    a.run(breakLine);
    caret(b, 1);
    b.run(toggleKind("heading", 1));
    agree(a, b);
    expect(says(a)).toEqual([
      ["heading", "un"],
      ["paragraph", ""],
      ["paragraph", "deux"],
    ]);
  });

  test.each([[[]], [["un"]], [["un", ""]]])(
    "P6 E2 whoever stands in the last line of %j stays in it when somebody begins another",
    (words: string[]) => {
      const [a, b] = three(...words.map((each) => line(each)));
      const end = (site: Site): void => site.caret(site.state.doc.content.size);
      end(a);
      end(b);
      b.run(breakLine);
      b.dispatch(b.state.tr.insertText("trois"));
      settle([a, b]);
      a.dispatch(a.state.tr.insertText("deux"));
      agree(a, b);
      expect(says(a).map(([, text]) => text)).toEqual([...words.slice(0, -1), `${words.at(-1) ?? ""}deux`, "trois"]);
    },
  );

  test("P6 Enter in the middle: the old break stays with the second half", () => {
    const [a, b] = three(line("un deux", { kind: "bullet" }), line("trois"));
    caret(a, 2);
    a.run(breakLine);
    b.dispatch(b.state.tr.insertText("!", 8));
    agree(a, b);
    expect(says(a)).toEqual([
      ["bullet", "un"],
      ["bullet", " deux!"],
      ["paragraph", "trois"],
    ]);
  });

  test("P7 two people join the same lines: the third line stays its own", () => {
    const [a, b] = three(line("un"), line(""), line("trois", { kind: "quote" }));
    for (const site of [a, b]) {
      caret(site, 3);
      site.run(joinBackward);
    }
    agree(a, b);
    expect(says(a)).toEqual([
      ["paragraph", "un"],
      ["quote", "trois"],
    ]);
  });

  test("P8 half a character typed becomes a whole one, for everybody", () => {
    const [a, b] = three(line("un"));
    a.dispatch(a.state.tr.insertText("\uD83D", 1));
    settle([a, b]);
    expect(a.shown()).toBe("\uFFFDun");
    expect(b.shown()).toBe("\uFFFDun");
  });

  test("P8 a pair replaced by its neighbour is replaced whole", () => {
    const [a, b] = three(line("a😀b"));
    a.dispatch(a.state.tr.insertText("😁", 2, 4));
    agree(a, b);
    expect(b.shown()).toBe("a😁b");
  });

  test("P12 a state that is thrown away writes nothing, and what is applied is written once", () => {
    const [a] = three(line("un"));
    a.state.apply(a.state.tr.insertText("x", 1));
    expect(a.made).toBe(0);
    a.dispatch(a.state.tr.insertText("y", 1));
    a.dispatch(a.state.tr.setMeta("nothing", true));
    expect([a.made, a.text.toJSON()]).toEqual([1, "yun"]);
  });

  test("P13 the last break is added only when a line needs it", () => {
    const doc = new Y.Doc();
    doc.transact((transaction) => new Writer(transaction, doc.getText("prose:text")).insertText(0, "un"));
    const site = new Site(new Relay(), Y.encodeStateAsUpdate(doc), new Random(1));
    site.dispatch(site.state.tr.insertText("x", 3));
    expect(site.text.length).toBe(3);
    caret(site, 3);
    site.run(breakLine);
    expect(says(site)).toEqual([
      ["paragraph", "unx"],
      ["paragraph", ""],
    ]);
    expect(site.state.doc.eq(startOf(site.text))).toBe(true);
  });

  test("P14 who writes with our origin outside the editor is heard by it", () => {
    const [a] = three(line("un"));
    a.doc.transact((transaction) => new Writer(transaction, a.text).insertText(0, "x"), LOCAL);
    expect(a.shown()).toBe("xun");
    a.doc.transact((transaction) => {
      a.dispatch(a.state.tr.insertText("y", 1));
      new Writer(transaction, a.text).insertText(0, "z");
    }, LOCAL);
    expect(a.shown()).toBe("zyxun");
    expect(a.state.doc.eq(startOf(a.text))).toBe(true);
  });
});

describe("E2 what arrives", () => {
  test("P9 a caret beside words being typed is mapped, not resolved: it stands right at every moment", () => {
    const [a, b] = three(line("un deux"));
    const standing = b.binding.standing(b.state.selection);
    a.dispatch(a.state.tr.insertText("abc", 1));
    const set = DecorationSet.create(a.state.doc, [Decoration.widget(5, () => null as never)]);
    const { tr } = a.state;
    tr.split(3);
    const mapped = set.map(tr.mapping, tr.doc).find()[0]?.from;
    a.dispatch(tr);
    expect(mapped).toBe(7);
    settle([a, b]);
    expect(a.binding.resolve(a.state.doc, standing.head)).toBeTypeOf("number");
  });

  test("E2 the caret stays with the character on its left, at a line's start with the line", () => {
    const [a, b] = three(line("un"), line("deux"));
    caret(a, 1);
    b.dispatch(b.state.tr.insertText("XX", 2));
    agree(a, b);
    expect(a.state.selection.$head.parentOffset).toBe(1);
    caret(a, 5);
    expect(a.state.selection.$head.parent.textContent).toBe("deux");
    caret(b, 4);
    b.run(breakLine);
    agree(a, b);
    expect([a.state.selection.$head.parent.textContent, a.state.selection.$head.parentOffset]).toEqual(["deux", 0]);
  });

  test("P11 bold chosen before typing stays chosen while others write", () => {
    const [a, b] = three(line("un"), line("deux"));
    caret(a, 2);
    a.dispatch(a.state.tr.addStoredMark(schema.mark("bold")));
    b.dispatch(b.state.tr.insertText("x", 6));
    settle([a, b]);
    a.dispatch(a.state.tr.insertText("!"));
    agree(a, b);
    expect(readText(b.text)[0]?.spans.at(-1)).toEqual({ text: "!", marks: { bold: true } });
  });

  test("P10 while a word is composed, changes to its line wait; those elsewhere do not", () => {
    const [a, b] = three(line("un"), line("deux"));
    caret(a, 1);
    a.composing = true;
    b.dispatch(b.state.tr.insertText("Z", 6));
    settle([a, b]);
    expect([a.shown(), a.binding.held]).toEqual(["un\ndZeux", false]);
    b.dispatch(b.state.tr.insertText("X", 1));
    settle([a, b]);
    expect([a.shown(), a.binding.held]).toEqual(["un\ndZeux", true]);
    a.dispatch(a.state.tr.insertText("に", 2));
    settle([a, b]);
    expect(b.shown()).toBe("Xuにn\ndZeux");
    a.composing = false;
    a.binding.release();
    agree(a, b);
  });

  test("P10 what waited is shown once the composition is over, however much still comes; or after four quiet seconds", () => {
    vi.useFakeTimers();
    try {
      const [a, b] = three(line("un"));
      const hear = (): void => {
        b.dispatch(b.state.tr.insertText("X", 1));
        settle([a, b]);
      };
      const ended = a.state.plugins[0]?.props.handleDOMEvents?.compositionend;
      a.composing = true;
      hear();
      vi.advanceTimersByTime(3999);
      hear();
      vi.advanceTimersByTime(3999);
      expect(a.binding.held).toBe(true);
      vi.advanceTimersByTime(1);
      expect([a.binding.held, a.shown()]).toEqual([false, "XXun"]);
      hear();
      a.composing = false;
      ended?.call(a.state.plugins[0] as never, a as never, new Event("compositionend") as never);
      vi.advanceTimersByTime(40);
      hear();
      vi.advanceTimersByTime(20);
      expect(a.binding.held).toBe(false);
      agree(a, b);
    } finally {
      vi.useRealTimers();
    }
  });

  test("P10 words composed in a line that is gone land beside it, once", () => {
    const [a, b] = three(line("un"), line("deux"), line("trois"));
    caret(a, 5);
    a.composing = true;
    b.dispatch(b.state.tr.delete(blockPosition(b.state.doc, 1), blockPosition(b.state.doc, 2)));
    settle([a, b]);
    a.dispatch(a.state.tr.insertText("に"));
    a.composing = false;
    a.binding.release();
    agree(a, b);
    expect(a.shown().split("に")).toHaveLength(2);
  });
});

describe("S05 S06 kinds and undo", () => {
  test("S05 kind, indent and checkbox changed by two people touch no character", () => {
    const [a, b] = three(line("un deux", { kind: "task" }));
    const before = Y.encodeStateVector(a.doc);
    a.run(toggleTask);
    b.run(indentLists(1));
    b.dispatch(b.state.tr.insertText("x", 3));
    agree(a, b);
    expect(a.shown()).toBe("unx deux");
    const deleted = Y.snapshot(a.doc).ds.clients;
    expect([deleted.size, before.length > 0]).toEqual([0, true]);
    expect(readText(a.text)[0]).toMatchObject({ kind: "task", checked: true, indent: 1 });
  });

  test("S06 undo takes back one's own and nothing of others, to the very start", () => {
    const [a, b] = three(line("un"), line("deux"));
    a.dispatch(a.state.tr.insertText("AAA", 2));
    settle([a, b]);
    b.dispatch(b.state.tr.insertText("bbb", 4));
    settle([a, b]);
    caret(a, 0);
    a.run(breakLine);
    while (a.undo.canUndo()) a.undo.undo();
    agree(a, b);
    expect(a.shown()).toBe("ubbbn\ndeux");
    while (a.undo.canRedo()) a.undo.redo();
    agree(a, b);
    expect(a.shown().replaceAll("A", "")).toBe("\nubbbn\ndeux");
  });

  test("E3 undo puts the caret back where it stood", () => {
    const [a] = three(line("un"), line("deux"));
    const stop = rememberSelection(a.undo, a.binding, () => a.binding.standing(a.state.selection));
    caret(a, 1);
    a.dispatch(a.state.tr.insertText("x"));
    caret(a, 7);
    a.undo.undo();
    expect([a.shown(), a.state.selection.head]).toEqual(["un\ndeux", 2]);
    a.undo.redo();
    expect(a.shown()).toBe("uxn\ndeux");
    stop();
  });
});

describe("E4 the keys", () => {
  const pressed = (index: number, command: typeof breakLine, ...prose: Prose) => {
    const [a] = three(...prose);
    caret(a, index);
    a.run(command);
    expect(a.state.doc.eq(startOf(a.text))).toBe(true);
    return readText(a.text);
  };

  test("E4 Enter at the end of a heading gives a paragraph; at its start it opens one above", () => {
    const heading = line("Titre", { kind: "heading" });
    expect(pressed(5, breakLine, heading)).toEqual([heading, line("")]);
    expect(pressed(0, breakLine, heading)).toEqual([line(""), heading]);
  });

  test("E4 Enter in an empty list line steps out, then ends the list; a ticked task is followed by an open one", () => {
    expect(pressed(0, breakLine, line("", { kind: "bullet", indent: 1 }))).toEqual([line("", { kind: "bullet" })]);
    expect(pressed(0, breakLine, line("", { kind: "bullet" }))).toEqual([line("")]);
    const done = line("fait", { kind: "task", checked: true });
    expect(pressed(4, breakLine, done)).toEqual([done, line("", { kind: "task" })]);
  });

  test("E4 Backspace at a line's start: plain first, then out, then joined", () => {
    const un = line("un");
    expect(pressed(3, joinBackward, un, line("deux", { kind: "number", indent: 1 }))[1]).toEqual(
      line("deux", { indent: 1 }),
    );
    expect(pressed(3, joinBackward, un, line("deux", { indent: 1 }))[1]).toEqual(line("deux"));
    expect(pressed(3, joinBackward, un, line("deux"))).toEqual([line("undeux")]);
    expect(pressed(0, joinBackward, un)).toEqual([un]);
  });

  test("E4 Delete at a line's end joins the next; an empty line leaves its place to it", () => {
    const title = line("Titre", { kind: "heading" });
    expect(pressed(0, joinForward, line(""), title)).toEqual([title]);
    expect(pressed(2, joinForward, line("un"), title)).toEqual([line("unTitre")]);
  });

  test("E4 Tab moves list lines only, and lets go when there is nothing to move", () => {
    const [a] = three(line("un", { kind: "bullet", indent: 8 }), line("deux"));
    expect(indentLists(1)(a.state)).toBe(false);
    expect(indentLists(-1)(a.state)).toBe(true);
    caret(a, 4);
    expect(indentLists(1)(a.state)).toBe(false);
  });
});

describe("E13 a long text", () => {
  const LINES = 420;
  /** Where a line stands in another chunk than the one before. */
  const seams = ({ state: { doc } }: Site): number[] =>
    Array.from({ length: doc.childCount }, (_, at) => at).filter(
      (at) => at > 0 && doc.child(at).marks !== doc.child(at - 1).marks && !doc.child(at).sameMarkup(doc.child(at - 1)),
    );

  test("E13 stands in chunks, a short one in none, and a line that comes stands in the one it comes into", () => {
    const [short] = three(line("un"), line("deux"));
    expect(short.state.doc.child(0).marks).toEqual([]);
    const lines = Array.from({ length: LINES }, (_, n) => line(`ligne ${n}`));
    const [a, b, silent] = three(...lines);
    const cut = seams(a).length;
    expect(cut).toBe(Math.ceil(LINES / 50) - 1);
    for (const at of [0, 700, 2000]) {
      caret(a, at);
      breakLine(a.state, (tr) => a.dispatch(tr));
    }
    settle([a, b, silent]);
    caret(b, 1200);
    joinBackward(b.state, (tr) => b.dispatch(tr));
    breakLine(b.state, (tr) => b.dispatch(tr));
    caret(b, b.text.length - 1);
    breakLine(b.state, (tr) => b.dispatch(tr));
    settle([a, b, silent]);
    for (const site of [a, b, silent]) {
      expect(seams(site)).toHaveLength(cut);
      expect(site.binding.rereads).toBe(0);
      expect(readText(site.text)).toEqual(readText(a.text));
    }
    expect(readText(a.text).length).toBeGreaterThan(LINES + 3);
    expect(silent.made).toBe(0);
  });
});
