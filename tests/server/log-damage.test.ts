/** Bytes that rot on disk: a document is read as it was written, or not at all. */
import { createHash, randomInt } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import { load, rebuild } from "../../server/log/rebuild.ts";
import { CannotOpen } from "../../server/store/driver.ts";
import { openStore } from "../../server/store/store.ts";
import { newDataDir } from "../support/data-dir.ts";
import { newGround, newWorkshop } from "../support/ground.ts";

const VARIANTS = Number(process.env["VARIANTS"] ?? 30);
const seed = randomInt(2 ** 31);

/** Numbers from 0 to 1 that follow from the seed. */
const numbers = (): (() => number) => {
  let count = 0;
  return () => createHash("sha256").update(`${seed}/${count++}`).digest().readUInt32BE() / 2 ** 32;
};

/** A closed data directory with one document of 120 entries and a snapshot, and what its words are. */
const prepare = async () => {
  const ground = await newGround();
  const { id } = await newWorkshop(ground.access);
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < 120; i += 1) doc.getText("words").insert(0, `${i} pistes d’actions `.repeat(20));
  for (const [i, update] of updates.entries()) {
    await ground.log.append({ document: id, visitor: "v", update });
    if (i === 60) await ground.log.compact(id);
  }
  await ground.store.close();
  return { ground, id, words: doc.getText("words").toJSON() };
};

/** What a start on these bytes, and a reading of the document, come to. */
const outcome = async (key: string, bytes: Buffer, id: string, words: string): Promise<string> => {
  const { path, remove } = newDataDir();
  writeFileSync(join(path, "minutier.db"), bytes);
  copyFileSync(key, join(path, "key"));
  try {
    const store = await openStore({ dataDir: path });
    try {
      return rebuild(await load(store, id))
        .getText("words")
        .toJSON() === words
        ? "as written"
        : "something else";
    } finally {
      await store.close();
    }
  } catch (error) {
    return error instanceof Refusal || error instanceof CannotOpen ? "refused" : String(error);
  } finally {
    remove();
  }
};

test(`D13 L6 whatever bytes change, nothing is served that was not written (seed ${seed})`, async () => {
  const random = numbers();
  const { ground, id, words } = await prepare();
  const whole = readFileSync(join(ground.dataDir, "minutier.db"));
  const outcomes: string[] = [];
  for (let variant = 0; variant < VARIANTS; variant += 1) {
    const bytes = Buffer.from(whole);
    const page = Math.floor(random() * (whole.length / 4096)) * 4096;
    for (let n = 1 + Math.floor(random() * 16); n > 0; n -= 1) {
      const place = page + Math.floor(random() * 4096);
      bytes[place] = (bytes[place] ?? 0) ^ (1 + Math.floor(random() * 255));
    }
    outcomes.push(await outcome(join(ground.dataDir, "key"), bytes, id, words));
  }
  await ground.remove();
  expect(outcomes.filter((each) => each !== "as written" && each !== "refused")).toEqual([]);
  // Most of the file is the document: the oracle would be asleep if it never met a change.
  expect(outcomes).toContain("refused");
}, 600_000);
