/** E14 L11: what a key costs in a text of thousands of lines, counted in lines that somebody looks into. */
import type { Node } from "@tiptap/pm/model";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { startOf } from "../../client/editor/binding.ts";
import { isKind } from "../../client/editor/commands.ts";
import { blockIndexAt, blockPosition, blockStart, unitCount } from "../../client/editor/flat.ts";
import { hosts } from "../../client/editor/hosts.ts";
import { numbers } from "../../client/editor/numbers.ts";
import { writesOf } from "../../client/editor/outgoing.ts";
import { writeProse } from "../../document/text/write.ts";
import { Random } from "../fuzz/random.ts";

const LINES = 6700;

const large = (lines = LINES): EditorState => {
  const text = new Y.Doc().getText("prose:text");
  writeProse(
    text,
    Array.from({ length: lines }, (_, n) => ({ kind: "paragraph", spans: [{ text: `Ligne ${n + 1}` }] })),
  );
  return EditorState.create({ doc: startOf(text), plugins: [numbers(""), hosts()] });
};

/** Into which lines of `doc` somebody looks from now on. */
const lookedInto = (doc: Node): Set<number> => {
  const seen = new Set<number>();
  for (const [i, line] of doc.children.entries()) {
    const { content } = line;
    const look = (): typeof content => {
      seen.add(i);
      return content;
    };
    Object.defineProperty(line, "content", { get: look });
  }
  return seen;
};

test(`E14 a key in ${LINES} lines is written, numbered and told in the toolbar by looking into its own line`, () => {
  const state = large();
  expect(unitCount(state.doc)).toBeGreaterThan(LINES);
  const seen = lookedInto(state.doc);
  const tr = state.tr.insertText("x", 3);
  const next = state.apply(tr);
  expect(writesOf(tr.before, tr.doc, tr.steps[0]!)).toMatchObject([{ do: "insert", at: 2 }]);
  expect([...seen].filter((line) => line > 1)).toEqual([]);
  const far = next.apply(next.tr.setSelection(TextSelection.atEnd(next.doc)));
  seen.clear();
  expect(isKind(far, "paragraph")).toBe(true);
  expect([...seen]).toEqual([LINES - 1]);
});

test("E14 places in a document that has changed are those of one that is measured afresh", () => {
  const random = new Random(7);
  let state = large(40);
  for (let n = 0; n < 200; n += 1) {
    const { doc } = state;
    const [at, other] = [random.below(doc.childCount), random.below(doc.childCount)];
    const [from, to] = [Math.min(at, other), Math.max(at, other)];
    const { tr } = state;
    const place = blockPosition(doc, from) + 1;
    if (n % 4 === 0) tr.split(place);
    else if (n % 4 === 1 && doc.childCount > 20) tr.delete(place, blockPosition(doc, to) + 1);
    else if (n % 4 === 2) tr.insertText("é😀", place);
    // The same lines once more, in other places.
    else tr.insert(blockPosition(doc, from), [doc.child(to), doc.child(from)]);
    state = state.apply(tr);
    let index = 0;
    state.doc.forEach((line, offset, i) => {
      expect([blockStart(state.doc, i), blockPosition(state.doc, i)]).toEqual([index, offset]);
      expect(blockIndexAt(state.doc, index)).toBe(i);
      index += line.content.size + 1;
    });
    expect(unitCount(state.doc)).toBe(index);
  }
});
