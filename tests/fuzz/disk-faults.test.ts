/** D08, D09: every single call on the disk fails once; nobody is told what is not true, and what was told is there. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { CALL, EVERY_CHANGE, FaultyDisk, noFaults, orSkipped, type Fault } from "../support/faulty-disk.ts";
import type { Order, Played } from "../support/scripted.ts";
import { lookAt } from "../support/still.ts";
import { newSeed, Random } from "./random.ts";

/** How many of the calls fail, one in each run; 0: every one of them. */
const RUNS = Number(process.env["RUNS"] ?? 3);
const seed = newSeed("D08 D09");
const SCRIPT = new URL("../support/scripted.ts", import.meta.url);

interface Run extends Played {
  skip: number;
  failed: number;
  lost: string[];
  doubled: boolean;
  /** What a start without faults says of the data afterwards. */
  check: unknown;
}

describe("a disk of which one call fails", () => {
  let dir: DataDir;
  let disk: FaultyDisk;
  let child: ChildProcess;
  /** How many calls the last session made that a fault was for. */
  let seen = 0;

  beforeAll(async () => {
    dir = newDataDir();
    disk = new FaultyDisk(dir.path);
    if (noFaults) return;
    child = fork(SCRIPT, { env: { ...process.env, ...disk.environment }, execArgv: [] });
    await once(child, "message");
  });
  afterAll(() => {
    child?.kill("SIGKILL");
    disk.remove();
    dir.remove();
  });

  const play = async (fault: Fault & { skip: number }, patient: boolean): Promise<Run> => {
    const dataDir = join(dir.path, `${fault.error}-${fault.calls}-${fault.skip}-${patient}`);
    mkdirSync(dataDir);
    disk.fail(fault);
    const answer = once(child, "message");
    child.send({ dataDir, patient } satisfies Order);
    const [played] = (await answer) as [Played];
    const { failed } = disk.counts;
    ({ seen } = disk.counts);
    disk.heal();
    const run: Run = { ...played, skip: fault.skip, failed, lost: [], doubled: false, check: "ok" };
    try {
      // Where not even the beginning was acknowledged a start finds what it began, or begins anew.
      const { check, words } = await lookAt(dataDir, played.id);
      run.check = check;
      run.lost = played.acknowledged.filter((word) => !words.includes(word));
      run.doubled = new Set(words).size !== words.length;
    } catch (error) {
      run.check = String(error);
    }
    rmSync(dataDir, { recursive: true });
    return run;
  };

  /** One run for each chosen call that may fail; how many there are to choose from is counted first, and told. */
  const sweep = async (what: string, fault: Fault, patient: boolean, runs: number): Promise<Run[]> => {
    const whole = await play({ ...fault, skip: 1_000_000 }, patient);
    expect(whole).toMatchObject({ end: "done", failed: 0, lost: [] });
    const count = seen;
    const random = new Random(seed);
    const places =
      runs === 0 || runs >= count
        ? Array.from({ length: count }, (_, i) => i)
        : Array.from({ length: runs }, (_, i) => Math.floor(((i + random.next()) * count) / runs));
    const found: Run[] = [];
    for (const skip of places) found.push(await play({ ...fault, skip }, patient));
    const failures = wrong(found).length;
    process.stdout.write(`${what}: ${found.length} of ${count} calls, one in each run, wrong ${failures}\n`);
    return found;
  };

  const wrong = (runs: readonly Run[]): Run[] =>
    runs.filter(({ lost, doubled, check, fault }) => lost.length > 0 || doubled || check !== "ok" || fault);

  const CASES: [string, Fault][] = [
    ["D09 any call gives EIO", { calls: EVERY_CHANGE, times: 1, error: "EIO" }],
    ["D09 any call gives ENOSPC", { calls: EVERY_CHANGE, times: 1, error: "ENOSPC" }],
    ["D09 half of any write is written", { calls: CALL.write, times: 1, error: "short" }],
    ["D09 reading gives EIO", { calls: CALL.read, times: 1, error: "EIO" }],
    ["D08 any sync gives EIO", { calls: CALL.sync, times: 1, error: "EIO" }],
    ["D09 from any call on all of them give EIO", { calls: EVERY_CHANGE, error: "EIO" }],
  ];
  test.skipIf(noFaults).each(CASES)(
    `%s: what was acknowledged is there, once, and the data opens (seed ${seed})${orSkipped}`,
    async (what, fault) => {
      const runs = await sweep(what, fault, false, RUNS);
      expect(wrong(runs)).toEqual([]);
      expect(runs.filter(({ failed }) => failed > 0).length).toBeGreaterThan(runs.length / 2);
    },
    1_800_000,
  );

  test.skipIf(noFaults)(
    `D08 after a sync that failed writing goes on without a restart, and nothing is lost (seed ${seed})${orSkipped}`,
    async () => {
      const fault = { calls: CALL.sync, times: 1, error: "EIO" } as const;
      const runs = await sweep("D08 any sync gives EIO, then it goes on", fault, true, RUNS === 0 ? 0 : 2);
      expect(wrong(runs)).toEqual([]);
      for (const { end, acknowledged } of runs) if (end === "done") expect(acknowledged).toHaveLength(8);
    },
    1_800_000,
  );
});
