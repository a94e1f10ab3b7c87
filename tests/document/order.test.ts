/** D8: a place can be found anywhere among siblings, whatever their keys are. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareOrder, firstKeys, isKey, place, type Placed } from "../../document/order.ts";

/** Writes what `place` gives and reads the order back. */
function put(
  siblings: readonly Placed[],
  id: string,
  index: number,
): { ids: string[]; written: number; all: Placed[] } {
  const pairs = new Map(place(id, siblings, index));
  const all = [...siblings, { id, order: undefined }]
    .map((each): Placed => ({ ...each, order: pairs.get(each.id) ?? each.order }))
    .toSorted(compareOrder);
  return { ids: all.map((each) => each.id), written: pairs.size, all };
}

const order = fc.oneof(
  fc.constantFrom<unknown>(
    "a0",
    "a1",
    "a1V",
    "zz",
    "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
    "A00000000000000000000000000",
    "a00",
    "",
    "~",
  ),
  fc.constantFrom<unknown>(undefined, null, 7, {}, "a".repeat(1000), `a1${"z".repeat(254)}`),
  fc.string({ maxLength: 6 }),
);

describe("order", () => {
  test("D8 anything can be put anywhere among siblings with any keys, and the others keep their order", () => {
    fc.assert(
      fc.property(fc.array(order, { maxLength: 12 }), fc.nat(12), (orders, wanted) => {
        const siblings = orders.map((each, i): Placed => ({ id: `s${i}`, order: each })).toSorted(compareOrder);
        const index = Math.min(wanted, siblings.length);
        const expected = siblings.map(({ id }) => id).toSpliced(index, 0, "new");
        const { ids, all } = put(siblings, "new", index);
        expect(ids).toEqual(expected);
        expect(isKey(all[index]?.order)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("D8 among keys of our own only the moved one is written, and keys stay short", () => {
    let siblings: Placed[] = firstKeys(3).map((key, i) => ({ id: `s${i}`, order: key }));
    for (let i = 0; i < 500; i += 1) {
      // Always the same gap: the worst place there is.
      const { all, written } = put(siblings, `n${i}`, 1);
      expect(written).toBe(1);
      siblings = all;
    }
    for (let i = 0; i < 500; i += 1) siblings = put(siblings, `m${i}`, siblings.length - (i % 2)).all;
    expect(Math.max(...siblings.map((each) => String(each.order).length))).toBeLessThan(120);
  });

  test("D8 two people who append at once do not get the same key", () => {
    const siblings = firstKeys(2).map((key, i): Placed => ({ id: `s${i}`, order: key }));
    const keys = Array.from({ length: 50 }, () => place("x", siblings, 2)[0]?.[1]);
    // Three random characters: among fifty draws two are alike once in two hundred times, five almost never.
    expect(new Set(keys).size).toBeGreaterThan(45);
    expect(keys.every(isKey)).toBe(true);
  });

  test("D8 ties are settled by id, what has no key comes last in the order of its capture", () => {
    const placed: Placed[] = [
      { id: "late", order: 3, at: "2026-02-01" },
      { id: "never", order: null },
      { id: "early", order: undefined, at: "2026-01-01" },
      { id: "b", order: "a0" },
      { id: "a", order: "a0" },
    ];
    expect(placed.toSorted(compareOrder).map(({ id }) => id)).toEqual(["a", "b", "early", "late", "never"]);
  });
});
