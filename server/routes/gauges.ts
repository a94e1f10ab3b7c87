/** What Prometheus is told: what is open, what waits, how the disk does; nothing by workshop, nothing secret. */
import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { REFUSAL_CODES } from "../../document/refusal.ts";
import type { Log } from "../log/log.ts";
import type { Rooms } from "../rooms/rooms.ts";

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const UNITS = [1, 2, 5, 10, 20, 50, 100, 500];

/** The bytes of what lies in a directory; a file that goes meanwhile counts nothing. */
const bytesIn = async (directory: string): Promise<number> => {
  const sizes = (await readdir(directory)).map((name) =>
    stat(join(directory, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

const freeIn = async (directory: string): Promise<number> => {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
};

export class Gauges {
  readonly registry = new Registry();
  readonly #requests: Histogram<"route" | "status">;
  #defects = Number.NaN;

  constructor({ rooms, log, dataDir }: { rooms: Rooms; log: Log; dataDir: string }) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, value: () => number | Promise<number>): Gauge =>
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          // A figure that cannot be had is absent; the others are told all the same.
          this.set(await Promise.resolve(value()).catch(() => Number.NaN));
        },
      });
    gauge("minutier_rooms", "Documents open at the moment", () => rooms.size.rooms);
    gauge("minutier_clients", "Clients connected to a room at the moment", () => rooms.size.clients);
    gauge("minutier_writing", "1 while the disk takes entries, else 0", () => (log.writing.writing ? 1 : 0));
    gauge("minutier_queue", "Units that wait for a commit", () => log.waiting.units);
    gauge("minutier_unsaved_seconds", "Age of the oldest thing not on disk, or of a disk that takes nothing", () => {
      const { writing } = log;
      const since = writing.writing ? log.waiting.since : writing.since;
      return since === undefined ? 0 : Math.max(0, Date.now() - since) / 1000;
    });
    gauge("minutier_lost_commits", "Acknowledged commits that the start did not find any more", () => log.lost);
    gauge("minutier_data_bytes", "Bytes in the data directory", () => bytesIn(dataDir));
    gauge("minutier_disk_free_bytes", "Bytes that may still be written to its disk", () => freeIn(dataDir));
    gauge("minutier_defects", "Defects the daily look over the database found; none yet: NaN", () => this.#defects);
    const refused = new Counter({
      name: "minutier_refused_total",
      help: "Frames that were refused, by reason",
      labelNames: ["reason"],
      registers,
    });
    // Told from the start: of a figure that only begins at its first refusal, Prometheus sees no rise.
    for (const reason of REFUSAL_CODES) refused.inc({ reason }, 0);
    rooms.onRefused((reason) => refused.inc({ reason }));
    const commits = new Histogram({
      name: "minutier_commit_seconds",
      help: "Time the disk took for a commit",
      buckets: SECONDS,
      registers,
    });
    const units = new Histogram({
      name: "minutier_commit_units",
      help: "Units that shared a commit",
      buckets: UNITS,
      registers,
    });
    log.onCommit((seconds, count) => {
      commits.observe(seconds);
      units.observe(count);
    });
    this.#requests = new Histogram({
      name: "minutier_request_seconds",
      help: "Time to answer a request, by route",
      labelNames: ["route", "status"],
      buckets: SECONDS,
      registers,
    });
  }

  /** The database was looked over. */
  inspected(defects: number): void {
    this.#defects = defects;
  }

  /** A request was answered. `route` is the pattern of the address, never the address. */
  answered(route: string, status: number, seconds: number): void {
    this.#requests.observe({ route, status: String(status) }, seconds);
  }
}
