/** The log: what it acknowledges, what it rebuilds, what it refuses to read, what a snapshot is. */
import { renameSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { create } from "../../document/create.ts";
import { addItem } from "../../document/edit/items.ts";
import { rebuild } from "../../server/log/rebuild.ts";
import { newGround, newWorkshop, type Ground } from "../support/ground.ts";

let ground: Ground;
let id: string;

beforeEach(async () => {
  ground = await newGround();
  ({ id } = await newWorkshop(ground.access));
});

afterEach(() => ground.remove());

/** Somebody who types in a document of their own and whose updates are appended. */
const typist = (): ((text: string) => Promise<number>) => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  return (text) => {
    const words = doc.getText("words");
    words.insert(words.length, text);
    return ground.log.append({ document: id, visitor: "v", update: updates.at(-1)! });
  };
};

const words = async (): Promise<string> =>
  rebuild(await ground.log.load(id))
    .getText("words")
    .toJSON();

/** Changes what is on disk behind the log's back, as a rotten disk or a careless hand would. */
const tamper = async (statement: string): Promise<void> => {
  await ground.store.close();
  const db = new DatabaseSync(join(ground.dataDir, "minutier.db"));
  expect(db.prepare(statement).run().changes).toBeGreaterThan(0);
  db.close();
  await ground.reopen();
};

test("L1 numbers rise by one per document, from the workshop's own first entry", async () => {
  const type = typist();
  expect(await Promise.all(["a", "b", "c"].map(type))).toEqual([2, 3, 4]);
  expect(await ground.log.load(id)).toMatchObject({ head: 4, updates: { length: 4 }, epoch: expect.any(Number) });
});

test("L1 an entry for a document that is not there is refused", async () => {
  const entry = { document: "nowhere", update: new Uint8Array([0, 0]) };
  await expect(ground.log.append(entry)).rejects.toMatchObject({ code: "unknown-workshop" });
  await expect(ground.log.load("nowhere")).rejects.toMatchObject({ code: "unknown-workshop" });
  await expect(ground.log.minutes("nowhere")).rejects.toMatchObject({ code: "unknown-workshop" });
});

test("L3 a failed batch acknowledges nobody, and everybody's entry passes when it is sent again", async () => {
  const typists = Array.from({ length: 10 }, typist);
  const path = join(ground.dataDir, "minutier.db");
  renameSync(path, `${path}.away`);
  const writing = new Promise<boolean>((resolve) => {
    const stop = ground.log.onWriting((state) => {
      if (!state.writing) return;
      stop();
      resolve(state.writing);
    });
  });
  for (const result of await Promise.allSettled(typists.map((type) => type("x")))) {
    expect(result).toMatchObject({ status: "rejected", reason: { code: "not-saving" } });
  }
  expect(ground.log.writing).toMatchObject({ writing: false });
  expect((await ground.log.load(id)).head).toBe(1);
  renameSync(`${path}.away`, path);
  expect(await writing).toBe(true);
  expect(await Promise.all(typists.map((type) => type("y")))).toHaveLength(10);
});

test("L4 what is loaded is the last snapshot and what came since; every entry stays", async () => {
  const type = typist();
  for (const letter of "bonjour") await type(letter);
  await ground.log.compact(id);
  await type(" à tous");
  const loaded = await ground.log.load(id);
  expect(loaded.state).toBeDefined();
  expect(loaded.updates).toHaveLength(1);
  expect(await words()).toBe("bonjour à tous");
  await ground.reopen();
  expect(await words()).toBe("bonjour à tous");
  const entries = { sql: "SELECT count(*) AS n FROM entries", values: [], row: ({ n }: { n?: unknown }) => n };
  expect(await ground.store.read(entries)).toEqual([[9]]);
});

test("L5 compaction goes through a Y.Doc: what was typed and deleted weighs next to nothing", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = doc.getText("words");
  for (let i = 0; i < 300; i += 1) text.insert(text.length, `mot ${i} `);
  text.delete(0, text.length);
  text.insert(0, "reste");
  for (const update of updates) await ground.log.append({ document: id, update });
  await ground.log.compact(id);
  const { state } = await ground.log.load(id);
  expect(state!.length).toBeLessThan(Y.mergeUpdates(updates).length / 10);
  expect(await words()).toBe("reste");
});

test("L5 without anything new no snapshot is written; two are kept", async () => {
  const snapshots = {
    sql: "SELECT seq FROM snapshots ORDER BY seq",
    values: [],
    row: ({ seq }: { seq?: unknown }) => seq,
  };
  const type = typist();
  for (const letter of "abc") {
    await type(letter);
    await ground.log.compact(id);
    await ground.log.compact(id);
  }
  expect(await ground.store.read(snapshots)).toEqual([[3, 4]]);
});

test("L5 a log that grows without a pause gets its snapshot on the way", async () => {
  const type = typist();
  await Promise.all(Array.from({ length: 5000 }, () => type("x")));
  await vi.waitFor(async () => expect((await ground.log.load(id)).state).toBeDefined(), { timeout: 20_000 });
  expect(await words()).toBe("x".repeat(5000));
});

test("L5 an update that waits for another one survives compaction", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  doc.getText("words").insert(0, "un ");
  doc.getText("words").insert(3, "deux");
  await ground.log.append({ document: id, update: updates[1]! });
  await ground.log.compact(id);
  await ground.log.append({ document: id, update: updates[0]! });
  expect(await words()).toBe("un deux");
});

test("L6 a snapshot that rotted is passed over: the one before it, or all entries, say the same", async () => {
  const type = typist();
  await type("a");
  await ground.log.compact(id);
  await type("b");
  await ground.log.compact(id);
  await type("c");
  await tamper("UPDATE snapshots SET bytes = x'0000' WHERE seq = 3");
  expect((await ground.log.load(id)).updates).toHaveLength(2);
  expect(await words()).toBe("abc");
  await tamper("UPDATE snapshots SET bytes = x'0000'");
  expect((await ground.log.load(id)).state).toBeUndefined();
  expect(await words()).toBe("abc");
});

for (const [what, statement] of [
  ["an entry that rotted", "UPDATE entries SET bytes = x'0000' WHERE seq = 2"],
  ["an entry given to another visitor", "UPDATE entries SET visitor = 'w' WHERE seq = 2"],
  ["a hole", "DELETE FROM entries WHERE seq = 2"],
  ["a missing end", "DELETE FROM entries WHERE seq = 3"],
  ["nothing at all", "DELETE FROM entries"],
  ["a head that was set back", "UPDATE documents SET head = 0"],
] as const) {
  test(`L6 ${what} makes a document unavailable, never shorter or empty; others are served`, async () => {
    const type = typist();
    await type("a");
    await type("b");
    await tamper(statement);
    const other = await newWorkshop(ground.access);
    await expect(ground.log.load(id)).rejects.toMatchObject({ code: "unavailable", status: 503 });
    await expect(ground.log.minutes(id)).rejects.toMatchObject({ code: "unavailable" });
    await expect(ground.log.compact(id)).rejects.toMatchObject({ code: "unavailable" });
    expect((await ground.log.minutes(other.id)).title).toBe("Comment mieux décider ensemble ?");
  });
}

test("L6 an entry that is no update makes a document unavailable", async () => {
  await ground.log.append({ document: id, update: new Uint8Array([255, 255, 255]) });
  await expect(ground.log.minutes(id)).rejects.toMatchObject({ code: "unavailable" });
});

test("L7 the minutes are those of the log's head, and kept until it moves", async () => {
  const before = await ground.log.minutes(id);
  expect(before).toMatchObject({ id, title: "Comment mieux décider ensemble ?", language: "fr", state: "live" });
  expect(await ground.log.minutes(id)).toBe(before);
  const doc = rebuild(await ground.log.load(id));
  const vector = Y.encodeStateVector(doc);
  doc.getText("title").insert(0, "Atelier : ");
  const seq = await ground.log.append({ document: id, update: Y.encodeStateAsUpdate(doc, vector) });
  expect(seq).toBe(2);
  expect((await ground.log.minutes(id)).title).toBe("Atelier : Comment mieux décider ensemble ?");
});

test("L7 when something was last written is read from the log as well", async () => {
  const before = Date.now();
  await typist()("a");
  const changed = (await ground.log.changed(id)).getTime();
  expect(changed).toBeGreaterThanOrEqual(before);
  expect(changed).toBeLessThanOrEqual(Date.now());
  await expect(ground.log.changed("nowhere")).rejects.toMatchObject({ code: "unknown-workshop" });
});

test("L7 they follow the state, and the names visitors go by", async () => {
  const points = { id: "points", kind: "items", heading: "Points" } as const;
  const template = { id: "t", language: "fr", name: "", description: "", title: "", sections: [points] } as const;
  const update = create({ ...template, sections: [points] });
  const started = await ground.access.createWorkshop({ update, kind: "workshop", language: "fr", template: "t" });
  const { grant } = await ground.access.openSession(started.id, started.links.write, { name: "Brice" });
  const doc = rebuild(await ground.log.load(started.id));
  addItem(doc, "points", { text: "Un point", author: grant.visitor, at: new Date().toISOString() });
  await ground.log.append({ document: started.id, visitor: grant.visitor, update: Y.encodeStateAsUpdate(doc) });
  const authors = async (): Promise<unknown> => (await ground.log.minutes(started.id)).sections;
  expect(await authors()).toMatchObject([{ items: [{ author: "Brice" }] }]);
  await ground.access.rename(grant, { name: "Nadia", organisation: "" });
  expect(await authors()).toMatchObject([{ items: [{ author: "Nadia" }] }]);
  await ground.access.setState(started.id, "open");
  expect((await ground.log.minutes(started.id)).state).toBe("open");
});

test("L7 whoever asks after an acknowledgement reads it, however many ask at once", async () => {
  const doc = rebuild(await ground.log.load(id));
  for (let i = 0; i < 20; i += 1) {
    const earlier = ground.log.minutes(id);
    const vector = Y.encodeStateVector(doc);
    doc.getText("title").insert(0, String(i % 10));
    await ground.log.append({ document: id, update: Y.encodeStateAsUpdate(doc, vector) });
    const [minutes] = await Promise.all([ground.log.minutes(id), ground.log.minutes(id), earlier]);
    expect(minutes.title).toBe(doc.getText("title").toJSON());
  }
});

test("L15 L16 of many versions each is told once, also where a page of them ends within a moment", async () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (let n = 0; n < 101; n += 1) doc.getText("words").insert(0, "a");
  await Promise.all(updates.map((update) => ground.log.append({ document: id, visitor: "v", update, restores: 1 })));
  const told: string[] = [];
  for (let before: number | null | undefined; before !== null;) {
    // oxlint-disable-next-line no-await-in-loop -- each page names the next
    const { versions, next } = await ground.log.history(id, before);
    told.push(...versions.map(({ kind, seq }) => `${kind} ${seq}`));
    before = next;
  }
  expect(told).toHaveLength(202);
  expect(new Set(told).size).toBe(202);
});
