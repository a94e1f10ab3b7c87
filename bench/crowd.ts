/** Many people in one room or in many: who types how often, how late it reaches the others, and what that costs. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import * as Y from "yjs";
import type { Running, Usage } from "./contender.ts";
import { Line, type Room } from "./line.ts";

const SECTIONS = 8;
/** As many of the readers decode what they get; the others count. */
const PROBES = 5;
const STEP_MS = 10;
/** Beyond this the server does not keep up: the measurement is cut short. */
const HOPELESS_MS = 3_000;

export interface Crowd {
  writers: number;
  readers: number;
  /** Letters of each writer, per second. */
  rate: number;
  carets: boolean;
  warmUp: number;
  seconds: number;
}

export interface Cost {
  p50: number;
  p95: number;
  /** Seconds of processor time for a thousand letters. */
  cpu: number;
  /** Share of one core. */
  core: number;
  /** Bytes for each letter and reader. */
  bytes: number;
  rss: number;
  /** 99th percentile of how late the driver itself was, in milliseconds. */
  lag: number;
  /** Lines that were closed on the way. */
  lost: number;
}

export const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? Number.NaN;

let serial = 1000;

/** Enters as many lines, some at a time. */
export const enter = async (room: Room, count: number): Promise<Line[]> => {
  const lines: Line[] = [];
  for (let i = 0; i < count; i += 1) {
    lines.push(new Line(room, (serial += 1), `s${i % SECTIONS}`));
    if (i % 25 === 24) await Promise.all(lines.slice(-25).map(({ ready }) => ready));
  }
  await Promise.all(lines.map(({ ready }) => ready));
  return lines;
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets the lines type and measures for `seconds` after `warmUp`. */
export const drive = async (server: Running, groups: readonly Line[][], crowd: Crowd): Promise<Cost> => {
  const writers = groups.flatMap((lines) => lines.slice(0, crowd.writers));
  const all = groups.flat();
  const gap = 1000 / crowd.rate;
  const late: number[] = [];
  const born = new Map<string, number>();
  let measuring = false;
  for (const lines of groups) {
    for (const line of lines.slice(-PROBES)) {
      line.onUpdate = (update) => {
        const now = performance.now();
        for (const { id, length } of Y.decodeUpdate(update).structs) {
          for (let clock = id.clock; clock < id.clock + length; clock += 1) {
            const sent = born.get(`${id.client}:${clock}`);
            if (sent !== undefined && measuring) late.push(now - sent);
          }
        }
      };
    }
  }
  for (const line of all) line.show();
  const due = new Map(writers.map((line) => [line, performance.now() + Math.random() * gap]));
  let typed = 0;
  const typing = setInterval(() => {
    const now = performance.now();
    for (const [line, when] of due) {
      if (when > now || line.closed || line.waiting > 1_000_000) continue;
      due.set(line, Math.max(when + gap, now - gap));
      born.set(`${line.client}:${line.typed}`, now);
      line.type(crowd.carets);
      typed += 1;
    }
  }, STEP_MS);
  await pause(crowd.warmUp * 1000);

  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  measuring = true;
  const count = (): { usage: Usage; received: number; typed: number } => ({
    usage: server.usage(),
    received: all.reduce((sum, { received }) => sum + received, 0),
    typed,
  });
  const [before, began] = [count(), performance.now()];
  while (performance.now() - began < crowd.seconds * 1000) {
    await pause(200);
    if (at(late.slice(-200), 0.5) > HOPELESS_MS) break;
  }
  const [after, took] = [count(), (performance.now() - began) / 1000];
  measuring = false;
  clearInterval(typing);
  lag.disable();
  const letters = after.typed - before.typed;
  const cpu = after.usage.cpu - before.usage.cpu;
  return {
    p50: at(late, 0.5),
    p95: late.length < letters / 2 ? Number.POSITIVE_INFINITY : at(late, 0.95),
    cpu: (cpu / letters) * 1000,
    core: cpu / took,
    // Everybody in a room gets what is written in it.
    bytes: ((after.received - before.received) * groups.length) / (letters * all.length),
    rss: after.usage.rss,
    lag: lag.percentile(99) / 1e6,
    lost: all.filter(({ closed }) => closed).length,
  };
};
