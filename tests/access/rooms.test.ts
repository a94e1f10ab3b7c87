/** A02 A03: every kind of frame, over every kind of link, before, while and after it is shown; several documents at once. */
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { FRAME, readDenial, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";
import type { LiveClient } from "../support/clients.ts";
import { rawClient, syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";
import type { Started } from "../../server/access/access.ts";

let place: Place;
let target: Started;
let other: Started;
let withdrawn: string;
let observer: LiveClient;

const CHANGING = ["manage", "write"] as const;
const WATCHING = ["vote", "read"] as const;
const OUTSIDE = ["withdrawn", "other", "malformed", "none"] as const;
type Kind = (typeof CHANGING)[number] | (typeof WATCHING)[number] | (typeof OUTSIDE)[number];

beforeAll(async () => {
  place = await newPlace();
  [target, other] = [await place.start(), await place.start()];
  const given = await place.access.give(target.id, { capability: "manage" });
  await place.access.withdraw(target.id, given.id);
  withdrawn = given.secret ?? "";
  observer = await place.visit(target.id, target.links.write, "Nadia");
  await observer.saved();
});
afterAll(async () => {
  await place.remove();
});

const credential = (kind: Kind): string | undefined => {
  if (kind === "none") return undefined;
  if (kind === "withdrawn") return withdrawn;
  if (kind === "other") return other.links.manage;
  return kind === "malformed" ? "x".repeat(33) : target.links[kind];
};

/** The second step of whoever has nothing that is not there already. */
const NOTHING_NEW = Y.encodeStateAsUpdate(new Y.Doc());

const text = (words: string): Uint8Array => {
  const encoder = createEncoder();
  writeVarString(encoder, words);
  return toUint8Array(encoder);
};

const bytes = (payload: Uint8Array): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint8Array(encoder, payload);
  return toUint8Array(encoder);
};

const words = (): string => observer.doc.getText("prose:text").toJSON();
const shown = (): number[] => [...(observer.provider.awareness?.getStates().keys() ?? [])];

/** Every frame there is, each trying to change or to show something under a client id of its own. */
const frames = (mark: string): [string, number, Uint8Array][] => {
  const doc = new Y.Doc();
  doc.getText("prose:text").insert(0, mark);
  const update = Y.encodeStateAsUpdate(doc);
  const awareness = new Awareness(doc);
  awareness.setLocalState({ visitor: "x", name: mark, colour: 1 });
  const presence = bytes(encodeAwarenessUpdate(awareness, [doc.clientID]));
  awareness.destroy();
  const signal = text(JSON.stringify({ signal: "state", state: "closed", code: mark }));
  const status = createEncoder();
  writeVarUint(status, 1);
  return [
    ["first step", FRAME.sync, syncRest(SYNC.step1, Y.encodeStateVector(new Y.Doc()))],
    ["presence", FRAME.presence, presence],
    ["query", FRAME.queryPresence, new Uint8Array()],
    ["stateless", FRAME.stateless, signal],
    ["second step", FRAME.sync, syncRest(SYNC.step2, update)],
    ["update", FRAME.sync, syncRest(SYNC.update, update)],
    ["reply", FRAME.syncReply, syncRest(SYNC.step2, update)],
    ["status", FRAME.syncStatus, toUint8Array(status)],
    ["authenticated", FRAME.auth, new Uint8Array([2, ...text("read-write")])],
    ["denied", FRAME.auth, new Uint8Array([1, ...text("no")])],
    ["token again", FRAME.auth, new Uint8Array([0, ...text(mark)])],
    ["close", FRAME.close, text(mark)],
    ["broadcast", 6, signal],
    ["unknown", 9, signal],
    ["unknown", 10, signal],
    ["unknown", 127, signal],
  ];
};

/** Resolves when everything sent before is behind us: answered, closed, or denied. */
const behind = async (client: RawClient): Promise<void> => {
  const answered = (): number =>
    client.frames.filter(({ kind, rest }) => (kind === FRAME.sync || kind === FRAME.syncReply) && rest[0] === 1).length;
  const before = answered();
  client.frame(FRAME.sync, syncRest(SYNC.step1, new Uint8Array([0])));
  await client.when(() => answered() > before || client.closed !== undefined || client.denied() !== undefined);
};

describe("A02 every frame, over every link", () => {
  test.each([...WATCHING, ...OUTSIDE])("with a link that is %s nothing changes and nobody notices", async (kind) => {
    const before = words();
    const [present, signals] = [shown(), observer.signals.length];
    const mark = `via-${kind}-`;
    const wrong: string[] = [];
    let cells = 0;
    for (const phase of ["before", "during", "after"]) {
      for (const [what, number, rest] of frames(mark)) {
        cells += 1;
        const client = place.raw(target.id, phase === "before" ? undefined : credential(kind));
        if (phase === "after" && kind !== "none") {
          await client.when(
            () => client.frames.some((frame) => frame.kind === FRAME.auth) || client.closed !== undefined,
          );
        }
        client.frame(number, rest);
        const token = credential(kind);
        if (phase === "before" && token !== undefined) client.send(writeToken(target.id, token));
        // Nobody who has shown nothing is ever answered: there is nothing to wait for.
        if (kind !== "none") await behind(client);
        const told = client.frames.filter((frame) => frame.kind === FRAME.sync || frame.kind === FRAME.presence);
        const outside = (OUTSIDE as readonly string[]).includes(kind);
        if (outside && told.length > 0) wrong.push(`${phase} ${what}: was told something`);
        if (client.acknowledged() > 0 && what !== "second step") wrong.push(`${phase} ${what}: acknowledged`);
        client.leave();
      }
    }
    // What the observer writes and sees saved comes after all of it.
    observer.write(".", "text");
    await observer.saved();
    if (words() !== `${before}.`) wrong.push(`text: ${words()}`);
    if (shown().length !== present.length) wrong.push("presence");
    const said = observer.signals.slice(signals).filter((signal) => JSON.stringify(signal).includes(mark));
    if (said.length > 0) wrong.push("signal");
    process.stdout.write(`A02 ${cells} cells with ${kind}, ${wrong.length} mismatches\n`);
    expect(wrong).toEqual([]);
  });

  test.each(CHANGING)("with a link that is %s what may change does, and no signal can be forged", async (kind) => {
    const signals = observer.signals.length;
    for (const [what, number, rest] of frames(`par-${kind}-`)) {
      const client = place.raw(target.id, credential(kind));
      client.frame(FRAME.sync, syncRest(SYNC.step2, NOTHING_NEW));
      await client.when(() => client.acknowledged() === 1);
      client.frame(number, rest);
      if (number === FRAME.sync && rest[0] !== SYNC.step1) {
        await client.when(() => client.acknowledged() > 1 || client.closed !== undefined);
        expect([what, client.closed]).toEqual([what, undefined]);
      } else await behind(client);
      client.leave();
    }
    await observer.when(() => words().includes(`par-${kind}-`));
    expect(observer.signals.slice(signals).filter((signal) => JSON.stringify(signal).includes("par-"))).toEqual([]);
  });

  test("closed meanwhile, a link that wrote only reads", async () => {
    const { id, links } = await place.start();
    const client = place.raw(id, links.write);
    await behind(client);
    const { state, code } = await place.access.setState(id, "closed");
    place.rooms.announceState(id, state, code, true);
    await client.when(() => client.closed !== undefined);
    const again = place.raw(id, links.write);
    for (const [, number, rest] of frames("fermé")) again.frame(number, rest);
    await again.when(() => again.closed !== undefined || again.frames.length > 3);
    again.leave();
    const reader = place.enter(id, links.read);
    await reader.when(() => reader.provider.isSynced);
    expect(reader.doc.getText("prose:text").toJSON()).toBe("");
  });
});

describe("A03 one socket, several documents", () => {
  test("a token of one opens no other, also after its own", async () => {
    const { token } = await place.access.openSession(target.id, target.links.manage, { layout: 1 });
    for (const shownToken of [token, target.links.manage]) {
      const client = rawClient((carrier) => place.rooms.connect(carrier), other.id, undefined);
      client.send(writeToken(target.id, shownToken));
      await client.when(() => client.frames.some(({ kind, name }) => kind === FRAME.auth && name === target.id));
      for (const name of [other.id, `${other.id}\0${target.id}`, `${other.id}\0s`]) {
        client.send(writeToken(name, shownToken));
        client.send(writeFrame(name, FRAME.sync, syncRest(SYNC.step1, new Uint8Array([0]))));
      }
      const denials = (): number =>
        client.frames.filter(({ kind, name, rest }) => kind === FRAME.auth && name === other.id && readDenial(rest))
          .length;
      await client.when(() => denials() === 3 || client.closed !== undefined);
      expect(client.frames.filter(({ kind, name }) => name === other.id && kind !== FRAME.auth)).toEqual([]);
      client.leave();
    }
  });
});
