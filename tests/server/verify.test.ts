/** What `verify` finds: each defect by its name, and nothing in what is whole. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { findDefects } from "../../server/commands/findings.ts";
import type { DefectName } from "../../server/store/defect.ts";
import { openReader } from "../../server/store/reader.ts";
import { command } from "../support/command.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { newGround, newWorkshop } from "../support/ground.ts";

// Each command and each server is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const HEALTHY = 1000;
const ENTRIES = 30;

const place: DataDir = newDataDir();
/** A closed data directory with two workshops that were written to; the first is the one that will suffer. */
let whole: string;
let id: string;
let other: string;

const write = async (ground: Awaited<ReturnType<typeof newGround>>, workshop: string): Promise<void> => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (let i = 0; i < ENTRIES; i += 1) {
    doc.getText("prose:notes").insert(0, `${i} pistes d’actions. `.repeat(30));
    if (i % 3 === 0) doc.getText("prose:notes").delete(0, 4);
  }
  for (const [i, update] of updates.entries()) {
    await ground.log.append({ document: workshop, visitor: "v", update });
    if (i === 10) await ground.log.compact(workshop);
  }
  await ground.log.compact(workshop);
};

beforeAll(async () => {
  const ground = await newGround({ path: join(place.path, "whole"), remove: () => undefined });
  whole = ground.dataDir;
  [id, other] = [(await newWorkshop(ground.access)).id, (await newWorkshop(ground.access)).id];
  const writing = (await ground.access.links(id)).find(({ capability }) => capability === "write");
  await ground.access.openSession(id, writing!.secret!, { name: "Nadia", layout: 1 });
  await write(ground, id);
  await write(ground, other);
  await ground.store.close();
});

afterAll(() => place.remove());

const sumOf = (visitor: string, bytes: Uint8Array): number => crc32(bytes, crc32(`${id}\n${visitor}\n`));

type Harm = (db: DatabaseSync, dataDir: string) => void;

/** A copy of the whole directory, harmed. */
const harmed = (harm: Harm): DataDir => {
  const dir = newDataDir();
  for (const name of ["minutier.db", "key"]) copyFileSync(join(whole, name), join(dir.path, name));
  const db = new DatabaseSync(join(dir.path, "minutier.db"));
  db.exec("PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
  harm(db, dir.path);
  if (db.isOpen) db.close();
  return dir;
};

const found = (dataDir: string): { name: DefectName; where: string }[] => {
  const reader = openReader(join(dataDir, "minutier.db"));
  const defects = findDefects(reader, dataDir, () => undefined);
  reader.close();
  return defects.map(({ name, where }) => ({ name, where }));
};

const run =
  (sql: string, ...values: (string | number | Uint8Array)[]): Harm =>
  (db) => {
    expect(db.prepare(sql).run(...values).changes).toBeGreaterThan(0);
  };

/** A harm that needs to know which workshop, which is known when it happens. */
const at =
  (make: () => Harm): Harm =>
  (db, dataDir) =>
    make()(db, dataDir);

/** An entry that is whole and makes no sense, or a snapshot of something else. */
const stranger = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText("prose:notes").insert(0, "autre chose");
  return Y.encodeStateAsUpdate(doc);
};

/** An update that builds on one that is kept back. */
const dangling = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.getText("prose:notes").insert(0, "avant");
  const known = Y.encodeStateVector(doc);
  doc.getText("prose:notes").insert(5, "après");
  return Y.encodeStateAsUpdate(doc, known);
};

const replace = (seq: number, bytes: () => Uint8Array): Harm =>
  at(() => {
    const brought = bytes();
    const sum = sumOf("v", brought);
    return run("UPDATE entries SET bytes = ?, sum = ? WHERE document = ? AND seq = ?", brought, sum, id, seq);
  });

const NOTHING = Uint8Array.of(255, 255, 255, 255, 1, 2, 3);

const HARMS: readonly (readonly [string, DefectName, Harm])[] = [
  ["a hole in the log", "entry-missing", at(() => run("DELETE FROM entries WHERE document = ? AND seq = 5", id))],
  ["the first entry gone", "entry-missing", at(() => run("DELETE FROM entries WHERE document = ? AND seq = 1", id))],
  [
    "a wrong checksum",
    "entry-changed",
    at(() => run("UPDATE entries SET sum = sum + 1 WHERE document = ? AND seq = 7", id)),
  ],
  [
    "other bytes",
    "entry-changed",
    at(() => run("UPDATE entries SET bytes = x'00' WHERE document = ? AND seq = 8", id)),
  ],
  [
    "another's name on it",
    "entry-changed",
    at(() => run("UPDATE entries SET visitor = 'w' WHERE document = ? AND seq = 9", id)),
  ],
  ["an entry that is no update", "entry-not-update", replace(12, () => NOTHING)],
  ["an entry on what is not there", "entry-unconnected", replace(35, dangling)],
  ["a head too high", "end-missing", at(() => run("UPDATE documents SET head = head + 3 WHERE id = ?", id))],
  ["a head too low", "entry-surplus", at(() => run("UPDATE documents SET head = head - 1 WHERE id = ?", id))],
  ["a log without entries", "log-empty", at(() => run("DELETE FROM entries WHERE document = ?", id))],
  ["a rotten snapshot", "snapshot-changed", at(() => run("UPDATE snapshots SET sum = sum + 1 WHERE document = ?", id))],
  [
    "a snapshot that is no update",
    "snapshot-not-update",
    at(() => run("UPDATE snapshots SET bytes = ?, sum = ? WHERE document = ?", NOTHING, sumOf("", NOTHING), id)),
  ],
  [
    "a snapshot of something else",
    "snapshot-differs",
    at(() => {
      const bytes = stranger();
      return run("UPDATE snapshots SET bytes = ?, sum = ? WHERE document = ?", bytes, sumOf("", bytes), id);
    }),
  ],
  [
    "a snapshot after the end",
    "snapshot-ahead",
    at(() => run("UPDATE snapshots SET seq = seq + 900 WHERE document = ?", id)),
  ],
  [
    "entries of nobody",
    "orphan-entry",
    at(() => run("UPDATE entries SET document = 'gone' WHERE document = ? AND seq = 3", id)),
  ],
  [
    "snapshots of nobody",
    "orphan-snapshot",
    at(() => run("UPDATE snapshots SET document = 'gone' WHERE document = ?", id)),
  ],
  ["a document without workshop", "orphan-document", at(() => run("DELETE FROM workshops WHERE id = ?", id))],
  ["a workshop without document", "orphan-workshop", at(() => run("DELETE FROM documents WHERE id = ?", id))],
  [
    "links into nowhere",
    "orphan-link",
    at(() => run("UPDATE links SET workshop = 'gone' WHERE workshop = ? AND capability = 'read'", id)),
  ],
  [
    "a visitor through no link",
    "orphan-visitor",
    at(() => run("UPDATE visitors SET link = 'gone' WHERE workshop = ?", id)),
  ],
  [
    "client ids of nowhere",
    "orphan-client",
    at(() => run("UPDATE clients SET workshop = 'gone' WHERE workshop = ?", id)),
  ],
  [
    "nobody who manages",
    "nobody-manages",
    at(() => run("UPDATE links SET withdrawn = 1 WHERE workshop = ? AND capability = 'manage'", id)),
  ],
  [
    "a state that is none",
    "value-wrong",
    at(() => run("UPDATE workshops SET state = 'lost', code = NULL WHERE id = ?", id)),
  ],
  ["a table that is missing", "tables-differ", (db) => db.exec("DROP TABLE probe")],
  ["a foreign table", "tables-differ", (db) => db.exec("CREATE TABLE recipes (name)")],
  [
    "an index that lost a row",
    "index-wrong",
    (db) => {
      db.enableDefensive(false);
      db.exec(`PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = 'CREATE INDEX links_of_workshop ON links (label)' WHERE name = 'links_of_workshop';`);
    },
  ],
  ["a lost key", "key-missing", (_db, dataDir) => rmSync(join(dataDir, "key"))],
  ["a key that is none", "key-wrong", (_db, dataDir) => writeFileSync(join(dataDir, "key"), "sesame\n")],
  ["a key for all to read", "key-readable", (_db, dataDir) => chmodSync(join(dataDir, "key"), 0o644)],
];

describe("O12 seeded defects", () => {
  test.each(HARMS)("%s is named %s", (_what, name, harm) => {
    const dir = harmed(harm);
    const defects = found(dir.path);
    dir.remove();
    expect(defects.map((each) => each.name)).toContain(name);
    // The neighbour is whole, and nothing is said against it.
    expect(defects.filter(({ where }) => where === `workshop ${other}`)).toEqual([]);
  });

  test("a page that was scribbled on is found, and only what lay there is blamed", () => {
    const dir = harmed((db) => db.close());
    const file = join(dir.path, "minutier.db");
    const bytes = readFileSync(file);
    const page = Math.floor(bytes.indexOf("pistes d") / 4096) * 4096;
    bytes.fill(0xa5, page, page + 64);
    writeFileSync(file, bytes);
    expect(found(dir.path).map(({ name }) => name)).toEqual(expect.arrayContaining(["page-damaged"]));
    dir.remove();
  });

  test("the command names them, one line each, and ends with 3; what is cut short ends with 1", async () => {
    const dir = harmed(run("UPDATE documents SET head = head + 1 WHERE id = ?", id));
    expect(await command({ DATA_DIR: dir.path }, "verify")).toEqual({
      code: 3,
      output: `end-missing: workshop ${id}: its head says 42, its last entry is 41\n${dir.path}: 1 defects.\n`,
    });
    truncateSync(join(dir.path, "minutier.db"), 1000);
    expect(await command({ DATA_DIR: dir.path }, "verify")).toMatchObject({ code: 1 });
    dir.remove();
  });

  test("S14 what cannot even be opened is not said to be damaged", async () => {
    const dir = newDataDir();
    copyFileSync(join(whole, "minutier.db"), join(dir.path, "minutier.db"));
    // Whoever may not read the file is refused like this; the account of a test may read everything.
    mkdirSync(join(dir.path, "minutier.db-wal"));
    const { code, output } = await command({ DATA_DIR: dir.path }, "verify");
    expect(code).toBe(1);
    expect(output).toMatch(/minutier\.db cannot be read \(.+\)\. Check its owner and rights\.\n$/);
    dir.remove();
  });

  test("a backup that was changed after it was made is found, whatever was changed", async () => {
    const file = join(place.path, "sealed");
    expect(await command({ DATA_DIR: whole }, "backup", file)).toMatchObject({ code: 0 });
    for (const sql of ["UPDATE links SET label = 'x'", "DELETE FROM clients", "UPDATE backup SET key = 'x'"]) {
      const changed = join(place.path, "changed");
      copyFileSync(file, changed);
      const db = new DatabaseSync(changed);
      db.exec(sql);
      db.close();
      const { code, output } = await command({}, "verify", changed);
      expect({ sql, code, found: /^(table-changed|key-wrong): /m.test(output) }).toEqual({ sql, code: 3, found: true });
      expect(await command({}, "restore", changed, join(place.path, "none"))).toMatchObject({ code: 3 });
    }
  });
});

test(`O12 nothing is wrong with ${HEALTHY} healthy workshops`, async () => {
  const ground = await newGround();
  const ids = await Promise.all(Array.from({ length: HEALTHY }, () => newWorkshop(ground.access)));
  await Promise.all(ids.slice(0, 60).map(({ id: each }) => write(ground, each)));
  // Beside the running store, with its write-ahead log full.
  expect(found(ground.dataDir)).toEqual([]);
  await ground.store.close();
  expect(found(ground.dataDir)).toEqual([]);
  await ground.remove();
});
