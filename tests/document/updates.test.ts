/** D12: an update is looked into before anybody applies it, at a cost its bytes bound. */
import * as fc from "fast-check";
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { addItem, moveItem, removeItem } from "../../document/edit/items.ts";
import { itemsOf, proseOf } from "../../document/layout.ts";
import { listen, LOCAL } from "../../document/listen.ts";
import { Refusal } from "../../document/refusal.ts";
import { inspectUpdate, leavesGap } from "../../document/updates.ts";
import { hostileDeeds, together } from "./hostile.ts";
import { sampleTemplate } from "./sample.ts";

const AT = "2026-01-01T00:00:00.000Z";

function codeOf(update: Uint8Array): string {
  try {
    inspectUpdate(update);
    return "accepted";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** Numbers as lib0 writes them, then strings. */
function bytes(...parts: (number | string)[]): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "string") encoding.writeVarString(encoder, part);
    else encoding.writeVarUint(encoder, part);
  }
  return encoding.toUint8Array(encoder);
}

describe("honest updates", () => {
  test("D12 tells whose clocks an update brings and deletes, exactly", () => {
    fc.assert(
      fc.property(hostileDeeds, (deeds) => {
        const update = together(deeds);
        const { brings, deletes, structs } = inspectUpdate(update);
        const meta = Y.parseUpdateMeta(update);
        expect(new Map([...brings].map(([client, [first]]) => [client, first?.clock]))).toEqual(meta.from);
        const ends = [...brings].map(
          ([client, ranges]) => [client, (ranges.at(-1)?.clock ?? 0) + (ranges.at(-1)?.length ?? 0)] as const,
        );
        expect(new Map(ends)).toEqual(meta.to);
        const decoded = Y.decodeUpdate(update);
        expect(new Set(deletes.keys())).toEqual(new Set(decoded.ds.clients.keys()));
        expect(structs).toBeGreaterThanOrEqual(decoded.structs.length);
        expect(leavesGap(inspectUpdate(update), new Y.Doc())).toBe(false);
      }),
    );
  });

  test("D12 knows when an update waits for another: what comes before it, what it stands in, what it deletes", () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, create(sampleTemplate()));
    const empty = new Y.Doc();
    const behind = new Y.Doc();
    Y.applyUpdate(behind, Y.encodeStateAsUpdate(doc));
    const sent: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => sent.push(update));
    const id = addItem(doc, "items", { text: "a", at: AT });
    addItem(doc, "items", { text: "b", at: AT });
    removeItem(doc, "items", id);
    const [first, second, removal] = sent.map((update) => inspectUpdate(update));
    if (!first || !second || !removal) throw new Error("three updates");
    expect([first, second, removal].map((each) => leavesGap(each, behind))).toEqual([false, true, true]);
    expect([first, second, removal].map((each) => leavesGap(each, doc))).toEqual([false, false, false]);
    doc.getText("title").delete(0, 3);
    expect(leavesGap(inspectUpdate(sent.at(-1) ?? new Uint8Array()), empty)).toBe(true);
  });
});

describe("what people really send", () => {
  const deed = fc.record({ who: fc.nat(2), what: fc.nat(9), where: fc.nat(200), sync: fc.boolean() });

  test("D12 whatever people type, delete, move, undo, and however they come back, is never refused and never waits", () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 80 }), (deeds) => {
        const server = new Y.Doc();
        const receive = (update: Uint8Array): void => {
          expect(leavesGap(inspectUpdate(update), server)).toBe(false);
          Y.applyUpdate(server, update);
        };
        receive(create(sampleTemplate()));
        const people = [0, 1, 2].map(() => person(server));
        for (const { who, what, where, sync } of deeds) {
          const each = people[who];
          if (!each) continue;
          act(each, what, where);
          if (!sync) continue;
          // As a reconnection does: each side sends what the other has not.
          const { doc } = each;
          receive(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)));
          Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)));
          // And as every keystroke does.
          const sent: Uint8Array[] = [];
          const stop = listen(doc, "update", (update: Uint8Array) => void sent.push(update));
          act(each, what + 1, where);
          stop();
          for (const update of sent) receive(update);
        }
        for (const { doc } of people) receive(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)));
        receive(Y.encodeStateAsUpdate(server));
      }),
      { numRuns: 100 },
    );
  });
});

interface Person {
  doc: Y.Doc;
  undo: Y.UndoManager;
}

function person(server: Y.Doc): Person {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
  return { doc, undo: new Y.UndoManager(doc, { trackedOrigins: new Set([LOCAL, null]), captureTimeout: 0 }) };
}

function act({ doc, undo }: Person, what: number, where: number): void {
  const text = proseOf(doc, "prose");
  const at = where % (text.length + 1);
  const ids = [...itemsOf(doc, "items").keys()];
  const id = ids[where % ids.length] ?? "";
  if (what < 3) text.insert(at, ["é", "word 🌱 ", "a\nb"][what] ?? "");
  if (what === 3) text.delete(at, Math.min(where % 7, text.length - at));
  if (what === 4) text.format(at, Math.min(3, text.length - at), { bold: true });
  if (what === 5) addItem(doc, "items", { text: "x", at: AT });
  if (what === 6) moveItem(doc, "items", id, { before: ids[0] ?? "" });
  if (what === 7) removeItem(doc, "items", id);
  if (what === 8) undo.undo();
  if (what === 9) undo.redo();
  if (what === 10) itemsOf(doc, "items").delete(id);
}

describe("hostile updates", () => {
  test("D12 what is accepted can be applied, and the document encoded again", () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        hostileDeeds,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 2 }),
        (deeds, damage) => {
          const update = together(deeds);
          for (const [at, byte] of damage) update[at % update.length] = byte;
          if (codeOf(update) !== "accepted") return;
          accepted += 1;
          const doc = new Y.Doc();
          const gap = leavesGap(inspectUpdate(update), doc);
          Y.applyUpdate(doc, update);
          const waiting = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
          expect(waiting && !gap).toBe(false);
          const copy = new Y.Doc();
          Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
        },
      ),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  test("D12 random bytes are refused, never anything else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (update) => void codeOf(update)),
      { numRuns: 3000 },
    );
    expect(codeOf(new Uint8Array())).toBe("malformed-update");
  });

  test.each([
    ["seven bytes that announce thirty million structs", bytes(1, 30_000_000, 1, 0)],
    ["a collected struct of an impossible length for somebody else", bytes(1, 1, 7, 0, 0, 2 ** 45, 0)],
    ["a deletion of an impossible length", bytes(0, 1, 7, 1, 0, 2 ** 45)],
    ["a struct without a length", bytes(1, 1, 7, 0, 0, 0, 0)],
    ["content of a kind nobody knows", bytes(1, 1, 7, 0, 12, 1, "title", 1, 0)],
    ["a type nobody knows", bytes(1, 1, 7, 0, 7, 1, "title", 9, 0)],
    ["an item that stands next to itself", bytes(1, 1, 7, 3, 0x84, 7, 3, "x", 0)],
    ["the same client twice", bytes(2, 1, 7, 0, 0, 1, 1, 7, 0, 0, 1, 0)],
    ["bytes after the end", bytes(0, 0, 0)],
    ["an embed that is no JSON", bytes(1, 1, 7, 0, 5, 1, "title", "{", 0)],
    ["an embed nested too deep", bytes(1, 1, 7, 0, 5, 1, "title", `${"[".repeat(5000)}${"]".repeat(5000)}`, 0)],
    [
      "a value nested too deep",
      bytes(1, 1, 7, 0, 8, 1, "title", 1, ...Array.from({ length: 60 }, () => [117, 1]).flat(), 120, 0),
    ],
    ["a value that chooses its prototype", bytes(1, 1, 7, 0, 8, 1, "title", 1, 118, 1, "__proto__", 118, 0, 0)],
    ["a document within, without options", bytes(1, 1, 7, 0, 9, 1, "title", "id", 126, 0)],
  ])("D12 refuses %s", (_, update) => {
    expect(codeOf(update)).toBe("malformed-update");
  });

  test("D12 refuses what is too large, in bytes or in structs", () => {
    expect(codeOf(new Uint8Array(1_048_577))).toBe("too-large");
    const many = new Uint8Array([...bytes(1, 210_000, 7, 0), ...Array.from({ length: 420_000 }, (_, i) => i % 2), 0]);
    expect(codeOf(many)).toBe("too-large");
    expect(inspectUpdate(many, { bytes: 1_000_000, structs: 300_000 }).brings.get(7)).toEqual([
      { clock: 0, length: 210_000 },
    ]);
  });
});
