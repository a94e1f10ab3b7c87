/** D15: what layout 1 wrote reads for ever as it read then. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { layoutOf } from "../../document/handshake.ts";
import { read } from "../../document/read.ts";
import { stampNumbers } from "../../document/stamp.ts";
import { inspectUpdate } from "../../document/updates.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures");

/** Two devices that wrote at once, then a stock client and a newer layout: never written again. */
const update = readFileSync(join(FIXTURES, "layout-1.bin"));
const expected: unknown = JSON.parse(readFileSync(join(FIXTURES, "layout-1.json"), "utf8"));
const CONTEXT = { id: "fixture", state: "open", names: new Map([["visitor-one", "Céline"]]) } as const;

describe("layout 1", () => {
  test("D15 a document of layout 1 reads as it did when it was written", () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, update);
    expect(layoutOf(doc)).toBe(1);
    expect(read(doc, CONTEXT)).toEqual(expected);
  });

  test("D15 it can still be written to, and its update still passes the gate", () => {
    expect(inspectUpdate(update).deletes.size).toBeGreaterThan(0);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, update);
    addItem(doc, "items", { text: "Encore une", at: "2026-06-01T00:00:00.000Z" });
    stampNumbers(doc);
    const section = read(doc, CONTEXT).sections.find(({ id }) => id === "items");
    const added = section?.kind === "items" ? section.items.find(({ text }) => text === "Encore une") : undefined;
    expect(added?.number).toBe(4);
  });
});
