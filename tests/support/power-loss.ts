/** A machine that can lose its power: keeps what was synced, and of everything later whatever chance leaves of it. */
import type { Random } from "../fuzz/random.ts";
import type { Step } from "./disk-trace.ts";

type Change = Extract<Step, { does: "write" | "truncate" }>;
type Naming = Extract<Step, { does: "create" | "rename" | "unlink" }>;

const SECTOR = 512;

/** The bytes of a file, with room to grow: megabytes are written to it page by page. */
class Content {
  #bytes: Buffer;
  #length: number;

  constructor(from?: Content) {
    this.#bytes = Buffer.from(from ? from.whole() : Buffer.alloc(0));
    this.#length = this.#bytes.length;
  }

  take(change: Change): void {
    const end = change.does === "truncate" ? change.length : change.offset + change.bytes.length;
    if (end > this.#bytes.length) this.#bytes = Buffer.concat([this.whole(), Buffer.alloc(end * 2 - this.#length)]);
    // What was cut off must not come back when the file grows again.
    if (change.does === "truncate") this.#bytes.fill(0, end);
    else change.bytes.copy(this.#bytes, change.offset);
    this.#length = change.does === "truncate" ? end : Math.max(end, this.#length);
  }

  whole(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}

interface File {
  /** As it is on the platter. */
  synced: Content;
  /** What the system has only promised so far. */
  pending: Change[];
}

/** A write of which only some sectors arrived. */
const torn = (change: Change, random: Random): Change[] => {
  if (change.does === "truncate") return [change];
  const sectors: Change[] = [];
  for (let at = 0; at < change.bytes.length; at += SECTOR) {
    const bytes = change.bytes.subarray(at, at + SECTOR);
    if (random.chance(0.5)) sectors.push({ ...change, offset: change.offset + at, bytes });
  }
  return sectors;
};

export class Machine {
  readonly #files = new Map<string, File>();
  readonly #names = new Map<string, string>();
  /** Names that no sync of the directory has made sure of yet; a file system forgets the latest of them first. */
  #naming: Naming[] = [];
  /** Whether a sync is only claimed: what a test that sees no loss is compared with. */
  readonly #lies: boolean;

  constructor({ lies = false } = {}) {
    this.#lies = lies;
  }

  /** A file that was there before anything was recorded, safe on the platter. `file` is its number, as in the trace. */
  found(path: string, file: string, bytes: Buffer): void {
    const synced = new Content();
    synced.take({ does: "write", file, offset: 0, bytes });
    this.#files.set(file, { synced, pending: [] });
    this.#names.set(path, file);
  }

  take(step: Step): void {
    if (step.does === "create") this.#files.set(step.file, { synced: new Content(), pending: [] });
    if (step.does === "create" || step.does === "rename" || step.does === "unlink") this.#naming.push(step);
    if (step.does === "write" || step.does === "truncate") this.#files.get(step.file)?.pending.push(step);
    if (step.does === "sync") this.#sync(step.file);
    if (step.does === "sync-directory") this.#named(this.#names, this.#naming.splice(0));
  }

  /** What is found after the power came back: each file by its path. */
  afterPowerLoss(random: Random): Map<string, Buffer> {
    const names = new Map(this.#names);
    this.#named(names, this.#naming.slice(0, random.below(this.#naming.length + 1)));
    return new Map([...names].map(([path, file]) => [path, this.#remains(file, random)]));
  }

  /** What is found after the process was killed: the system still writes all it has promised. */
  afterKill(): Map<string, Buffer> {
    const names = new Map(this.#names);
    this.#named(names, this.#naming);
    return new Map([...names].map(([path, file]) => [path, this.#promised(file)]));
  }

  #promised(id: string): Buffer {
    const file = this.#files.get(id);
    const whole = new Content(file?.synced);
    for (const change of file?.pending ?? []) whole.take(change);
    return whole.whole();
  }

  #sync(id: string): void {
    const file = this.#files.get(id);
    if (!file) return;
    // A disk that lies writes in its own time: long after it said so.
    const due = this.#lies ? Math.max(0, file.pending.length - 400) : file.pending.length;
    for (const change of file.pending.splice(0, due)) file.synced.take(change);
  }

  #remains(id: string, random: Random): Buffer {
    const file = this.#files.get(id);
    const left = new Content(file?.synced);
    const loss = random.next();
    for (const change of file?.pending ?? []) {
      if (random.chance(loss)) continue;
      const parts = random.chance(0.3) ? torn(change, random) : [change];
      for (const part of parts) left.take(part);
    }
    return left.whole();
  }

  #named(names: Map<string, string>, steps: readonly Naming[]): void {
    for (const step of steps) {
      if (step.does === "create") names.set(step.path, step.file);
      else if (step.does === "unlink") names.delete(step.path);
      else {
        const file = names.get(step.from);
        names.delete(step.from);
        if (file !== undefined) names.set(step.to, file);
      }
    }
  }
}
