/** Loaded before a program (`--import`): writes down every attempt of it to reach another machine, and lets it try. */
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import net from "node:net";

const file = process.env["OUTGOING"] ?? "";
const HOME = /^(localhost|127\.|::1$|0\.0\.0\.0$|::$)/;

const note = (what: string, where: unknown): void => {
  const place = String(where ?? "");
  if (place !== "" && !HOME.test(place)) appendFileSync(file, `${what} ${place}\n`);
};

/** Calls the original after what its first words say was noted. */
const noting = <T extends object>(owner: T, name: keyof T & string, where: (words: unknown[]) => unknown): void => {
  const original = owner[name] as (...words: unknown[]) => unknown;
  Object.defineProperty(owner, name, {
    value(this: unknown, ...words: unknown[]) {
      note(name, where(words));
      return original.apply(this, words);
    },
  });
};

/** `connect` is called with a port and a host, or with options, or with a list of its own words. */
const hostIn = ([first, second]: unknown[]): unknown => {
  const options = (Array.isArray(first) ? first[0] : first) as { host?: string; port?: number } | number | undefined;
  if (typeof options === "object") return options.host ?? (options.port === undefined ? "" : "localhost");
  return typeof second === "string" ? second : "localhost";
};

noting(net.Socket.prototype, "connect", hostIn);
noting(dgram.Socket.prototype, "send", (words) => words.find((word) => typeof word === "string"));
for (const name of ["lookup", "resolve", "resolve4", "resolve6"] as const) noting(dns, name, ([host]) => host);
