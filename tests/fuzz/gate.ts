/** Hostile clients at the door of a room: frames damaged in every way, and a mutator that knows how updates are built. */
import * as Y from "yjs";
import { addItem } from "../../document/edit/items.ts";
import { setOptions } from "../../document/edit/sections.ts";
import { FRAME, readFrame, SYNC, writeFrame } from "../../server/rooms/frames.ts";
import { rebuild } from "../../server/log/rebuild.ts";
import type { Started } from "../../server/access/access.ts";
import { syncRest, type RawClient } from "../support/raw-client.ts";
import type { Place } from "../support/rooms.ts";
import { content, forge, type At, type ForgedStruct } from "../support/forged.ts";
import type { Random } from "./random.ts";

const AT = "2026-01-01T00:00:00.000Z";

export interface Siege {
  place: Place;
  workshop: Started;
  random: Random;
}

/** How many clocks two states of one document differ in: not there, or deleted in one only. Numbers are the server's, as `own`. */
export const differences = (room: Y.Doc, expected: Y.Doc, own: ReadonlySet<number> = new Set()): number => {
  let different = 0;
  const clients = new Set([...room.store.clients.keys(), ...expected.store.clients.keys()]);
  for (const client of clients) {
    const end = Math.max(Y.getState(room.store, client), Y.getState(expected.store, client));
    for (let clock = 0; clock < end; clock += 1) {
      const [a, b] = [structAt(room, client, clock), structAt(expected, client, clock)];
      // Or what is left of one whose item went: the server uses one id for all that it gives while a room is open.
      const given =
        a instanceof Y.Item ? isGiven(a) : a && !b && (own.has(client) || !expected.store.clients.has(client));
      if (!given && a?.deleted !== b?.deleted) different += 1;
    }
  }
  return different;
};

/** A number, or the place that came with it: the server's, whoever captured the item. */
const isGiven = ({ parentSub, parent }: Y.Item): boolean => {
  if (parentSub !== "order" || !(parent instanceof Y.Map)) return parentSub === "number";
  const [number, place] = ["number", "order"].map((key) => parent._map.get(key));
  return number !== undefined && number.id.client === place?.id.client;
};

const structAt = (doc: Y.Doc, client: number, clock: number): Y.Item | Y.GC | undefined => {
  if (clock >= Y.getState(doc.store, client)) return undefined;
  const structs = doc.store.clients.get(client) ?? [];
  return structs[Y.findIndexSS(structs, clock)];
};

const emptyStep2 = syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc()));

/** What the room shows to somebody who has just come in. */
export const roomState = async ({ place, workshop }: Siege): Promise<Y.Doc> => {
  const reader = place.raw(workshop.id, workshop.links.read);
  reader.frame(FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0)));
  const isAnswer = ({ kind, rest }: { kind: number; rest: Uint8Array }): boolean =>
    kind === FRAME.sync && rest[0] === SYNC.step2;
  await reader.when(({ frames }) => frames.some(isAnswer));
  const doc = new Y.Doc();
  const answer = reader.frames.find(isAnswer);
  if (answer) Y.applyUpdate(doc, payloadOf(answer.rest) ?? Uint8Array.of(0, 0));
  reader.leave();
  return doc;
};

/** What the log holds. */
export const logState = async ({ place, workshop }: Siege): Promise<Y.Doc> =>
  rebuild(await place.log.load(workshop.id));

/** The update inside a sync frame, as a correct reader finds it. */
const payloadOf = (rest: Uint8Array): Uint8Array | undefined => {
  let [length, shift, at] = [0, 1, 1];
  for (; at < rest.length; at += 1) {
    const byte = rest[at] ?? 0;
    length += (byte & 0x7f) * shift;
    shift *= 128;
    if (byte < 0x80) return rest.subarray(at + 1, at + 1 + length);
  }
  return undefined;
};

/** Real frames of an honest writer who has seen `state`, ready to be damaged. */
export const honestFrames = (name: string, state: Y.Doc, random: Random): Uint8Array[] => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(state));
  doc.clientID = 1 + random.below(2 ** 31);
  const before = Y.encodeStateVector(doc);
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = doc.getText("prose:text");
  text.insert(random.below(text.length + 1), "bonjour 🌱");
  text.insert(0, "gras", { bold: true, link: "https://example.org/" });
  text.insertEmbed(
    2,
    new Y.Map<unknown>([
      ["kind", "heading"],
      ["level", 2],
    ]),
  );
  text.delete(1, 2);
  addItem(doc, "list", { text: "une idée", at: AT });
  setOptions(doc, "list", { marker: "letter", size: 3, grouped: true });
  const sync = (type: number, payload: Uint8Array): Uint8Array => writeFrame(name, FRAME.sync, syncRest(type, payload));
  return [
    ...updates.map((update) => sync(SYNC.update, update)),
    sync(SYNC.step2, Y.encodeStateAsUpdate(doc, before)),
    sync(SYNC.step1, before),
    writeFrame(name, FRAME.stateless, Uint8Array.of(2, 104, 105)),
    writeFrame(name, FRAME.queryPresence, Uint8Array.of()),
  ];
};

export const damaged = (frames: readonly Uint8Array[], random: Random): Uint8Array => {
  const frame = random.pick(frames).slice();
  const nameEnds = 1 + (frame[0] ?? 0);
  const flip = (from: number): void => {
    const at = from + random.below(Math.max(1, frame.length - from));
    frame[at] = (frame[at] ?? 0) ^ (1 << random.below(8));
  };
  return random.pick<() => Uint8Array>([
    // Mostly past the name: what is addressed to nobody is nobody's.
    () => (flip(nameEnds), frame),
    () => (flip(nameEnds), flip(nameEnds), frame),
    () => (flip(nameEnds), flip(nameEnds), flip(nameEnds), frame),
    () => (flip(0), frame),
    () => frame.subarray(0, random.below(frame.length)),
    () => Uint8Array.from([...frame, ...random.pick(frames)]),
    () => {
      const cut = nameEnds + random.below(frame.length - nameEnds);
      return Uint8Array.from([...frame.subarray(0, cut), random.below(256), ...frame.subarray(cut)]);
    },
    () => Uint8Array.from([...frame.subarray(0, nameEnds), ...noise(random, 40)]),
    () => Uint8Array.from(noise(random, 60)),
    () => new Uint8Array(),
  ])();
};

const noise = (random: Random, most: number): number[] =>
  Array.from({ length: random.below(most) }, () => random.below(256));

/** Milliseconds of processor time that this thread has taken: what a machine takes away for others is not in it. */
export const processorMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Looks again and again how long this thread worked without anybody else being heard; gives what tells the longest. */
const watch = (): (() => number) => {
  let [before, longest] = [processorMs(), 0];
  const look = setInterval(() => {
    const now = processorMs();
    longest = Math.max(longest, now - before);
    before = now;
  }, LOOK_MS);
  return () => {
    clearInterval(look);
    return longest;
  };
};

interface Figures {
  sent: number;
  acknowledged: number;
  closed: number;
  /** Positive acknowledgements of what was not applied, and changes nobody had acknowledged. */
  wrong: number;
  /** The longest work, in ms of processor time, during which nobody else was heard while frames came in. */
  stall: number;
}

const count = (client: RawClient, kind: number, first: number): number =>
  client.frames.filter((frame) => frame.kind === kind && frame.rest[0] === first).length;

/** Sends one frame over a connection of its own; gives whether it was acknowledged, and whether it ended the session. */
const sendOne = async ({ place, workshop }: Siege, bytes: Uint8Array, known: Uint8Array) => {
  const client = place.raw(workshop.id, workshop.links.write);
  client.frame(FRAME.sync, emptyStep2);
  client.send(bytes);
  // Answered after the frame before it, so that nobody waits for what will never be said.
  client.frame(FRAME.sync, syncRest(SYNC.step1, known));
  const answered = (): boolean => count(client, FRAME.sync, SYNC.step2) > 0;
  const left = (): boolean => client.frames.some(({ kind }) => kind === FRAME.close);
  await client.when(({ closed }) => closed !== undefined || answered() || left());
  const verdict = { acknowledged: client.acknowledged() > 1, closed: client.closed !== undefined };
  client.leave();
  return verdict;
};

const LANES = 16;
const LOOK_MS = 2;

/** M01: sends so many damaged frames; every batch, compares the room and the log with what was acknowledged. */
export const batter = async (siege: Siege, frames: number, every = 400): Promise<Figures> => {
  const figures: Figures = { sent: 0, acknowledged: 0, closed: 0, wrong: 0, stall: 0 };
  const expected = await roomState(siege);
  const own = new Set<number>();
  let cuts: Uint8Array[] = [];
  while (figures.sent < frames) {
    const real = honestFrames(siege.workshop.id, expected, siege.random);
    if (figures.sent === 0) cuts = real.flatMap((frame) => Array.from(frame, (_, at) => frame.subarray(0, at)));
    const batch = Array.from(
      { length: Math.min(every, frames - figures.sent) },
      () => cuts.pop() ?? damaged(real, siege.random),
    );
    const known = Y.encodeStateVector(expected);
    const lane = async (): Promise<void> => {
      for (let bytes = batch.pop(); bytes !== undefined; bytes = batch.pop()) {
        const { acknowledged, closed } = await sendOne(siege, bytes, known);
        figures.sent += 1;
        figures.closed += Number(closed);
        if (!acknowledged) continue;
        figures.acknowledged += 1;
        const frame = readFrame(bytes);
        const update = frame && payloadOf(frame.rest);
        if (update) Y.applyUpdate(expected, update);
        else figures.wrong += 1;
      }
    };
    const stop = watch();
    await Promise.all(Array.from({ length: LANES }, lane));
    figures.stall = Math.max(figures.stall, Math.round(stop()));
    // Behind the numbers that the server may be giving.
    own.add(await siege.place.rooms.edit(siege.workshop.id, undefined, ({ clientID }) => clientID));
    const [room, log] = [await roomState(siege), await logState(siege)];
    figures.wrong += differences(room, expected, own) + differences(log, expected, own);
    if (room.store.pendingStructs !== null || room.store.pendingDs !== null) figures.wrong += 1;
    Y.applyUpdate(expected, Y.encodeStateAsUpdate(room));
  }
  return figures;
};

/** A struct that could be anything, mostly nearly right. */
const anyStruct = (random: Random, known: readonly At[], own: At): ForgedStruct => {
  const at = (): At =>
    random.chance(0.7) && known.length > 0 ? random.pick(known) : [own[0], random.below(own[1] + 2)];
  const roots = [
    "title",
    "prose:text",
    "prose:x",
    "items:list",
    "sections",
    "meta",
    "people:x",
    "fields:x",
    "ballots",
    "autre",
  ];
  const keys = ["text", "kind", "heading", "order", "level", "h", "__proto__", "layout", "a:b"];
  const values: unknown[] = ["x", 1, true, null, Number.NaN, { a: 1 }, [1], "y".repeat(2000), 2 ** 60];
  const neighbours = random.pick<() => Partial<ForgedStruct>>([
    () => ({ left: at() }),
    () => ({ right: at() }),
    () => ({ left: at(), right: at() }),
    () => ({ parent: random.pick(roots) }),
    () => ({ parent: random.pick(roots), key: random.pick(keys) }),
    () => ({ parent: at() }),
    () => ({ parent: at(), key: random.pick(keys) }),
  ])();
  const held = random.pick([
    () => content.words(random.pick(["m", "mm", "\0", "m\n", "\uFFFD"])),
    () => content.words("m"),
    () => content.format(random.pick(["bold", "link", "color"]), JSON.stringify(random.pick(values)) ?? "null"),
    () => content.type(random.below(8)),
    () => content.values(random.pick(values)),
    () => content.values("m", "m"),
    () => content.embed('{"image":1}'),
    () => content.deleted(1 + random.below(3)),
    () => content.bytes(Uint8Array.of(1)),
    () => content.json('"x"'),
    () => content.document(),
  ])();
  return { ...neighbours, content: held };
};

/** An update of one to four structs by `own`, sometimes in the name or at the place of somebody else. */
export const anyUpdate = (random: Random, known: readonly At[], own: At): Uint8Array => {
  const structs: (ForgedStruct | { stretch: "collected" | "skipped"; length: number })[] = [];
  for (let i = random.below(4); i >= 0; i -= 1) {
    if (random.chance(0.1))
      structs.push({ stretch: random.pick(["collected", "skipped"]), length: 1 + random.below(3) });
    else structs.push(anyStruct(random, known, own));
  }
  const victim = random.pick(known.length > 0 ? known : [own]);
  const [client, clock] = random.chance(0.9) ? own : [victim[0], victim[1] + random.below(3)];
  // Deleting what others wrote is anybody's right who may write: here only what is not there, or one's own.
  const deletions = random.chance(0.2)
    ? [
        random.pick([
          [own[0], random.below(own[1] + 1), 1],
          [victim[0], 2 ** 30, 5],
          [987, 0, 3],
        ]),
      ]
    : [];
  return forge([{ client, clock: Math.max(0, clock + (random.chance(0.05) ? 1 : 0)), structs }], deletions);
};
