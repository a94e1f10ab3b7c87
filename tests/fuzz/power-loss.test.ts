/** D11: the power fails at any moment of a recorded run; what the log had acknowledged by then is there when it is back. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import { readTrace, type Step } from "../support/disk-trace.ts";
import { FaultyDisk, noFaults, orSkipped } from "../support/faulty-disk.ts";
import { Machine } from "../support/power-loss.ts";
import { lookAt, type Still } from "../support/still.ts";
import { commitsInLog } from "../support/wal.ts";
import { newSeed, Random } from "./random.ts";

const IMAGES = Number(process.env["IMAGES"] ?? 60);
/** Enough for the write-ahead log to be moved into the file, and begun again from its start, several times. */
const COMMITS = Number(process.env["COMMITS"] ?? 600);
const seed = newSeed("D11 D12 D17");
const APPENDER = new URL("../support/appender.ts", import.meta.url).pathname;

interface Verdict extends Omit<Still, "words"> {
  acknowledged: number;
  lost: number;
  doubled: number;
}

/** Everything the appender did to its disk until it was killed in the middle of it. */
const recorded = async (dir: DataDir): Promise<Step[]> => {
  const disk = new FaultyDisk(dir.path, { traced: true });
  const child = spawn(process.execPath, [APPENDER, dir.path], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...disk.environment },
  });
  const closed = once(child, "close");
  let printed = 0;
  // Four writers share a commit.
  child.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString().split("\n").length - 1;
    if (printed > COMMITS * 4) child.kill("SIGKILL");
  });
  await closed;
  const steps = readTrace(disk.trace());
  disk.remove();
  return steps;
};

/** What a start on this image comes to. */
const judge = async (image: Map<string, Buffer>, id: string, acknowledged: ReadonlySet<string>): Promise<Verdict> => {
  const { path, remove } = newDataDir();
  for (const [name, bytes] of image) writeFileSync(join(path, basename(name)), bytes);
  try {
    const { words, ...still } = await lookAt(path, id);
    const there = new Set(words);
    const lost = [...acknowledged].filter((word) => !there.has(word)).length;
    return { ...still, acknowledged: acknowledged.size, lost, doubled: words.length - there.size };
  } catch (error) {
    const all = acknowledged.size;
    return { acknowledged: all, lost: all, doubled: 0, check: String(error), commits: 0, noted: 0, missing: 0 };
  } finally {
    remove();
  }
};

/** A log of which the last kilobytes were cut off or written over. */
const damagedAtEnd = (log: Buffer, random: Random): Buffer => {
  const from = Math.max(4096, log.length - 1024 * (1 + random.below(64)));
  if (random.chance(0.5)) return log.subarray(0, from);
  const damaged = Buffer.from(log);
  for (let at = from; at < log.length; at += 1 + random.below(200)) damaged[at] = random.below(256);
  return damaged;
};

/** Nothing is lost, and nothing is said to be. */
const wrong = ({ lost, doubled, missing, check }: Verdict): boolean => lost + doubled + missing > 0 || check !== "ok";

describe("D11 loss of power", () => {
  let dir: DataDir;
  let steps: Step[] = [];

  beforeAll(async () => {
    dir = newDataDir();
    if (!noFaults) steps = await recorded(dir);
  });
  afterAll(() => dir.remove());

  /** Goes through the recorded run, and looks at an image of each of the moments, which are steps in their order. */
  const judgeAt = async (
    moments: readonly number[],
    machine: Machine,
    image: () => Map<string, Buffer>,
  ): Promise<Verdict[]> => {
    const acknowledged = new Set<string>();
    const found: Verdict[] = [];
    let id = "";
    let at = 0;
    for (const moment of moments) {
      for (; at <= moment; at += 1) {
        const step = steps[at]!;
        machine.take(step);
        const line = step.does === "print" ? step.bytes.toString() : "";
        id ||= /^ready (\S+)/.exec(line)?.[1] ?? "";
        for (const [, word] of line.matchAll(/acked (\S+)/g)) acknowledged.add(word!);
      }
      found.push(await judge(image(), id, new Set(acknowledged)));
    }
    return found;
  };

  /** As many images as asked for, each of another moment, most of them right after an acknowledgement. */
  const verdicts = async (images: number, lies: boolean): Promise<Verdict[]> => {
    const random = new Random(seed);
    const printed = steps.flatMap((step, index) => (step.does === "print" ? [index] : []));
    const from = printed[0] ?? 0;
    const moments = Array.from({ length: images }, () =>
      random.chance(0.7) ? random.pick(printed) : from + random.below(steps.length - from),
    ).toSorted((a, b) => a - b);
    const machine = new Machine({ lies });
    return judgeAt(moments, machine, () => machine.afterPowerLoss(random));
  };

  test.skipIf(noFaults)(
    `every one of ${IMAGES} images opens whole with all that was acknowledged (seed ${seed})${orSkipped}`,
    async () => {
      const found = await verdicts(IMAGES, false);
      expect(found.filter(wrong)).toEqual([]);
      // A run in which hardly anything was acknowledged would prove nothing.
      expect(Math.max(...found.map(({ acknowledged }) => acknowledged))).toBeGreaterThan(COMMITS);
      expect(steps.filter(({ does }) => does === "sync").length).toBeGreaterThan(COMMITS / 2);
      const acknowledged = Math.max(...found.map((each) => each.acknowledged));
      process.stdout.write(
        `D11 ${found.length} images, acknowledged up to ${acknowledged}: lost 0, not opened 0, false alarms 0\n`,
      );
    },
    1_200_000,
  );

  test.skipIf(noFaults)(
    `on a disk that only claims to have synced the same images do lose words (seed ${seed})${orSkipped}`,
    async () => {
      const found = await verdicts(10, true);
      expect(found.some(({ lost }) => lost > 0)).toBe(true);
    },
    120_000,
  );

  test.skipIf(noFaults)(
    `D17 killed at any step of a compaction everything acknowledged is there (seed ${seed})${orSkipped}`,
    async () => {
      const within: number[] = [];
      let compacting = 0;
      for (const [index, step] of steps.entries()) {
        if (step.does === "print") compacting += (step.bytes.toString().match(/^compacting/gm) ?? []).length;
        if (step.does === "print") compacting -= (step.bytes.toString().match(/^compacted/gm) ?? []).length;
        if (compacting > 0 && step.does !== "print") within.push(index);
      }
      const random = new Random(seed);
      const moments = Array.from({ length: Math.ceil(IMAGES / 3) }, () => random.pick(within)).toSorted(
        (a, b) => a - b,
      );
      const machine = new Machine();
      const found = await judgeAt(moments, machine, () => machine.afterKill());
      expect(found.filter(wrong)).toEqual([]);
      expect(new Set(moments).size).toBeGreaterThan(IMAGES / 6);
      process.stdout.write(`D17 killed at ${new Set(moments).size} steps of compactions: lost 0, doubled 0\n`);
    },
    1_200_000,
  );

  test.skipIf(noFaults)(
    `D12 a write-ahead log cut short or scribbled on at its end opens, whole up to there, and what is missing is told (seed ${seed})${orSkipped}`,
    async () => {
      const random = new Random(seed);
      const printed = steps.flatMap((step, index) => (step.does === "print" ? [index] : []));
      // Early, while the log still grows: later its end is what was moved into the file long ago.
      const moments = Array.from({ length: Math.ceil(IMAGES / 4) }, () => printed[random.below(300)]!);
      const machine = new Machine();
      const logs: [whole: number, damaged: number][] = [];
      const left: Map<string, Buffer>[] = [];
      const found = await judgeAt(
        moments.toSorted((a, b) => a - b),
        machine,
        () => {
          const image = machine.afterKill();
          left.push(new Map(image));
          const path = [...image.keys()].find((name) => name.endsWith("-wal")) ?? "";
          const whole = image.get(path) ?? Buffer.alloc(0);
          const log = damagedAtEnd(whole, random);
          logs.push([commitsInLog(whole).commits, commitsInLog(log).commits]);
          return image.set(path, log);
        },
      );
      const ready = steps.findIndex((step) => step.does === "print" && step.bytes.toString().startsWith("ready"));
      const begun = new Machine();
      const [born] = await judgeAt([ready], begun, () => begun.afterKill());
      const tally = { variants: found.length, commits: 0, words: 0 };
      for (const [i, { check, lost, doubled, commits, missing, acknowledged }] of found.entries()) {
        const before = await judge(left[i]!, "", new Set());
        const [whole, damaged] = logs[i]!;
        // What SQLite opens is what the format says is left: not a commit less, and none that is damaged.
        expect({ commits, doubled }).toEqual({ commits: before.commits - (whole - damaged), doubled: 0 });
        // What was never damaged is never reported; every word that is gone is, but for those of a commit nobody heard of.
        expect(before.missing).toBe(0);
        expect(missing).toBe(Math.max(0, before.noted - commits));
        expect(missing > 0 || lost === 0).toBe(true);
        // Only a cut that reaches back before the workshop began takes all of it (seed 952878).
        const unborn = commits < born!.commits;
        expect([check, lost]).toEqual(unborn ? ["Refusal: unknown-workshop", acknowledged] : ["ok", lost]);
        tally.commits += missing;
        tally.words += lost;
      }
      process.stdout.write(
        `D12 ${tally.variants} logs damaged: ${tally.commits} commits with ${tally.words} words gone, all reported; false alarms 0\n`,
      );
      // The check would be asleep if nothing ever went with the end.
      expect(tally.words).toBeGreaterThan(0);
    },
    1_200_000,
  );

  test.skipIf(noFaults)(
    `S11 the first start leaves no journal in its place that the next would have to undo${orSkipped}`,
    () => {
      const made = steps.flatMap((step) => (step.does === "create" ? [basename(step.path)] : []));
      expect(made).toContain("minutier.db-wal");
      expect(made).not.toContain("minutier.db-journal");
    },
  );
});
