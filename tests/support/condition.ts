/** How a running server fares, as far as it tells or the machine does: event loop, memory, descriptors, rooms. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { ask } from "./asking.ts";
import type { TestServer } from "./server.ts";

/** A figure of /metrics, or undefined where it is not there. */
const figureIn = (metrics: string, name: string): number | undefined => {
  const found = new RegExp(`^${name} (\\S+)$`, "m").exec(metrics)?.[1];
  return found === undefined ? undefined : Number(found);
};

export const figure = async (server: TestServer, name: string): Promise<number | undefined> =>
  figureIn((await ask(server.url, "/metrics")).body, name);

/** How late the event loop was since this was asked before, in milliseconds; the server measures it itself. */
export const stalls = async (server: TestServer): Promise<{ most: number; p99: number }> => {
  const { body } = await ask(server.url, "/metrics");
  const of = (name: string): number => (figureIn(body, `nodejs_eventloop_lag_${name}_seconds`) ?? Number.NaN) * 1000;
  return { most: of("max"), p99: of("p99") };
};

const status = (server: TestServer, name: string): number => {
  const path = `/proc/${server.pid}/status`;
  const found = existsSync(path) ? new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(path, "utf8"))?.[1] : undefined;
  return Number(found) / 1024;
};

/** Megabytes it holds, and held at most; not known where there is no /proc. */
export const resident = (server: TestServer): number => status(server, "VmRSS");
export const peak = (server: TestServer): number => status(server, "VmHWM");

/** Seconds of a processor it has taken so far, all its threads together; not known where there is no /proc. */
export const processor = (server: TestServer): number => {
  const path = `/proc/${server.pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  const [, rest = ""] = readFileSync(path, "utf8").split(") ");
  const fields = rest.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** Files and sockets it has open; not known where there is no /proc. */
export const descriptors = (server: TestServer): number => {
  const path = `/proc/${server.pid}/fd`;
  return existsSync(path) ? readdirSync(path).length : Number.NaN;
};
