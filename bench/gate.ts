/** What the look at the structure of an update costs, side by side with deciding and applying it without that look. */
import * as Y from "yjs";
import { checkStructure } from "../document/updates/structure.ts";
import { inspectUpdate, leavesGap } from "../document/updates.ts";
import { longText } from "./text.ts";

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** The updates of so many keystrokes at random places, or one of all of them as after a while offline. */
const typed = (state: Uint8Array, strokes: number): { single: Uint8Array[]; offline: Uint8Array } => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  const single: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => single.push(update));
  const text = doc.getText("prose:text");
  for (let i = 0; i < strokes; i += 1) text.insert(Math.floor(Math.random() * text.length), "x");
  return { single, offline: Y.encodeStateAsUpdate(doc, before) };
};

/** Milliseconds to decide and apply, without and with the look; medians, both in turn so that neither has the cold start. */
const compare = (state: Uint8Array, updates: readonly Uint8Array[], rounds: number): [number, number] => {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds * 2; round += 1) {
    const looks = round % 2;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    const start = performance.now();
    for (const update of updates) {
      const contents = inspectUpdate(update);
      if (leavesGap(contents, doc)) throw new Error("a gap");
      if (looks === 1) checkStructure(contents, doc);
      Y.applyUpdate(doc, update);
    }
    times[looks]?.push(performance.now() - start);
    doc.destroy();
  }
  return [median(times[0]), median(times[1])];
};

/** One line per kind of traffic; the last column is what counts, for machines differ. */
export const gateTable = (): string => {
  const lines = ["traffic | without, ms | with, ms | ratio"];
  const base = longText(4000);
  const { single, offline } = typed(base, 2000);
  for (const [what, updates] of [
    ["2,000 keystrokes, one by one", single],
    ["2,000 keystrokes in one update", [offline]],
    ["a whole document of 20,000 items", [Y.encodeStateAsUpdate(fresh(base))]],
  ] as const) {
    const [without, along] = compare(what.startsWith("a whole") ? Uint8Array.of(0, 0) : base, updates, 7);
    lines.push(`${what} | ${without.toFixed(1)} | ${along.toFixed(1)} | ${(along / without).toFixed(2)}`);
  }
  return lines.join("\n");
};

const fresh = (state: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
};
