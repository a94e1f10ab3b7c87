/** Looks the database over soon after the start and once a day, in a thread of its own. */
import { Worker } from "node:worker_threads";
import type { Defect } from "./defect.ts";

/** Those who wait for the start go first. */
const FIRST_MS = 5000;
const EVERY_MS = 24 * 3_600_000;

/** `hear` is told everything that is wrong, or that nothing is. Returns what ends it. */
export const inspectDaily = (dataDir: string, hear: (defects: readonly Defect[]) => void): (() => void) => {
  let inspector: Worker | undefined;
  const inspect = (): void => {
    inspector = new Worker(new URL("./inspector.ts", import.meta.url), { workerData: dataDir });
    inspector.on("message", hear);
    // It says nothing then, and the figure stays what it was.
    inspector.on("error", () => undefined);
    inspector.unref();
  };
  const first = setTimeout(inspect, FIRST_MS);
  const daily = setInterval(inspect, EVERY_MS);
  first.unref();
  daily.unref();
  return () => {
    clearTimeout(first);
    clearInterval(daily);
    void inspector?.terminate();
  };
};
