/** A07: whether the time an answer takes, or anything in it, tells a withdrawn link from one that never was, or was nearly right. */
import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket as Socket } from "ws";
import { FRAME, readDenial, readFrame, writeToken } from "../../server/rooms/frames.ts";
import { newSeed, Random } from "../fuzz/random.ts";
import { ask, bearer } from "../support/asking.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

/** Of each kind; from so many on, a difference in time would be seen, and is judged. */
const TRIES = Number(process.env["TRIES"] ?? 60);
const TELLING = 3000;
/** What chance alone does not often do, and in how many samples in a row it has to be seen. */
const TELLS = 0.01;
const SAMPLES = 3;
const EACH = TRIES >= TELLING ? 50 : 3;

/** As long as a secret, of the same letters. */
const randomSecret = (): string => randomBytes(33).toString("hex").slice(0, 33);

let server: TestServer;
let workshop: Started;
/** Several of each kind: whoever shows the same one without end waits for that alone. */
let secrets: Record<string, string[]>;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

beforeAll(async () => {
  server = await new TestServer({ LOG_LEVEL: "error", TRUST_PROXY: "1" }).start();
  workshop = await startWorkshop(server.url);
  const other = await startWorkshop(server.url);
  const at = `/api/workshops/${workshop.id}/links`;
  const headers = bearer(workshop.links.manage);
  const give = async (): Promise<{ id: string; secret: string }> =>
    JSON.parse((await ask(server.url, at, { method: "POST", headers, body: { capability: "read" } })).body) as {
      id: string;
      secret: string;
    };
  secrets = { withdrawn: [], "nearly right": [], "another workshop's": [other.links.manage], unknown: [] };
  for (let i = 0; i < EACH; i += 1) {
    const withdrawn = await give();
    await ask(server.url, `${at}/${withdrawn.id}`, { method: "DELETE", headers });
    secrets["withdrawn"]!.push(withdrawn.secret);
    const { secret } = await give();
    secrets["nearly right"]!.push(`${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`);
    secrets["unknown"]!.push(randomSecret());
  }
});
afterAll(async () => {
  agent.destroy();
  await server.remove();
});

/** Milliseconds until the answer to a request over one line that stays open, and the answer without its date. */
const overHttp = (path: string, headers: Record<string, string>): Promise<{ ms: number; said: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const began = performance.now();
    const asked = request({ hostname, port, path, headers, agent }, (answer) => {
      const ms = performance.now() - began;
      const { date: _date, ...rest } = answer.headers;
      let body = "";
      answer.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      answer.on("end", () => resolve({ ms, said: JSON.stringify([answer.statusCode, rest, body]) }));
    });
    asked.on("error", reject).end();
  });

/** Milliseconds from showing a secret to being denied, and everything said until the line was closed. */
const overSocket = (secret: string): Promise<{ ms: number; said: string }> =>
  new Promise((resolve, reject) => {
    // Each from somewhere else: whoever fails without end from one address is not even asked (T23).
    const from = [...randomBytes(4)].join(".");
    const socket = new Socket(server.live, { headers: { "x-forwarded-for": from } });
    const said: unknown[] = [];
    let [began, ms] = [0, 0];
    socket.on("open", () => {
      began = performance.now();
      socket.send(writeToken(workshop.id, secret));
    });
    socket.on("message", (data: Buffer) => {
      ms ||= performance.now() - began;
      const frame = readFrame(new Uint8Array(data));
      said.push([frame?.kind, frame?.kind === FRAME.auth ? readDenial(frame.rest) : undefined]);
      socket.close();
    });
    socket.on("close", () => resolve({ ms, said: JSON.stringify(said) }));
    socket.on("error", reject);
  });

/**
 * Mann and Whitney's, by their ranks: how likely two lots of times as different as these are when nothing differs, and
 * whether the first takes longer.
 */
const compare = (one: readonly number[], other: readonly number[]): { chance: number; slower: boolean } => {
  const all = [...one.map((ms) => ({ ms, first: true })), ...other.map((ms) => ({ ms, first: false }))];
  all.sort((a, b) => a.ms - b.ms);
  const ranks = all.reduce((sum, { first }, i) => sum + (first ? i + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  const z = Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  // The tail of the normal distribution, to four places.
  const t = 1 / (1 + 0.2316419 * z);
  const tail =
    (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return { chance: Math.min(1, 2 * tail), slower: u > (n * m) / 2 };
};

test("A07 the test of ranks tells what differs from what does not", () => {
  const random = new Random(7);
  const lot = (shift: number): number[] => Array.from({ length: 2000 }, () => shift + random.next() + random.next());
  expect(compare(lot(0), lot(0.1))).toEqual({ chance: expect.closeTo(0, 3) as number, slower: false });
  expect(compare(lot(0.1), lot(0)).slower).toBe(true);
  expect(compare(lot(0), lot(0)).chance).toBeGreaterThan(0.001);
});

const WAYS: [string, (secret: string) => Promise<{ ms: number; said: string }>][] = [
  ["GET /api/workshops/<id>", (secret) => overHttp(`/api/workshops/${workshop.id}`, bearer(secret))],
  ["GET /r/<secret>", (secret) => overHttp(`/r/${secret}`, {})],
  ["/live", overSocket],
];

test.each(WAYS)(
  "A07 A15 %s: withdrawn, nearly right, another's and unknown are told the same, in the same time",
  async (way, knock) => {
    // Behind /r/ any workshop's secret is only a secret: one that does not read leads nowhere either.
    // Shown without end, the one secret of another workshop would wait: the short run looks at what it is told.
    const kinds = Object.keys(secrets).filter((kind) => TRIES < TELLING || kind !== "another workshop's");
    const judged = kinds.filter((kind) => kind !== "unknown" && kind !== "another workshop's");
    const said = new Set<string>();
    /** One sample of each kind; gives those that seem to differ from unknown ones, and in which direction. */
    const sample = async (): Promise<string[]> => {
      const random = new Random(newSeed("A07"));
      const times = new Map<string, number[]>(kinds.map((kind) => [kind, []]));
      // Warm on both sides, and never one kind after the other in the same order.
      for (let i = 0; i < 30; i += 1) await knock(randomSecret());
      for (let i = 0; i < TRIES; i += 1) {
        for (const kind of kinds.map((each) => ({ each, at: random.next() })).toSorted((a, b) => a.at - b.at)) {
          const all = secrets[kind.each]!;
          const answer = await knock(all[i % all.length]!);
          times.get(kind.each)!.push(answer.ms);
          said.add(answer.said);
        }
      }
      const against = judged.map((kind) => ({ kind, ...compare(times.get(kind)!, times.get("unknown")!) }));
      const figures = against.map(({ kind, chance }) => `${kind} p ${chance.toFixed(3)}`);
      process.stdout.write(`A07 ${way}, ${TRIES} of each: ${figures.join(", ")}; answers ${said.size}\n`);
      return against
        .filter(({ chance }) => chance <= TELLS)
        .map(({ kind, slower }) => `${kind} is ${slower ? "slower" : "faster"}`);
    };
    let differing = await sample();
    // What differs does so each time, and in the same direction; chance alone would in two of a million runs.
    for (let again = 1; again < SAMPLES && TRIES >= TELLING && differing.length > 0; again += 1) {
      const found = await sample();
      differing = differing.filter((each) => found.includes(each));
    }
    expect(said.size).toBe(1);
    if (TRIES >= TELLING) expect(differing).toEqual([]);
  },
  60_000 + TRIES * 200 * SAMPLES,
);
