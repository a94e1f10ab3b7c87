/** Picks: one set per visitor, given back with what is removed, counted, ranked; written by the server alone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { newDocument } from "../../document/create.ts";
import { addItem, removeItem, restoreItem, setItem } from "../../document/edit/items.ts";
import { castBallot, setPick, type Hand } from "../../document/edit/picks.ts";
import { rank } from "../../document/edit/ranking.ts";
import { ballotsOf, itemOf, sectionsOf } from "../../document/layout.ts";
import { readBallots } from "../../document/picking.ts";
import { read } from "../../document/read.ts";
import type { ItemsSection, RankingSection } from "../../minutes/value.ts";
import { sampleTemplate } from "./sample.ts";

const CONTEXT = { id: "w", state: "live" } as const;

const workshop = (count: number): { doc: Y.Doc; ids: string[] } => {
  const doc = newDocument(sampleTemplate());
  const ids = Array.from({ length: count }, (_, index) =>
    addItem(doc, "items", { text: `Point ${index + 1}`, at: new Date(1_000 * index).toISOString() }),
  );
  return { doc, ids };
};
const items = (doc: Y.Doc): ItemsSection =>
  read(doc, CONTEXT).sections.find((section): section is ItemsSection => section.id === "items")!;
const ranking = (doc: Y.Doc): RankingSection =>
  read(doc, CONTEXT).sections.find((section): section is RankingSection => section.id === "ranking")!;
const votes = (doc: Y.Doc): (number | undefined)[] =>
  items(doc)
    .items.toSorted((a, b) => a.number - b.number)
    .map((item) => item.votes);
const cast = (doc: Y.Doc, visitor: string, item: string | undefined, picked = true): ReturnType<typeof castBallot> =>
  castBallot(doc, { section: "items", item: item ?? "", visitor, picked });

describe("a pick", () => {
  test("D20 is opened with three picks and open results, and closed; nothing can be picked before or after", () => {
    const { doc, ids } = workshop(2);
    expect(items(doc).pick).toBeUndefined();
    expect(cast(doc, "céline", ids[0])).toBe("not-open");
    expect(setPick(doc, "items", { open: true })).toEqual({ size: 3, open: true, hidden: false, voters: 0 });
    expect(cast(doc, "céline", ids[0])).toEqual({ picked: [ids[0]], left: 2 });
    expect(setPick(doc, "items", { open: false })).toMatchObject({ open: false, size: 3, voters: 1 });
    expect(cast(doc, "brice", ids[0])).toBe("not-open");
    expect(items(doc).pick).toEqual({ size: 3, open: false, hidden: false, voters: 1 });
    expect(setPick(doc, "prose", { open: true })).toBe("no-section");
    expect(setPick(doc, "toString", { open: true })).toBe("no-section");
  });

  test("D21 gives each visitor one set: a ballot counts once however often it comes, and none is left after the last", () => {
    const { doc, ids } = workshop(4);
    setPick(doc, "items", { open: true });
    for (const id of [ids[0], ids[0], ids[1], ids[0], ids[2]]) cast(doc, "céline", id);
    expect(cast(doc, "céline", ids[3])).toBe("none-left");
    expect(cast(doc, "céline", ids[1])).toEqual({ picked: ids.slice(0, 3), left: 0 });
    expect(cast(doc, "brice", ids[3])).toEqual({ picked: [ids[3]], left: 2 });
    expect(votes(doc)).toEqual([1, 1, 1, 1]);
    expect(cast(doc, "céline", ids[1], false)).toEqual({ picked: [ids[0], ids[2]], left: 1 });
    const state = Y.encodeStateVector(doc);
    expect(cast(doc, "céline", ids[1], false)).toEqual({ picked: [ids[0], ids[2]], left: 1 });
    expect(Y.encodeStateVector(doc)).toEqual(state);
    expect(cast(doc, "céline", "nothing")).toBe("no-item");
    expect(cast(doc, "céline", "__proto__")).toBe("no-item");
  });

  test("D21 gives back the picks of a removed item; one that was used again does not come back with the item", () => {
    const { doc, ids } = workshop(4);
    setPick(doc, "items", { open: true, size: 2 });
    cast(doc, "céline", ids[0]);
    cast(doc, "céline", ids[1]);
    cast(doc, "brice", ids[0]);
    removeItem(doc, "items", ids[0]!);
    expect(cast(doc, "céline", ids[2])).toEqual({ picked: [ids[1], ids[2]], left: 0 });
    restoreItem(doc, "items", ids[0]!);
    // Brice's stands again, Céline's was spent elsewhere.
    expect(votes(doc)).toEqual([1, 1, 1, 0]);
    expect(cast(doc, "céline", ids[3])).toBe("none-left");
  });

  test("D21 nobody's ballots are taken away by a smaller size", () => {
    const { doc, ids } = workshop(3);
    setPick(doc, "items", { open: true });
    cast(doc, "céline", ids[0]);
    cast(doc, "céline", ids[1]);
    expect(setPick(doc, "items", { size: 1 })).toBe("picked-more");
    expect(setPick(doc, "items", { size: 2 })).toMatchObject({ size: 2 });
  });

  test("D22 keeps hidden results to itself until the close, and says how many have picked", () => {
    const { doc, ids } = workshop(2);
    setPick(doc, "items", { open: true, hidden: true });
    cast(doc, "céline", ids[1]);
    cast(doc, "brice", ids[1]);
    expect(votes(doc)).toEqual([undefined, undefined]);
    expect(items(doc).pick).toEqual({ size: 3, open: true, hidden: true, voters: 2 });
    expect(ranking(doc)).toMatchObject({ picked: true, ranked: [], overflow: [] });
    setPick(doc, "items", { open: false });
    expect(votes(doc)).toEqual([0, 2]);
    expect(ranking(doc).ranked.map(({ number }) => number)).toEqual([2]);
  });

  test("D22 fills the ranking: ties share a place, nobody falls below the line by chance, until a hand has ranked", () => {
    const { doc, ids } = workshop(6);
    setPick(doc, "items", { open: true, size: 6 });
    // 3 votes for the fourth, 2 for the first, 1 each for the second, third and sixth.
    for (const [visitor, at] of Object.entries({ céline: [3, 0, 1], brice: [3, 0, 2], nadia: [3, 5] }))
      for (const index of at) cast(doc, visitor, ids[index]);
    const places = ({ ranked }: RankingSection): unknown => ranked.map(({ number, place }) => [number, place]);
    expect(ranking(doc).picked).toBe(true);
    expect(places(ranking(doc))).toEqual([
      [4, 1],
      [1, 2],
      [2, 3],
      [3, 3],
      [6, 3],
    ]);
    cast(doc, "nadia", ids[1]);
    cast(doc, "céline", ids[1]);
    expect(ranking(doc).overflow.map(({ number }) => number)).toEqual([3, 6]);
    rank(doc, "ranking", ids[5]!);
    expect(ranking(doc).picked).toBeUndefined();
    expect(ranking(doc).ranked.map(({ number, votes: count }) => [number, count])).toEqual([[6, 1]]);
  });

  test("D22 counts what is a ballot, and nothing else", () => {
    const { doc, ids } = workshop(1);
    for (const [key, value] of [
      [`${ids[0]}:v1`, 1],
      [`${ids[0]}:v2`, 2],
      [`${ids[0]}:v3`, "1"],
      [`${ids[0]}:`, 1],
      [":v4", 1],
      ["v5", 1],
      ["gone:v6", 1],
    ] as const)
      ballotsOf(doc).set(key, value);
    // Without a pick no ballot counts.
    expect(votes(doc)).toEqual([undefined]);
    setPick(doc, "items", { open: true });
    expect(votes(doc)).toEqual([1]);
    expect(items(doc).pick?.voters).toBe(1);
    expect(new Set(readBallots(ballotsOf(doc)).keys())).toEqual(new Set(["gone", ids[0]]));
    (sectionsOf(doc).get("items") as Y.Map<unknown>).set("pickSize", Number.NaN);
    expect(items(doc).pick?.size).toBe(3);
  });

  test("D21 whatever comes in whatever order, nobody holds more than their set and the tally is the sum of the sets", () => {
    const step = fc.record({
      visitor: fc.constantFrom("a", "b", "c"),
      item: fc.nat(5),
      act: fc.constantFrom("pick", "pick", "pick", "leave", "remove", "restore", "merge", "part"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (steps, size) => {
        const { doc, ids } = workshop(6);
        setPick(doc, "items", { open: true, size });
        for (const { visitor, item, act } of steps) {
          const id = ids[item]!;
          if (act === "pick" || act === "leave") {
            const before = items(doc).items.find((each) => each.id === id)?.votes;
            const hand = cast(doc, visitor, id, act === "pick");
            const after = items(doc).items.find((each) => each.id === id)?.votes;
            if (typeof hand === "string") expect(after).toBe(before);
            else expect((hand satisfies Hand).left).toBe(size - hand.picked.length);
          }
          if (act === "remove") removeItem(doc, "items", id);
          if (act === "restore") restoreItem(doc, "items", id);
          // The first two of them say the same: the later goes into the earlier.
          if (act === "merge") {
            itemOf(doc, "items", ids[0]!)?.set("merged", ids[1]);
            removeItem(doc, "items", ids[1]!);
          }
          if (act === "part") {
            itemOf(doc, "items", ids[0]!)?.set("merged", "");
            restoreItem(doc, "items", ids[1]!);
          }
          const ballots = readBallots(ballotsOf(doc));
          const held = new Map<string, number>();
          for (const voters of ballots.values()) for (const each of voters) held.set(each, (held.get(each) ?? 0) + 1);
          expect(Math.max(0, ...held.values())).toBeLessThanOrEqual(size);
          for (const each of items(doc).items) {
            const mine = [each.id, ...(each.merged ?? []).map((merged) => merged.id)];
            expect(each.votes).toBe(new Set(mine.flatMap((one) => [...(ballots.get(one) ?? [])])).size);
          }
        }
        doc.destroy();
      }),
      { numRuns: 60 },
    );
  });

  test("D3 the state of a pick is no word of a section of an unknown kind", () => {
    const { doc } = workshop(0);
    setPick(doc, "items", { open: true });
    (sectionsOf(doc).get("items") as Y.Map<unknown>).set("kind", "poll");
    expect(JSON.stringify(read(doc, CONTEXT))).not.toContain('"open"');
  });

  test("D23 an item says that its words were corrected, and by whom", () => {
    const { doc, ids } = workshop(1);
    setItem(doc, "items", ids[0]!, "corrected", "2026-03-05T10:50:00Z");
    setItem(doc, "items", ids[0]!, "corrector", "v");
    const names = new Map([["v", "Nadia"]]);
    const read1 = read(doc, { ...CONTEXT, names }).sections.find(({ id }) => id === "items") as ItemsSection;
    expect(read1.items[0]).toMatchObject({ number: 1, corrected: "2026-03-05T10:50:00.000Z", correctedBy: "Nadia" });
  });
});
