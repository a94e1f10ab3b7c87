/** S24: indexes that have rotted lead to other rows; nobody is given those for what was asked, and nothing is written into them. */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Started } from "../../server/access/access.ts";
import { openAccess } from "../../server/access/access.ts";
import { MissingRow, type Statement } from "../../server/store/driver.ts";
import { addEntry, addSnapshot, documentRow, latestSnapshot } from "../../server/store/entries.ts";
import { beginAnew, eraseRows, relabel, unname } from "../../server/store/erase.ts";
import { rowsOf } from "../../server/store/reader.ts";
import { isConflict, isDamage } from "../../server/store/sqlite-errors.ts";
import { openStore } from "../../server/store/store.ts";
import { putStage, stageOf } from "../../server/store/stages.ts";
import { markRestored, nameVersion } from "../../server/store/versions.ts";
import { putVisitor, renameVisitor, visitorRow, visitorSince, visitorsOf } from "../../server/store/visitors.ts";
import {
  addLinkByCode,
  linkRow,
  linksOf,
  openLinkRow,
  replaceCode,
  setStateAndCode,
  withdrawLink,
  workshopOfLink,
  workshopRow,
  workshopsOfKind,
  workshopWithCode,
} from "../../server/store/workshops.ts";
import { openStages } from "../../server/stage/stages.ts";
import { newDataDir } from "../support/data-dir.ts";
import { newGround, newWorkshop, type Ground } from "../support/ground.ts";

interface Workshop extends Started {
  epoch: number;
  linkIds: string[];
  visitorIds: string[];
}

const PEOPLE = ["Nadia", "Brice"].map((name) => ({ name, visitor: `the key of ${name}`, layout: 1 }));
const SNAPSHOT = { at: 1, bytes: new Uint8Array([0, 0]) };

let ground: Ground;
/** What is told and done where nothing has rotted. */
let whole: [told: string[][][], done: string[][][]];
const workshops: Workshop[] = [];
/** Each index of a table whose rows stand elsewhere, and its keys: text and small numbers, in their order. */
let indexes: { name: string; page: number; keys: { bytes: Buffer; place: number }[] }[] = [];

const database = (dataDir: string): string => join(dataDir, "minutier.db");

const TABLES = ["documents", "snapshots", "workshops", "links", "visitors", "stages", "versions", "entries", "clients"];

/** The tables whose rows an index leads to; those without a rowid stand in the order of their keys. */
const INDEXED = {
  sqlite_autoindex_documents_1: "SELECT rowid AS place, id AS k FROM documents",
  sqlite_autoindex_workshops_1: "SELECT rowid AS place, id AS k FROM workshops",
  sqlite_autoindex_workshops_2: "SELECT rowid AS place, code AS k FROM workshops",
  sqlite_autoindex_links_1: "SELECT rowid AS place, id AS k FROM links",
  links_of_workshop: "SELECT rowid AS place, workshop AS k FROM links",
  sqlite_autoindex_visitors_1: "SELECT rowid AS place, workshop || id AS k FROM visitors",
  sqlite_autoindex_stages_1: "SELECT rowid AS place, workshop AS k FROM stages",
  sqlite_autoindex_snapshots_1: "SELECT rowid AS place, document || char(seq) AS k FROM snapshots",
};

beforeAll(async () => {
  ground = await newGround();
  for (let n = 0; n < 4; n += 1) {
    const started = await newWorkshop(ground.access);
    for (const who of PEOPLE) await ground.access.openSession(started.id, started.links.write, who);
    const [[document]] = await ground.store.read(documentRow(started.id));
    const { epoch } = document!;
    await ground.store.write(
      putStage(started.id, `stage ${n}`),
      ...addSnapshot(started.id, { ...SNAPSHOT, seq: 2, epoch }),
    );
    const [links, visitors] = await ground.store.read(linksOf(started.id), visitorsOf(started.id));
    workshops.push({ ...started, epoch, linkIds: links.map(({ id }) => id), visitorIds: visitors.map(({ id }) => id) });
  }
  await ground.store.close();
  const db = new DatabaseSync(database(ground.dataDir), { readOnly: true });
  const pageOf = db.prepare("SELECT (rootpage - 1) * 4096 AS page FROM sqlite_schema WHERE name = ?");
  indexes = Object.entries(INDEXED).map(([name, keys]) => ({
    name,
    page: Number(pageOf.get(name)!["page"]),
    // The first row is told by its type alone: it has no byte to change.
    keys: (db.prepare(keys).all() as { place: number; k: string }[])
      .filter(({ place }) => place > 1)
      .map(({ k, place }) => ({ bytes: Buffer.from(k), place })),
  }));
  db.close();
  whole = [told(ground.dataDir), done(ground.dataDir)];
});
afterAll(() => ground.remove());

/** Data each key of one index of which leads to the row of the next one. */
const rotted = (name: string): ReturnType<typeof newDataDir> => {
  const { keys, page } = indexes.find((each) => each.name === name)!;
  const dir = newDataDir();
  const bytes = readFileSync(database(ground.dataDir));
  const changes = keys.map(({ bytes: key, place }, n) => {
    const at = bytes.indexOf(Buffer.concat([key, Buffer.from([place])]), page);
    expect(at - page).toBeGreaterThan(0);
    expect(at - page).toBeLessThan(4096);
    return { at: at + key.length, to: keys[(n + 1) % keys.length]!.place };
  });
  expect(changes.length).toBeGreaterThan(1);
  for (const { at, to } of changes) bytes[at] = to;
  writeFileSync(database(dir.path), bytes);
  copyFileSync(join(ground.dataDir, "key"), join(dir.path, "key"));
  return dir;
};

const on = <Result>(dataDir: string, act: (db: DatabaseSync) => Result): Result => {
  const db = new DatabaseSync(database(dataDir));
  try {
    return act(db);
  } finally {
    db.close();
  }
};

/** Everything that is ever looked up by a key. */
const questions = ({ id, code, linkIds, visitorIds }: Workshop): Statement[] => [
  documentRow(id),
  latestSnapshot(id),
  workshopRow(id),
  workshopWithCode(code!),
  linksOf(id),
  ...linkIds.flatMap((link) => [openLinkRow(link), linkRow(link), workshopOfLink(link)]),
  visitorsOf(id),
  ...visitorIds.flatMap((visitor) => [visitorRow(id, visitor), visitorSince(id, visitor)]),
  stageOf(id),
];

/** Everything that is ever written to what a key leads to. */
const orders = ({ id, code, epoch, linkIds, visitorIds }: Workshop): (readonly Statement[])[] => [
  addEntry(id, { at: 1, visitor: null, bytes: new Uint8Array([0, 0]) }),
  addSnapshot(id, { ...SNAPSHOT, seq: 3, epoch }),
  [setStateAndCode(id, "closed", null)],
  [replaceCode(id, "AAAAAA")],
  [addLinkByCode("givenbycode", code!, 1)],
  ...linkIds.map((link) => [withdrawLink(id, link, 7)]),
  ...linkIds.map((link) => [relabel(link, "autre")]),
  ...visitorIds.map((visitor) => [renameVisitor(id, visitor, "autre", "autre")]),
  ...visitorIds.map((visitor) => [
    putVisitor(id, { id: visitor, name: "autre", organisation: "autre", link: linkIds[0]!, at: 9 }),
  ]),
  ...visitorIds.map((visitor) => [unname(id, visitor)]),
  [putStage(id, "autre")],
  [nameVersion(id, { seq: null, at: 1, visitor: null, name: "autre" })],
  markRestored(id, { at: 1, visitor: null, name: "autre", target: 1 }),
  beginAnew(id, { head: 1, epoch }, epoch + 1),
  eraseRows(id),
];

/** Every row as it stands, found by no index. */
const rowsIn = (db: DatabaseSync): Set<string> =>
  new Set(
    TABLES.flatMap((table) =>
      db
        .prepare(`SELECT * FROM ${table} NOT INDEXED`)
        .all()
        .map((row) => JSON.stringify([table, row])),
    ),
  );

/** Which rows an order takes away and which it leaves behind; nothing where it is refused. All is as before then. */
const changesBy = (db: DatabaseSync, order: readonly Statement[]): string[] => {
  const before = rowsIn(db);
  db.exec("BEGIN");
  try {
    for (const statement of order) if (rowsOf(db, statement).length === 0 && statement.needed) throw new MissingRow();
    const after = rowsIn(db);
    return [
      ...[...before.difference(after)].map((row) => `- ${row}`),
      ...[...after.difference(before)].map((row) => `+ ${row}`),
    ];
  } catch (error) {
    if (error instanceof MissingRow || isDamage(error) || isConflict(error)) return [];
    throw error;
  } finally {
    db.exec("ROLLBACK");
  }
};

const told = (dataDir: string): string[][][] =>
  on(dataDir, (db) =>
    workshops.map((each) =>
      questions(each).map((asked) =>
        rowsOf(db, asked)
          .filter(isTold)
          .map((row) => JSON.stringify(row)),
      ),
    ),
  );
/** Of a snapshot that is not itself, that is said. */
const isTold = (row: unknown): boolean => (row as { whole?: boolean }).whole !== false;
const done = (dataDir: string): string[][][] =>
  on(dataDir, (db) => workshops.map((each) => orders(each).map((order) => changesBy(db, order))));

/** How much of what is on the one side is missing on the other; fails where there is anything else. */
const missing = (right: string[][][], found: string[][][]): number => {
  const all = right.flat();
  return found.flat().reduce((sum, rows, n) => {
    expect(all[n]).toEqual(expect.arrayContaining(rows));
    return sum + all[n]!.length - rows.length;
  }, 0);
};

test.each(Object.keys(INDEXED))(
  "S24 where %s leads elsewhere, nothing else is read or written than what was asked",
  (name) => {
    const dir = rotted(name);
    // Otherwise it would not have led anywhere else.
    expect(missing(whole[0], told(dir.path))).toBeGreaterThan(0);
    missing(whole[1], done(dir.path));
    const kinds = on(dir.path, (db) => rowsOf(db, workshopsOfKind("workshop")));
    const right = on(ground.dataDir, (db) => rowsOf(db, workshopsOfKind("workshop")));
    expect(right).toEqual(expect.arrayContaining(kinds));
    dir.remove();
  },
);

test("S24 A5 a link whose index leads to another workshop's opens nothing there", async () => {
  const dir = rotted("sqlite_autoindex_links_1");
  const store = await openStore({ dataDir: dir.path });
  const access = await openAccess(store, { dataDir: dir.path });
  for (const { id, links } of workshops) {
    for (const [capability, secret] of Object.entries(links)) {
      const grant = await access.authorise(id, secret).catch(String);
      expect([`Refusal: unknown-link`, `${id} ${capability}`]).toContain(
        typeof grant === "string" ? grant.replace(/(unknown-link).*/, "$1") : `${grant.workshop} ${grant.capability}`,
      );
    }
    const read = await access.fromReadSecret(links.read).catch(String);
    expect(typeof read === "string" ? id : read.workshop).toBe(id);
  }
  await store.close();
  dir.remove();
});

test("S24 A11 G4 whoever comes back where an index has rotted is themselves, or told so; and so is whoever changes the stage", async () => {
  for (const name of ["sqlite_autoindex_visitors_1", "sqlite_autoindex_stages_1"]) {
    const dir = rotted(name);
    const store = await openStore({ dataDir: dir.path });
    const access = await openAccess(store, { dataDir: dir.path });
    const stages = openStages(store);
    let refused = 0;
    for (const { id, links, visitorIds } of workshops) {
      for (const who of PEOPLE) {
        const came = await access.openSession(id, links.write, who).catch(String);
        if (typeof came === "string") expect(came).toMatch(/^Refusal: unavailable/);
        else expect([visitorIds.includes(came.visitor.id), came.visitor.name]).toEqual([true, who.name]);
        refused += Number(typeof came === "string");
      }
      const stage = await stages.play(id, { do: "raise" }, { visitor: visitorIds[0]! }).catch(String);
      if (typeof stage === "string") expect(stage).toMatch(/^Refusal: unavailable/);
      refused += Number(typeof stage === "string");
    }
    expect(refused).toBeGreaterThan(0);
    await store.close();
    dir.remove();
  }
});
