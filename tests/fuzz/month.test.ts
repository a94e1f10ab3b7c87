/** O10: weeks of use, pressed together: what a workshop takes on disk grows with what is written in it, and with nothing else. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { newGround, newWorkshop, type Ground } from "../support/ground.ts";
import { newSeed, Random } from "./random.ts";

const DAYS = Number(process.env["DAYS"] ?? 4);
/** Comings and goings a day, in each workshop. */
const SESSIONS = Number(process.env["SESSIONS"] ?? 4);
const WORKSHOPS = 3;
/** What somebody sends in one stay: a few letters each. */
const EDITS = 30;
const seed = newSeed("O10");

let ground: Ground;
beforeAll(async () => {
  ground = await newGround();
});
afterAll(() => ground.remove());

/** Bytes of everything that is kept, with nothing waiting in the write-ahead log. */
const onDisk = async (): Promise<number> => {
  await ground.reopen();
  return statSync(join(ground.dataDir, "minutier.db")).size;
};

/** One stay: types words at random places, takes some of them back, and leaves. */
const stay = async (document: string, visitor: string, random: Random): Promise<number> => {
  const doc = new Y.Doc();
  const { state, updates } = await ground.log.load(document);
  for (const update of state ? [state, ...updates] : updates) Y.applyUpdate(doc, update);
  const sent: Promise<number>[] = [];
  doc.on("update", (update: Uint8Array) => sent.push(ground.log.append({ document, visitor, update })));
  const text = doc.getText("prose:notes");
  for (let n = 0; n < EDITS; n += 1) {
    if (random.chance(0.2) && text.length > 20) text.delete(random.below(text.length - 10), 1 + random.below(8));
    else text.insert(random.below(text.length + 1), "mot ".repeat(1 + random.below(3)));
  }
  await Promise.all(sent);
  await ground.log.compact(document);
  const { length } = text;
  doc.destroy();
  return length;
};

test(`O10 ${DAYS} days of use: disk grows with the edits, evenly, and not with how often one comes (seed ${seed})`, async () => {
  const random = new Random(seed);
  const ids: string[] = [];
  for (let n = 0; n < WORKSHOPS; n += 1) ids.push((await newWorkshop(ground.access)).id);
  const sizes = [await onDisk()];
  const lengths = new Map<string, number>();
  for (let day = 0; day < DAYS; day += 1) {
    for (let n = 0; n < SESSIONS; n += 1) {
      await Promise.all(ids.map(async (id) => lengths.set(id, await stay(id, `visitor-${n}`, random))));
    }
    sizes.push(await onDisk());
  }
  const visible = [...lengths.values()].reduce((sum, length) => sum + length, 0);
  const taken = sizes.at(-1)! - sizes[0]!;
  const edits = DAYS * SESSIONS * WORKSHOPS * EDITS;
  process.stdout.write(
    `O10 ${DAYS} days, ${edits} edits, ${(visible / 1024).toFixed(0)} kB visible: ` +
      `${(taken / visible).toFixed(1)} bytes on disk for each that is visible, ${(taken / edits).toFixed(0)} for each edit\n`,
  );
  // An entry is its letters, who, when and a checksum; the two snapshots that are kept hold the text twice.
  expect(taken / edits).toBeLessThan(400);
  // The last days cost no more than the first, but for the snapshots, which grow with the text.
  const half = Math.floor(DAYS / 2);
  const [first, second] = [sizes[half]! - sizes[0]!, sizes[half * 2]! - sizes[half]!];
  expect(second).toBeLessThan(first * 2);
}, 1_200_000);
