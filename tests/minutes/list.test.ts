/** Nesting, numbers, letters and plain text of flat blocks. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blockNumbers, listTree, type ListNode } from "../../minutes/list.ts";
import { letter } from "../../minutes/number.ts";
import { plainText, proseFromPlain } from "../../minutes/plain.ts";
import { proseFromLines } from "../../minutes/prose-lines.ts";
import { prose } from "./arbitrary.ts";

/** The tree as nested arrays of words, to be read at a glance. */
const shape = (nodes: readonly ListNode[]): unknown[] =>
  nodes.map((node) =>
    node.type === "leaf"
      ? plainText([node.block])
      : [
          node.marker,
          ...node.entries.flatMap((entry) => [
            plainText([entry.block]),
            ...(entry.children.length > 0 ? [shape(entry.children)] : []),
          ]),
        ],
  );

const indices = (nodes: readonly ListNode[]): number[] =>
  nodes.flatMap((node) =>
    node.type === "leaf" ? [node.index] : node.entries.flatMap((entry) => [entry.index, ...indices(entry.children)]),
  );

describe("listTree", () => {
  test("M3 nests by indent and keeps kinds apart", () => {
    expect(shape(listTree(proseFromLines("- a\n  - b\n  1. c\n- d\ne\n1. f")))).toEqual([
      [
        "bullet",
        "a",
        [
          ["bullet", "b"],
          ["number", "c"],
        ],
        "d",
      ],
      "e",
      ["number", "f"],
    ]);
  });

  test("M3 puts an indented paragraph into the entry above it, and goes on counting", () => {
    const blocks = proseFromLines("1. a\n  more of a\n2. b\nc\n1. d");
    expect(shape(listTree(blocks))).toEqual([["number", "a", ["more of a"], "b"], "c", ["number", "d"]]);
    expect(blockNumbers(blocks)).toEqual([1, undefined, 2, undefined, 1]);
  });

  test("M3 closes up jumps, and 2, 0 is one list", () => {
    expect(shape(listTree(proseFromLines("- a\n          - b\n    - c")))).toEqual([
      ["bullet", "a", [["bullet", "b", "c"]]],
    ]);
    expect(shape(listTree(proseFromLines("    - a\n- b")))).toEqual([["bullet", "a", "b"]]);
  });

  test("M3 a heading ends every list", () => {
    expect(shape(listTree(proseFromLines("- a\n# b\n- c")))).toEqual([["bullet", "a"], "b", ["bullet", "c"]]);
  });

  test("M3 holds every block once, in order, whatever the indents", () => {
    fc.assert(
      fc.property(prose, (blocks) => {
        expect(indices(listTree(blocks))).toEqual(blocks.map((_, index) => index));
        for (const [index, number] of blockNumbers(blocks).entries()) {
          expect(number !== undefined).toBe(blocks[index]?.kind === "number");
        }
      }),
    );
  });
});

test("M14 letters go A, B … Z, AA", () => {
  expect([1, 2, 26, 27, 52, 53, 702, 703].map(letter)).toEqual(["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
  expect([0, -1, 1.5, Number.NaN].map(letter)).toEqual(["", "", "", ""]);
});

test("M9 plain text and back is the same text", () => {
  const line = fc.string().map((text) => text.replace(/[\n\r\u2028\u2029]/gu, ""));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      expect(plainText(proseFromPlain(lines.join("\n")))).toBe(lines.join("\n"));
    }),
  );
});

test("lines of a template file become blocks", () => {
  expect(proseFromLines("## Titre\n- [x] fait\n  - [ ] à faire\n> dit\n12. douze\n\nsimple")).toEqual([
    { kind: "heading", level: 2, spans: [{ text: "Titre" }] },
    { kind: "task", checked: true, spans: [{ text: "fait" }] },
    { kind: "task", indent: 1, spans: [{ text: "à faire" }] },
    { kind: "quote", spans: [{ text: "dit" }] },
    { kind: "number", spans: [{ text: "douze" }] },
    { kind: "paragraph", spans: [{ text: "simple" }] },
  ]);
});
