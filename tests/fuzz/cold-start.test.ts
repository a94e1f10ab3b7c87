/** D19: a workshop of very many updates opens quickly by its snapshot, and as the same document as without one. */
import { createHash } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import * as Y from "yjs";
import { compact } from "../../server/log/compaction.ts";
import { Readers } from "../../server/log/readers.ts";
import { load, rebuild } from "../../server/log/rebuild.ts";
import { addEntry } from "../../server/store/entries.ts";
import { newGround, newWorkshop, type Ground } from "../support/ground.ts";

const UPDATES = Number(process.env["UPDATES"] ?? 4000);
const AT_ONCE = 1000;

let ground: Ground;
afterAll(() => ground.remove());

/** How long a start waits for the document, and which document it is. */
const open = async (id: string): Promise<{ ms: number; hash: string; updates: number }> => {
  await ground.reopen();
  const start = performance.now();
  const loaded = await load(ground.store, id);
  const doc = rebuild(loaded);
  const ms = Math.round(performance.now() - start);
  const hash = createHash("sha256")
    .update(Y.encodeStateVector(doc))
    .update(doc.getText("words").toJSON())
    .digest("hex");
  return { ms, hash, updates: loaded.updates.length };
};

test(`D19 ${UPDATES} updates: the snapshot gives the same document, many times sooner`, async () => {
  ground = await newGround();
  const { id } = await newWorkshop(ground.access);
  const doc = new Y.Doc();
  let updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = doc.getText("words");
  for (let n = 0; n < UPDATES; n += 1) {
    // As somebody types, corrects, and writes elsewhere.
    if (n % 7 === 6) text.delete(text.length - 1, 1);
    else text.insert(n % 50 === 0 ? 0 : text.length, "abcdefghij"[n % 10]!);
    if (updates.length < AT_ONCE && n < UPDATES - 1) continue;
    const bundle = updates;
    updates = [];
    await Promise.all(bundle.map((bytes) => ground.store.write(...addEntry(id, { at: n, visitor: "v", bytes }))));
  }
  const slow = await open(id);
  await compact(ground.store, new Readers(), id);
  const quick = await open(id);
  process.stdout.write(`D19 ${UPDATES} updates: ${slow.ms} ms without, ${quick.ms} ms with a snapshot\n`);
  expect(quick.hash).toBe(slow.hash);
  expect([slow.updates, quick.updates]).toEqual([UPDATES + 1, 0]);
  if (UPDATES >= 200_000) expect(quick.ms).toBeLessThanOrEqual(2000);
}, 600_000);
