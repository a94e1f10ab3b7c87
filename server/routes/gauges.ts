/** What Prometheus is told: how much is open and how long the disk takes; nothing by workshop, nothing secret. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Log } from "../log/log.ts";
import type { Rooms } from "../rooms/rooms.ts";

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export class Gauges {
  readonly registry = new Registry();
  readonly #requests: Histogram<"route" | "status">;

  constructor({ rooms, log }: { rooms: Rooms; log: Log }) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, value: () => number): Gauge =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    gauge("minutier_rooms", "Documents open at the moment", () => rooms.size.rooms);
    gauge("minutier_clients", "Clients connected to a room at the moment", () => rooms.size.clients);
    gauge("minutier_writing", "1 while the disk takes entries, else 0", () => (log.writing.writing ? 1 : 0));
    this.#requests = new Histogram({
      name: "minutier_request_seconds",
      help: "Time to answer a request, by route",
      labelNames: ["route", "status"],
      buckets: SECONDS,
      registers,
    });
  }

  /** A request was answered. `route` is the pattern of the address, never the address. */
  answered(route: string, status: number, seconds: number): void {
    this.#requests.observe({ route, status: String(status) }, seconds);
  }
}
