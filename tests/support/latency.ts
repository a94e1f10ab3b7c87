/** How long a letter takes from one client to the disk and to another, and how late whoever measures it was itself. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { LiveClient } from "./clients.ts";

export interface Latency {
  /** 95th percentile, in milliseconds. */
  p95: number;
  /** How many letters that was taken of. */
  letters: number;
  /** By how much this process's own event loop was late, in milliseconds: 95 of 100 times at most. */
  own: number;
}

/** Writes again and again for so many seconds, at least twenty times. */
export const latency = async (from: LiveClient, to: LiveClient, seconds: number): Promise<Latency> => {
  const taken: number[] = [];
  const own = monitorEventLoopDelay({ resolution: 1 });
  own.enable();
  const end = Date.now() + seconds * 1000;
  for (let count = 0; Date.now() < end || count < 20; count += 1) {
    const token = `<${count}:${Math.random()}>`;
    const began = performance.now();
    from.doc.getText("prose:probe").insert(0, token);
    await to.when(() => to.doc.getText("prose:probe").toJSON().startsWith(token));
    await from.saved();
    taken.push(performance.now() - began);
    await new Promise((next) => setTimeout(next, 20));
  }
  own.disable();
  return {
    p95: taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)] ?? 0,
    letters: taken.length,
    // It looks every millisecond: that much is none of its lateness.
    own: Math.max(0, own.percentile(95) / 1e6 - 1),
  };
};

/** A ratio of two, as it is printed. */
export const slower = (under: Latency, quiet: Latency): string =>
  `p95 × ${(under.p95 / quiet.p95).toFixed(2)} (${quiet.p95.toFixed(1)} to ${under.p95.toFixed(1)} ms, ` +
  `of which the measurer's own at most ${under.own.toFixed(1)} ms)`;
