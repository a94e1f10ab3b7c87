/** Makes a disk fail, fill up or slow down under another process, on demand, and records what reached it (faulty-disk.c). */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** As in the C file: which calls on the directory a fault is for. */
export const CALL = { write: 1, sync: 2, truncate: 4, open: 8, name: 16, read: 32 } as const;
export const EVERY_CHANGE = CALL.write | CALL.sync | CALL.truncate | CALL.open | CALL.name;

/** As in the C file: where each number of the control file stands. */
const PLACE = { calls: 0, skip: 1, times: 2, error: 3, room: 4, slow: 5, seen: 6, failed: 7, silent: 8 } as const;
type Numbers = Record<keyof typeof PLACE, number>;

const WELL: Numbers = { calls: 0, skip: 0, times: 0, error: 0, room: -1, slow: 0, seen: 0, failed: 0, silent: 0 };

export interface Fault {
  /** A sum of `CALL`s. */
  calls: number;
  /** So many of them pass first; none unless told. */
  skip?: number;
  /** So many fail then; all unless told. */
  times?: number;
  /** `short`: half is written. */
  error: "EIO" | "ENOSPC" | "EROFS" | "short";
}

const ERRNO = { ...constants.errno, short: 0 } as Record<Fault["error"], number>;

const COMPILER = process.env["CC"] ?? "cc";

/** The library, compiled once for each process that wants it; undefined where there is no compiler. */
const compiled = ((): string | undefined => {
  const out = join(mkdtempSync(join(tmpdir(), "minutier-faults-")), "faults.so");
  try {
    const source = new URL("faulty-disk.c", import.meta.url).pathname;
    execFileSync(COMPILER, ["-shared", "-fPIC", "-O1", "-o", out, source, "-ldl", "-lpthread"], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  process.on("exit", () => rmSync(join(out, ".."), { recursive: true, force: true }));
  return out;
})();

/** Why tests with a faulty disk are skipped here; undefined where they run. */
export const noFaults = compiled ? undefined : `there is no C compiler called ${COMPILER}`;

/** Ends the title of every test that `test.skipIf(noFaults)` may skip: it says why. */
export const orSkipped = noFaults ? ` (skipped: ${noFaults})` : "";

export class FaultyDisk {
  /** What the process under it has to be started with. */
  readonly environment: Record<string, string>;
  readonly #path: string;
  readonly #control: number;

  /** Over everything in `dataDir`, which must exist. */
  constructor(dataDir: string, { traced = false } = {}) {
    this.#path = mkdtempSync(join(tmpdir(), "minutier-control-"));
    const control = join(this.#path, "control");
    writeFileSync(control, Buffer.alloc(8 * Object.keys(PLACE).length));
    this.#control = openSync(control, "r+");
    this.environment = {
      LD_PRELOAD: compiled ?? "",
      FAULTS_DIR: dataDir,
      FAULTS_CONTROL: control,
      ...(traced ? { FAULTS_TRACE: join(this.#path, "trace") } : {}),
    };
    this.heal();
  }

  /** From now on these calls fail. */
  fail({ calls, skip = 0, times = -1, error }: Fault): void {
    // `calls` last: until then nothing fails.
    this.#set({ calls: 0, skip, times, error: ERRNO[error], seen: 0, failed: 0 });
    this.#set({ calls });
  }

  /** From now on files may grow by so many bytes in all; then the disk is full. */
  room(bytes: number): void {
    this.#set({ room: bytes });
  }

  /** From now on every sync takes so much longer. */
  slow(ms: number): void {
    this.#set({ slow: ms });
  }

  /** From now on no read is answered, neither with bytes nor with an error. */
  silence(): void {
    this.#set({ silent: 1 });
  }

  heal(): void {
    this.#set(WELL);
  }

  /** How many calls a fault was for, and how many it failed. */
  get counts(): { seen: number; failed: number } {
    return { seen: this.#get("seen"), failed: this.#get("failed") };
  }

  /** What was recorded so far. */
  trace(): Buffer {
    return readFileSync(join(this.#path, "trace"));
  }

  remove(): void {
    closeSync(this.#control);
    rmSync(this.#path, { recursive: true, force: true });
  }

  #set(numbers: Partial<Numbers>): void {
    for (const [name, value] of Object.entries(numbers)) {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(value));
      writeSync(this.#control, bytes, 0, 8, PLACE[name as keyof Numbers] * 8);
    }
  }

  #get(name: keyof Numbers): number {
    const bytes = Buffer.alloc(8);
    readSync(this.#control, bytes, 0, 8, PLACE[name] * 8);
    return Number(bytes.readBigInt64LE());
  }
}
