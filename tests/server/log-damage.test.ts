/** Bytes that rot on disk: found, told, never read as somebody's words, and what they took comes back from a backup. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { findDefects } from "../../server/commands/findings.ts";
import { isWhole } from "../../server/log/chain.ts";
import { erase } from "../../server/log/erasure.ts";
import { stateOf } from "../../server/log/rebuild.ts";
import { copyTables, seal } from "../../server/store/backup.ts";
import { digestTables } from "../../server/store/digest.ts";
import { CannotOpen } from "../../server/store/driver.ts";
import { deskOn, openReader } from "../../server/store/reader.ts";
import { repairTables, type Repaired } from "../../server/store/repair.ts";
import { newSeed, Random } from "../fuzz/random.ts";
import { newDataDir } from "../support/data-dir.ts";
import { newGround, newWorkshop, type Ground } from "../support/ground.ts";
import { lookAt } from "../support/still.ts";

vi.setConfig({ hookTimeout: 120_000 });

const VARIANTS = Number(process.env["VARIANTS"] ?? 25);
const seed = newSeed("D13");
const PAGE = 4096;

let ground: Ground;
const backup = newDataDir();
/** How many words each workshop has, and had when the backup was made. */
const [NOW, THEN] = [60, 40];
const REFUSED = /^(closed$|Refusal: unavailable\b|Refusal: unknown-workshop\b)/;
const workshops: string[] = [];

const file = (dataDir: string): string => join(dataDir, "minutier.db");

/** Four workshops of many entries and some visitors, snapshots between them, a backup made half-way. */
beforeAll(async () => {
  ground = await newGround();
  const docs: [string, Y.Doc, () => Uint8Array][] = [];
  for (let n = 0; n < 4; n += 1) {
    const { id, links } = await newWorkshop(ground.access);
    for (const name of ["Nadia", "Brice"]) await ground.access.openSession(id, links.write, { name, layout: 1 });
    const doc = new Y.Doc();
    let update = new Uint8Array();
    doc.on("update", (bytes: Uint8Array) => (update = new Uint8Array(bytes)));
    docs.push([id, doc, () => update]);
  }
  const write = async (from: number, to: number): Promise<void> => {
    for (const [document, doc, update] of docs) {
      for (let n = from; n < to; n += 1) {
        doc.getText("words").insert(doc.getText("words").length, `<${n}>${"pistes d’actions ".repeat(12)}`);
        await ground.log.append({ document, visitor: "v", update: update() });
      }
      await ground.log.compact(document);
    }
  };
  await write(0, THEN);
  const target = join(backup.path, "backup");
  await copyTables(ground.dataDir, target, () => undefined);
  seal(target, { made: new Date(), program: "test", key: readFileSync(join(ground.dataDir, "key"), "utf8").trim() });
  await write(THEN, NOW);
  for (const [id] of docs) workshops.push(id);
  await ground.store.close();
});
afterAll(() => {
  backup.remove();
  rmSync(ground.dataDir, { recursive: true });
});

const wordsUpTo = (count: number): string[] => Array.from({ length: count }, (_, n) => `<${n}>`);

/** What a reading of each workshop comes to: how many of its words, all of them as written; or how it was refused. */
const readings = async (dataDir: string): Promise<(number | string)[]> => {
  const found: (number | string)[] = [];
  for (const id of workshops) {
    try {
      const { check, words } = await lookAt(dataDir, id);
      const right = JSON.stringify(words) === JSON.stringify(wordsUpTo(words.length));
      found.push(words.length === 0 ? String(check) : right ? words.length : "wrong");
    } catch (error) {
      found.push(error instanceof CannotOpen ? "closed" : String(error));
    }
  }
  return found;
};

/** What `verify` says; a file that cannot be opened is found as well. */
const verify = (path: string): string[] => {
  try {
    const reader = openReader(path);
    try {
      return findDefects(reader, undefined, () => undefined).map(({ name }) => name);
    } finally {
      reader.close();
    }
  } catch (error) {
    return [String(error)];
  }
};

/** The fingerprints of all tables, or nothing where they cannot be read. */
const digests = (path: string): string => {
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return JSON.stringify(digestTables(db));
    } finally {
      db.close();
    }
  } catch {
    return "";
  }
};

const logs = { isWhole, stateOf: (db: DatabaseSync, workshop: string) => stateOf(deskOn(db), workshop) };

const repair = async (dataDir: string): Promise<Repaired | undefined> => {
  const source = openReader(join(backup.path, "backup"));
  const mustBeWhole = (path: string): void => {
    if (verify(path).length > 0) throw new CannotOpen("not whole");
  };
  try {
    return await repairTables(source, { dataDir, logs, verify: mustBeWhole, erase, progress: () => undefined });
  } catch (error) {
    if (error instanceof CannotOpen) return undefined;
    throw error;
  } finally {
    source.close();
  }
};

const flip = (whole: Buffer, random: Random): Buffer => {
  const bytes = Buffer.from(whole);
  const page = random.below(whole.length / PAGE) * PAGE;
  for (let n = 1 + random.below(16); n > 0; n -= 1) bytes[page + random.below(PAGE)]! ^= 1 + random.below(255);
  return bytes;
};

test("D13 L6 an index that leads to an older snapshot: nothing of what came after it is missed", async () => {
  const dir = newDataDir();
  const bytes = readFileSync(file(ground.dataDir));
  const db = new DatabaseSync(file(ground.dataDir), { readOnly: true });
  const [older, newest] = db
    .prepare("SELECT rowid AS place, seq FROM snapshots WHERE document = ? ORDER BY seq")
    .all(workshops[0]!) as { place: number; seq: number }[];
  db.close();
  // A document, a number, the place of a row: as the index has them.
  const key = (place: number): Buffer => Buffer.from([...Buffer.from(workshops[0]!), newest!.seq, place]);
  const at = bytes.indexOf(key(newest!.place));
  expect(at).toBeGreaterThan(0);
  key(older!.place).copy(bytes, at);
  writeFileSync(file(dir.path), bytes);
  copyFileSync(join(ground.dataDir, "key"), join(dir.path, "key"));
  expect(await readings(dir.path)).toEqual(workshops.map(() => NOW));
  expect(verify(file(dir.path))).not.toEqual([]);
  dir.remove();
});

/** Data as bytes can make them, and no statement. */
const rotted = (...changes: readonly (readonly string[])[]): ReturnType<typeof newDataDir> => {
  const dir = newDataDir();
  copyFileSync(file(ground.dataDir), file(dir.path));
  copyFileSync(join(ground.dataDir, "key"), join(dir.path, "key"));
  // What a connection knows of the tables it keeps: each has one of its own.
  for (const statements of changes) {
    const db = new DatabaseSync(file(dir.path), { defensive: false });
    for (const statement of ["PRAGMA writable_schema = ON", ...statements]) db.exec(statement);
    db.close();
  }
  return dir;
};

const retold = (table: string, from: string, to: string): string =>
  `UPDATE sqlite_schema SET sql = replace(sql, '${from}', '${to}') WHERE name = '${table}'`;

test("D13 S22 a link that has rotted keeps nothing from being repaired: it is as the backup has it", async () => {
  const dir = rotted(
    [retold("links", ") STRICT", ") ")],
    ["UPDATE links SET withdrawn = x'00' WHERE rowid = 1", retold("links", ") ", ") STRICT")],
  );
  expect(await repair(dir.path)).toBeDefined();
  expect(await readings(dir.path)).toEqual(workshops.map(() => NOW));
  expect(verify(file(dir.path))).toEqual([]);
  dir.remove();
});

test.each(["documents", "entries", "snapshots"])(
  "D13 S22 %s whose columns are called otherwise: refused, and said",
  async (table) => {
    const dir = rotted([retold(table, table === "documents" ? "head" : "bytes", "hxad")]);
    for (const each of await readings(dir.path)) expect(String(each)).toMatch(REFUSED);
    expect(verify(file(dir.path))).not.toEqual([]);
    expect(await repair(dir.path)).toBeUndefined();
    dir.remove();
  },
);

test(`D13 L6 whatever bytes change: found, isolated, repaired from a backup, and nothing wrong is ever read (seed ${seed})`, async () => {
  const random = new Random(seed);
  const whole = readFileSync(file(ground.dataDir));
  const before = digests(file(ground.dataDir));
  const tally = { harmed: 0, unseen: 0, found: 0, closed: 0, read: 0, unavailable: 0, repaired: 0 };
  for (let variant = 0; variant < VARIANTS; variant += 1) {
    const dir = newDataDir();
    writeFileSync(file(dir.path), flip(whole, random));
    copyFileSync(join(ground.dataDir, "key"), join(dir.path, "key"));
    const defects = verify(file(dir.path));
    const changed = digests(file(dir.path)) !== before;
    const read = await readings(dir.path);
    // As it was written, to the last word; or refused.
    expect(
      read.filter((each) => each !== NOW && !REFUSED.test(String(each))),
      `file ${variant}`,
    ).toEqual([]);
    const harmed = read.some((each) => each !== NOW);
    const closed = read.includes("closed");
    if (harmed) expect(defects, `file ${variant}`).not.toEqual([]);
    const done = closed || defects.length === 0 ? undefined : await repair(dir.path);
    if (done) {
      const again = await readings(dir.path);
      expect(again).toEqual([...workshops].map((id) => (done.restored.includes(id) ? THEN : NOW)));
      // Nobody who could be read loses a word by it.
      for (const [i, each] of read.entries()) if (each === NOW) expect(again[i]).toBe(NOW);
    }
    tally.harmed += Number(harmed || changed);
    // Words carry a checksum; times, labels and the names of visitors do not.
    tally.unseen += Number(changed && defects.length === 0);
    tally.found += Number(defects.length > 0);
    tally.closed += Number(closed);
    tally.read += read.filter((each) => each === NOW).length;
    tally.unavailable += read.filter((each) => each !== NOW && each !== "closed").length;
    tally.repaired += Number(done !== undefined);
    dir.remove();
  }
  const { harmed, unseen, found, closed, repaired } = tally;
  process.stdout.write(
    `D13 ${VARIANTS} files: ${harmed} harmed, ${found} found, ${unseen} not (a time, a name or a label), ${closed} cannot be opened, ${repaired} repaired in place; ` +
      `workshops read as written ${tally.read}, unavailable ${tally.unavailable}, wrong 0\n`,
  );
  // Most of the file is documents: the oracle would be asleep if it never met a change.
  expect(harmed).toBeGreaterThan(VARIANTS / 4);
  expect(repaired).toBeGreaterThan(found / 2);
  expect(unseen).toBeLessThan(harmed / 4);
}, 1_800_000);
