/** What any driver of the store must do, whatever database is under it; each driver's own test runs this suite. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Refusal } from "../../document/refusal.ts";
import { ConflictingRow, MissingRow } from "../../server/store/driver.ts";
import { addDocument, addEntry, documentRow, entriesAfter } from "../../server/store/entries.ts";
import { needed, sql } from "../../server/store/rows.ts";
import type { Store } from "../../server/store/store.ts";

export interface Ground {
  /** Opens the store on the same data each time. */
  open: () => Promise<Store>;
  remove: () => Promise<void>;
}

const entry = (text: string) => ({ at: 1, visitor: null, bytes: new TextEncoder().encode(text) });
const textOf = ({ bytes }: { bytes: Uint8Array }): string => new TextDecoder().decode(bytes);

/** Runs the contract on grounds that `prepare` makes, one per test. */
export const storeContract = (driver: string, prepare: () => Promise<Ground>): void => {
  describe(`the contract of the store, on ${driver}`, () => {
    let ground: Ground;
    let store: Store;

    beforeEach(async () => {
      ground = await prepare();
      store = await ground.open();
      await store.write(addDocument("d", 7));
    });

    afterEach(async () => {
      await store.close();
      await ground.remove();
    });

    const texts = async (document = "d"): Promise<string[]> => {
      const [rows] = await store.read(entriesAfter(document, 0));
      return rows.map(textOf);
    };

    test("S1 what was resolved is there when the store is opened again", async () => {
      await store.write(...addEntry("d", entry("Éléments principaux")));
      await store.close();
      store = await ground.open();
      expect(await texts()).toEqual(["Éléments principaux"]);
    });

    test("S1 bytes come back as they went, also from the middle of a larger buffer", async () => {
      const large = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
      const bytes = large.subarray(100, 66_000);
      await store.write(...addEntry("d", { at: 1, visitor: "v", bytes }));
      const [[row]] = await store.read(entriesAfter("d", 0));
      expect(row).toMatchObject({ seq: 1, at: 1, visitor: "v", whole: true });
      expect(Buffer.compare(row!.bytes, bytes)).toBe(0);
    });

    test("S2 a unit is all or nothing: a conflict in its last statement undoes its first", async () => {
      const unit = store.write(...addEntry("d", entry("never")), addDocument("d", 8));
      await expect(unit).rejects.toBeInstanceOf(ConflictingRow);
      expect(await texts()).toEqual([]);
      expect(await store.read(documentRow("d"))).toEqual([[{ epoch: 7, head: 0 }]]);
    });

    test("S2 a reference to nothing is a conflict", async () => {
      const orphan = sql("INSERT INTO entries (document, seq, at, bytes, sum) VALUES ('x', 1, 1, ?, 0)", [
        new Uint8Array(),
      ]);
      await expect(store.write(orphan)).rejects.toBeInstanceOf(ConflictingRow);
    });

    test("S2 a needed row that is missing undoes its unit", async () => {
      const unit = store.write(addDocument("e", 1), needed(documentRow("nowhere")));
      await expect(unit).rejects.toBeInstanceOf(MissingRow);
      expect(await store.read(documentRow("e"))).toEqual([[]]);
    });

    test("S2 a unit that the rows forbid fails alone; those it shares a commit with stand", async () => {
      const before = store.commits;
      const [first, second, third] = await Promise.allSettled([
        store.write(...addEntry("d", entry("a"))),
        store.write(addDocument("d", 9)),
        store.write(...addEntry("d", entry("b"))),
      ]);
      expect([first.status, second.status, third.status]).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(store.commits - before).toBe(1);
      expect(await texts()).toEqual(["a", "b"]);
    });

    test("S3 everything that waits shares one commit", async () => {
      const before = store.commits;
      const written = await Promise.all(
        Array.from({ length: 1000 }, (_, i) => store.write(...addEntry("d", entry(String(i))))),
      );
      expect(written.map(([[seq]]) => seq)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
      expect(store.commits - before).toBe(1);
    });

    test("S3 what arrives during a commit goes with the next one, in the order of arrival", async () => {
      const before = store.commits;
      const order: string[] = [];
      const write = async (text: string): Promise<void> => {
        await store.write(...addEntry("d", entry(text)));
        order.push(text);
      };
      const early = write("0");
      // One turn of the event loop: the first commit has left for the disk, which cannot have answered yet.
      await new Promise((next) => setImmediate(() => setImmediate(next)));
      await Promise.all([early, ...["1", "2", "3"].map(write)]);
      expect(order).toEqual(["0", "1", "2", "3"]);
      expect(await texts()).toEqual(order);
      expect(store.commits - before).toBeLessThanOrEqual(2);
    });

    test("S4 numbers rise by one within each document, whoever writes at once", async () => {
      await store.write(addDocument("e", 1));
      const both = ["d", "e"].flatMap((document) => Array.from({ length: 50 }, () => document));
      const written = await Promise.all(
        both.map(async (document) => {
          const [[seq]] = await store.write(...addEntry(document, entry("x")));
          return `${document}${seq}`;
        }),
      );
      expect(new Set(written).size).toBe(100);
      expect(await store.read(documentRow("d"), documentRow("e"))).toMatchObject([[{ head: 50 }], [{ head: 50 }]]);
    });

    test("S5 a read sees every unit resolved before it, and one state in all its statements", async () => {
      const writes = Array.from({ length: 30 }, (_, i) => store.write(...addEntry("d", entry(String(i)))));
      const reads = await Promise.all(writes.map(() => store.read(documentRow("d"), entriesAfter("d", 0))));
      for (const [[row], rows] of reads) expect(rows).toHaveLength(row!.head);
      await Promise.all(writes);
      expect(await texts()).toHaveLength(30);
    });

    test("S6 closing commits what waits, then refuses", async () => {
      const waiting = store.write(...addEntry("d", entry("last")));
      await store.close();
      await waiting;
      await expect(store.write(addDocument("e", 1))).rejects.toMatchObject({ code: "stopping" });
      await expect(store.read(documentRow("d"))).rejects.toBeInstanceOf(Refusal);
      store = await ground.open();
      expect(await texts()).toEqual(["last"]);
    });

    test("S7 a unit that the program got wrong is refused as a fault, and the store goes on", async () => {
      const wrong = store.write(sql("INSERT INTO nowhere VALUES (1)", []));
      await expect(wrong).rejects.toThrow(/nowhere/);
      await store.write(...addEntry("d", entry("after")));
      expect(await texts()).toEqual(["after"]);
      expect(store.state).toEqual({ writing: true });
    });
  });
};
