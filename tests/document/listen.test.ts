/** D10: a handler that throws is told to whoever composes the program, and to nobody else. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterEach, describe, expect, test } from "vitest";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";
import { listen, reportFaults } from "../../document/listen.ts";

const faults: [unknown, string][] = [];
reportFaults((error, event) => void faults.push([error, event]));
afterEach(() => void faults.splice(0));

/** Gives `doc` an update the way a connection does. @returns what y-protocols swallowed. */
function receive(doc: Y.Doc, update: Uint8Array): unknown[] {
  const encoder = encoding.createEncoder();
  sync.writeUpdate(encoder, update);
  const swallowed: unknown[] = [];
  const decoder = decoding.createDecoder(encoding.toUint8Array(encoder));
  sync.readSyncMessage(decoder, encoding.createEncoder(), doc, "wire", (error) => void swallowed.push(error));
  return swallowed;
}

function typed(words: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("title").insert(0, words);
  return Y.encodeStateAsUpdate(doc);
}

const broken = (): never => {
  throw new Error("broken");
};

describe("listen", () => {
  test("D10 the fact: with a bare listener that throws, the edit is in, and the document never emits again", () => {
    const doc = new Y.Doc();
    const heard: string[] = [];
    doc.on("update", broken);
    doc.on("update", () => void heard.push("after"));
    receive(doc, typed("a"));
    receive(doc, typed("b"));
    expect(doc.getText("title").toJSON()).toMatch(/^(ab|ba)$/);
    expect(heard).toEqual([]);
  });

  test("D10 with this helper everybody else hears everything, and the fault is told", () => {
    const doc = new Y.Doc();
    const heard: string[] = [];
    listen(doc, "update", broken);
    listen(doc, "update", () => void heard.push("after"));
    listen(doc.getText("title"), "change", broken);
    listen(doc.getMap("sections"), "deep", () => void heard.push("deep"));
    expect(receive(doc, typed("a"))).toEqual([]);
    doc.getMap("sections").set("x", new Y.Map([["kind", "prose"]]));
    expect(heard).toEqual(["after", "deep", "after"]);
    expect(faults.map(([error, event]) => `${event} ${String(error)}`)).toEqual([
      "change Error: broken",
      "update Error: broken",
      "update Error: broken",
    ]);
  });

  test("D10 a handler that rejects is told too", async () => {
    const doc = new Y.Doc();
    const told = new Promise<unknown>((resolve) => {
      reportFaults((error) => resolve(error));
    });
    listen(doc, "update", async () => {
      await Promise.resolve();
      broken();
    });
    doc.getText("title").insert(0, "a");
    expect(String(await told)).toBe("Error: broken");
    reportFaults((error, event) => void faults.push([error, event]));
  });

  test("D10 stops when told to, twice if need be", () => {
    const doc = new Y.Doc();
    const map = doc.getMap("sections");
    const heard: string[] = [];
    const stops = [
      listen(doc, "update", () => void heard.push("update")),
      listen(map, "change", () => void heard.push("change")),
      listen(map, "deep", () => void heard.push("deep")),
    ];
    map.set("a", 1);
    for (const stop of [...stops, ...stops]) stop();
    map.set("a", 2);
    expect(heard.toSorted()).toEqual(["change", "deep", "update"]);
  });

  test("D10 names an event or a target that there is not", () => {
    expect(() => listen(new Y.Doc().getMap("m"), "update", broken)).toThrow(/"change" or "deep"/);
    expect(() => listen({}, "update", broken)).toThrow(/Nothing to listen to/);
  });
});

describe("compaction", () => {
  test("D12 the fact: a round trip through a document forgets what was deleted, merging updates does not", () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    listen(doc, "update", (update: Uint8Array) => void updates.push(update));
    const text = doc.getText("title");
    for (let i = 0; i < 1000; i += 1) text.insert(text.length, "word ");
    text.delete(0, text.length - 5);
    const merged = Y.mergeUpdates(updates).length;
    const copy = new Y.Doc();
    for (const update of updates) Y.applyUpdate(copy, update);
    expect(Y.encodeStateAsUpdate(copy).length * 20).toBeLessThan(merged);
    expect(copy.getText("title").toJSON()).toBe("word ");
  });
});
