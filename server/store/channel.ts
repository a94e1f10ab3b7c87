/** The host's way into a running server: a door on the loopback interface whose word only the host can read, in the data directory. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { CannotOpen } from "./driver.ts";

const LOOPBACK = "127.0.0.1";
const MOST_BYTES = 65_536;
const PATIENCE_MS = 5000;

/** A regular file, not a socket: a data directory must stay something that any program can copy. */
const channelPath = (dataDir: string): string => join(dataDir, "channel");

type Told = { doing: string } | { done: true } | { failed: string };

/** Does what it is asked and tells what it is at; throws CannotOpen with a sentence for the host. */
export type Service = (question: unknown, tell: (doing: string) => void) => Promise<void>;

const sameWord = (wanted: string, given: string | undefined): boolean => {
  const [left, right] = [Buffer.from(`Bearer ${wanted}`), Buffer.from(given ?? "")];
  return left.length === right.length && timingSafeEqual(left, right);
};

const questionIn = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_BYTES) throw new CannotOpen("This is too long to be asked.");
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString()) as unknown;
};

/**
 * Answers the host from now on. Resolves with what closes the door again. Throws what the disk and the network throw:
 * a server does without.
 */
export const openChannel = async (
  dataDir: string,
  service: Service,
  report: (error: unknown) => void,
): Promise<() => void> => {
  const word = randomBytes(32).toString("base64url");
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const tell = (told: Told): unknown => response.write(`${JSON.stringify(told)}\n`);
    try {
      await service(await questionIn(request), (doing) => tell({ doing }));
      tell({ done: true });
    } catch (error) {
      if (!(error instanceof CannotOpen)) report(error);
      tell({ failed: error instanceof CannotOpen ? error.message : "The server could not do it; its log says why." });
    }
    response.end();
  };
  const server = createServer((request, response) => {
    if (sameWord(word, request.headers.authorization)) void answer(request, response);
    else response.writeHead(404).end();
  });
  server.listen({ host: LOOPBACK, port: 0 });
  await once(server, "listening");
  // It keeps no process alive that has nothing else to do.
  server.unref();
  const close = (): void => {
    rmSync(channelPath(dataDir), { force: true });
    server.close();
    server.closeAllConnections();
  };
  try {
    const aside = `${channelPath(dataDir)}.new`;
    rmSync(aside, { force: true });
    const { port } = server.address() as AddressInfo;
    writeFileSync(aside, JSON.stringify({ port, word }), { mode: 0o600, flag: "wx" });
    renameSync(aside, channelPath(dataDir));
  } catch (error) {
    close();
    throw error;
  }
  return close;
};

/** Where the server of this data says it answers; undefined where none says so. */
const doorOf = (dataDir: string): { port: number; word: string } | undefined => {
  try {
    return JSON.parse(readFileSync(channelPath(dataDir), "utf8")) as { port: number; word: string };
  } catch {
    return undefined;
  }
};

/** What one line of an answer tells; undefined where it is none of ours. */
const toldIn = (line: string): Told | undefined => {
  try {
    const told: unknown = JSON.parse(line);
    const ours = typeof told === "object" && told !== null && ("doing" in told || "done" in told || "failed" in told);
    return ours ? (told as Told) : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Asks the server that runs on this data; `hear` is told what it is at. Resolves with false where none answers: one that
 * was killed leaves its door written down, and another program may listen there since. Throws CannotOpen when it could not do it.
 */
export const askServer = async (
  dataDir: string,
  question: unknown,
  hear: (doing: string) => void,
): Promise<boolean> => {
  const door = doorOf(dataDir);
  if (!door) return false;
  const nobody = new AbortController();
  // Until it begins to answer; what it does then may take as long as it takes.
  const waiting = setTimeout(() => nobody.abort(), PATIENCE_MS);
  const answer = await fetch(`http://${LOOPBACK}:${door.port}/`, {
    method: "POST",
    headers: { authorization: `Bearer ${door.word}` },
    body: JSON.stringify(question),
    signal: nobody.signal,
  }).catch(() => undefined);
  clearTimeout(waiting);
  if (!answer?.ok || !answer.body) return false;
  let heard = false;
  try {
    for await (const line of createInterface(Readable.fromWeb(answer.body as ReadableStream))) {
      const told = toldIn(line);
      if (!told) break;
      heard = true;
      if ("failed" in told) throw new CannotOpen(told.failed);
      if ("done" in told) return true;
      hear(told.doing);
    }
  } catch (error) {
    if (error instanceof CannotOpen) throw error;
  }
  if (!heard) return false;
  throw new CannotOpen("The server ended before it had answered. Start it, look whether it was done, and ask again.");
};
