/** A document on this device, in IndexedDB: every change as it is made, and now and then all of it, arranged. */
import * as idb from "lib0/indexeddb";
import * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import { arranging, type Arranged } from "../../document/updates/arranged.ts";
import { filling, layingOut } from "../../document/updates/filling.ts";
import { atOnce, inTurns } from "../../document/updates/steps.ts";

/** One row for each change; as y-indexeddb had them, which made the copies of earlier programs. */
const ROWS = "updates";
const WHOLE = "custom";
/** In that: all of it, and which one that is. */
const ARRANGED = "arranged";
const WHICH = "which";

/** More than this is put together when there is a moment for it. */
const MOST_ROWS = 500;
const MOST_BYTES = 256 * 1024;
/** A page in which nothing was written for so long has a moment; one that nobody looks at has it at once. */
const CALM_MS = 4_000;
/** Long minutes are read for so long at a time: whoever gives a name meanwhile, or is answered by the door, waits no longer. */
const TURN_MS = 12;

export interface Copy {
  /**
   * Takes in all that a server holds, into a document that is empty as yet, and keeps it. False, and nothing is done, where it
   * does not fit, or something was written meanwhile.
   */
  take(arranged: Arranged): Promise<boolean>;
  /** What was found here is in the document. Never rejects; a device that gives us no database keeps nothing. */
  readonly loaded: Promise<void>;
  /** What is here has been found, and is being read. Never rejects. */
  readonly found: Promise<void>;
  close(): void;
}

/** Whether it may be filled in at all; what it says is looked at where that is done. */
const isArranged = (value: unknown): value is Arranged =>
  typeof value === "object" &&
  value !== null &&
  (value as Arranged).update instanceof Uint8Array &&
  (value as Arranged).before instanceof Int32Array;

/** Lets the page do what it has to; at once, also where nobody looks at it and its clocks are slow. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });

const open = async (name: string): Promise<IDBDatabase | undefined> => {
  try {
    return await idb.openDB(name, (made) => idb.createStores(made, [[ROWS, { autoIncrement: true }], [WHOLE]]));
  } catch {
    // Some private windows have none.
    return undefined;
  }
};

class Kept {
  readonly loaded: Promise<void>;
  readonly found: Promise<void>;
  #isFound: () => void = () => undefined;
  /** What updates from here carry as origin. */
  readonly #origin = { local: true };
  readonly #doc: Y.Doc;
  readonly #confirmed: () => boolean;
  readonly #stops: (() => void)[];
  #db: IDBDatabase | undefined;
  #closed = false;
  /** Changes that wait for the database. */
  #early: Uint8Array[] | undefined = [];
  /** The rows that are in the document: all up to the last that was found, and our own. */
  #found = 0;
  readonly #own: number[] = [];
  #rows = 0;
  #bytes = 0;
  /** Which arranged one is in the document; and whether another page has put one in its place that may not be. */
  #which: string | undefined;
  #behind = false;
  /** Counts what happens to the document: what is being arranged meanwhile is given up. */
  #changes = 0;
  #calm: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, doc: Y.Doc, confirmed: () => boolean) {
    this.#doc = doc;
    this.#confirmed = confirmed;
    this.#stops = [listen(doc, "update", (update: Uint8Array, origin: unknown) => this.#hear(update, origin))];
    if (typeof document !== "undefined") {
      const hidden = (): void => {
        if (document.visibilityState === "hidden" && this.#isLong()) this.#arrange(true);
      };
      document.addEventListener("visibilitychange", hidden);
      this.#stops.push(() => document.removeEventListener("visibilitychange", hidden));
    }
    this.found = new Promise((resolve) => {
      this.#isFound = resolve;
    });
    this.loaded = this.#load(name);
  }

  async take(arranged: Arranged): Promise<boolean> {
    if (!(await this.#fill(arranged))) return false;
    this.#changes += 1;
    const keep = async (): Promise<void> => {
      await this.loaded;
      if (this.#found === 0 && this.#which === undefined) await this.#store(arranged, []);
      // What was found here after all is in the document, and not in this: it stays, and this stands beside it.
      else this.#add(arranged.update);
    };
    keep().catch(() => undefined);
    return true;
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    clearTimeout(this.#calm);
    this.#db?.close();
  }

  async #load(name: string): Promise<void> {
    const db = await open(name);
    if (!db || this.#closed) {
      this.#early = undefined;
      this.#isFound();
      db?.close();
      return;
    }
    this.#db = db;
    // What cannot be read stays where it is, and takes nothing along that is written from now on.
    await this.#read(db).catch(() => undefined);
    this.#isFound();
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const each of early) this.#add(each);
    this.#waitForCalm();
  }

  async #read(db: IDBDatabase): Promise<void> {
    const [rows, whole] = idb.transact(db, [ROWS, WHOLE], "readonly") as [IDBObjectStore, IDBObjectStore];
    // Asked for in one breath: what somebody else puts together meanwhile is seen before or after, never half.
    const [updates, keys, which, arranged] = (await Promise.all([
      idb.getAll(rows, undefined as never),
      idb.getAllKeys(rows, undefined as never),
      idb.get(whole, WHICH),
      // Browsers keep something as large as this in a file of its own, which may be gone. Asked for last, it is gone alone.
      idb.get(whole, ARRANGED).catch(() => undefined),
    ])) as [Uint8Array[], number[], string | undefined, unknown];
    this.#isFound();
    await this.#take(updates, arranged);
    this.#found = keys.at(-1) ?? 0;
    this.#which = which;
    this.#rows = updates.length;
    this.#bytes = updates.reduce((sum, { length }) => sum + length, 0);
  }

  /** Reads it a little at a time, and puts it into the document at once: nobody sees a part of it. */
  async #fill(arranged: Arranged): Promise<boolean> {
    const laid = await inTurns(layingOut(arranged), TURN_MS, breathe);
    return laid !== undefined && !this.#closed && atOnce(filling(this.#doc, laid));
  }

  async #take(updates: readonly Uint8Array[], arranged: unknown): Promise<void> {
    const rows = [...updates];
    if (isArranged(arranged) && !(await this.#fill(arranged))) rows.unshift(arranged.update);
    if (rows.length === 0 || this.#closed) return;
    const take = (): void => {
      for (const each of rows) {
        try {
          Y.applyUpdate(this.#doc, each);
        } catch {
          // What is no update takes nothing else along.
        }
      }
    };
    Y.transact(this.#doc, take, this.#origin, false);
  }

  #hear(update: Uint8Array, origin: unknown): void {
    this.#changes += 1;
    if (origin !== this.#origin) this.#add(update);
    this.#waitForCalm();
  }

  #add(update: Uint8Array): void {
    if (this.#early) this.#early.push(update);
    if (this.#early || !this.#db || this.#closed) return;
    this.#rows += 1;
    this.#bytes += update.length;
    const add = async (db: IDBDatabase): Promise<void> => {
      const [rows] = idb.transact(db, [ROWS]) as [IDBObjectStore];
      this.#own.push(await idb.addAutoKey(rows, update as never));
    };
    // A device that is full, or has taken its database away, keeps what it has; the room has the rest.
    add(this.#db).catch(() => undefined);
  }

  #isLong(): boolean {
    if (this.#db === undefined || this.#early || this.#behind) return false;
    return this.#rows > MOST_ROWS || this.#bytes > MOST_BYTES;
  }

  #waitForCalm(): void {
    if (!this.#isLong()) return;
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => this.#arrange(false), CALM_MS);
  }

  /** Puts all of it together: at once, or a little at a time until something happens. */
  #arrange(now: boolean): void {
    clearTimeout(this.#calm);
    // What nobody has confirmed stays as it was written: the whole is only what the server has as well.
    if (this.#closed || !this.#confirmed()) return;
    const begun = this.#changes;
    const own = [...this.#own];
    const steps = arranging(this.#doc);
    const go = (): void => {
      if (this.#closed || this.#changes !== begun) return;
      let { done, value } = steps.next();
      while (!done && now) ({ done, value } = steps.next());
      if (!done) this.#calm = setTimeout(go);
      else if (value) void this.#store(value, own).catch(() => undefined);
    };
    go();
  }

  async #store(arranged: Arranged, own: readonly number[]): Promise<void> {
    if (!this.#db) return;
    const [rows, whole] = idb.transact(this.#db, [ROWS, WHOLE]) as [IDBObjectStore, IDBObjectStore];
    // Another page of this browser was there first, with what this one may not know.
    this.#behind = (await idb.get(whole, WHICH)) !== this.#which;
    if (this.#behind) return;
    const which = crypto.randomUUID();
    await Promise.all([
      idb.put(whole, arranged as never, ARRANGED),
      idb.put(whole, which, WHICH),
      idb.del(rows, IDBKeyRange.upperBound(this.#found) as never),
      ...own.map((key) => idb.del(rows, key)),
    ]);
    this.#which = which;
    this.#found = 0;
    this.#own.splice(0, own.length);
    this.#rows = this.#own.length;
    this.#bytes = 0;
  }
}

/**
 * Reads what is kept under `name` into `doc` and keeps what happens to it from now on. `confirmed`: the server has all that
 * the document holds.
 */
export const keepCopy = (name: string, doc: Y.Doc, confirmed: () => boolean): Copy => new Kept(name, doc, confirmed);
