/** M14 T5: the same bytes over every way into a room: the same verdict, which is the gate's. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { Refusal } from "../../document/refusal.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import { judge } from "../../server/rooms/gate.ts";
import type { Started } from "../../server/access/access.ts";
import { PLACES, POISON, put, whole } from "../document/poisons.ts";
import { anyUpdate } from "../fuzz/gate.ts";
import { Random, seeds } from "../fuzz/random.ts";
import { newDataDir, type DataDir } from "../support/data-dir.ts";
import type { At } from "../support/forged.ts";
import { newGround } from "../support/ground.ts";
import { syncRest } from "../support/raw-client.ts";
import { TestServer } from "../support/server.ts";
import { WAYS, type Line } from "../support/ways.ts";

/** Random ones; more when asked for by UPDATES. */
const UPDATES = Number(process.env["UPDATES"] ?? 50);

vi.setConfig({ testTimeout: 300_000 + UPDATES * 200 });

const APART = UPDATES > 50 ? 1 : 15;

let disk: DataDir;
let server: TestServer;
/** One for each way, byte for byte the same. */
let workshops: Started[];
const base = whole();
/** The document each of them has by now. */
const known = new Y.Doc();

beforeAll(async () => {
  disk = newDataDir();
  const ground = await newGround({ path: disk.path, remove: () => undefined });
  const update = Y.encodeStateAsUpdate(base);
  Y.applyUpdate(known, update);
  workshops = [];
  for (const _way of WAYS) {
    const wanted = { update, kind: "workshop", language: "fr", template: "essai" } as const;
    workshops.push(await ground.access.createWorkshop(wanted));
  }
  await ground.store.close();
  server = await new TestServer({ DATA_DIR: disk.path }).start();
});
afterAll(async () => {
  await server.remove();
  disk.remove();
});

const lines: (Line | undefined)[] = [];

const answers = (line: Line): number =>
  line.heard().filter(({ kind, rest }) => kind === FRAME.sync && rest[0] === SYNC.step2).length;

/** A line that has entered, has synchronised, and is still open. */
const lineOver = async (way: number): Promise<Line> => {
  const before = lines[way];
  if (before && !before.closed()) return before;
  const { id, links } = workshops[way]!;
  const line = await WAYS[way]![1](server, id, links.write);
  await line.send(FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
  lines[way] = line;
  return line;
};

const NOW = Y.encodeStateVector(base);

const outcome = async (way: number, update: Uint8Array): Promise<string> => {
  const line = await lineOver(way);
  const before = answers(line);
  await line.send(FRAME.sync, syncRest(SYNC.update, update));
  if (!line.closed()) await line.send(FRAME.sync, syncRest(SYNC.step1, NOW));
  await line.when(() => line.closed() || answers(line) > before);
  const refused = line.closed();
  // Each asks for the document once, which a line may do a few times only.
  line.leave();
  lines[way] = undefined;
  return refused ? "refused" : "accepted";
};

const verdict = (update: Uint8Array): string => {
  try {
    judge(known, update);
    return "accepted";
  } catch (error) {
    if (error instanceof Refusal) return "refused";
    throw error;
  }
};

const compare = async (what: string, update: Uint8Array, different: string[]): Promise<string> => {
  const wanted = verdict(update);
  const found = await Promise.all(WAYS.map((_way, way) => outcome(way, update)));
  if (found.some((each) => each !== wanted)) different.push(`${what}: ${wanted}, but ${found.join(", ")}`);
  if (wanted === "accepted") Y.applyUpdate(known, update);
  return wanted;
};

test("M14 every kind of value under every key: acceptance differences 0", async () => {
  const different: string[] = [];
  const count = { accepted: 0, refused: 0 };
  for (const [i, [what, make]] of POISON.filter(([name]) => name !== "a long string").entries()) {
    // Some of the places with each value; the long run takes them all.
    for (const place of PLACES.filter((_place, at) => at % APART === i % APART)) {
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(known));
      const before = Y.encodeStateVector(copy);
      const [root, entry] = place;
      if (entry !== "" && !(copy.getMap(root).get(entry) instanceof Y.Map)) continue;
      copy.transact(() => put(copy, place, make()));
      const told = await compare(`${what} in ${place.join(" ")}`, Y.encodeStateAsUpdate(copy, before), different);
      count[told as "accepted" | "refused"] += 1;
    }
  }
  process.stdout.write(`M14 ${JSON.stringify(count)} over ${WAYS.length} ways: differences ${different.length}\n`);
  expect(different).toEqual([]);
  expect(count.refused).toBeGreaterThan(15);
  expect(count.accepted).toBeGreaterThan(2);
});

test("M14 updates of a mutator that knows how they are built: acceptance differences 0", async () => {
  const [seed = 1] = seeds(1);
  const random = new Random(seed);
  const different: string[] = [];
  const count = { accepted: 0, refused: 0 };
  for (let i = 0; i < UPDATES; i += 1) {
    const seen = [...known.store.clients].map(([client, structs]): At => {
      const { id, length } = random.pick(structs);
      return [client, id.clock + random.below(length)];
    });
    const update = anyUpdate(random, seen, [1 + random.below(2 ** 31), 0]);
    const told = await compare(`seed ${seed}, update ${i}`, update, different);
    count[told as "accepted" | "refused"] += 1;
  }
  process.stdout.write(`M14 seed ${seed}, ${JSON.stringify(count)}: differences ${different.length}\n`);
  expect(different).toEqual([]);
});
