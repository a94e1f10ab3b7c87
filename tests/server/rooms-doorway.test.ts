/** What changes while somebody is still in the doorway of a room, between the question and the seat. */
import { HocuspocusProvider } from "@hocuspocus/provider";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Started } from "../../server/access/access.ts";
import { FRAME, SYNC } from "../../server/rooms/frames.ts";
import { LiveClient } from "../support/clients.ts";
import { rawClient, syncRest, type RawClient } from "../support/raw-client.ts";
import { newPlace, type Place } from "../support/rooms.ts";

const EMPTY = Uint8Array.of(0, 0);
/** What stock clients say behind a farewell: nothing. */
const FAREWELL = new Uint8Array();

let place: Place;
let workshop: Started;
beforeEach(async () => {
  place = await newPlace();
  workshop = await place.start();
});
afterEach(() => place.remove());

/** Does something in the middle of the next entrance: between what was granted first and what is granted at last. */
const meanwhile = (happens: () => Promise<unknown>): void => {
  const authorise = place.access.authorise.bind(place.access);
  let first = true;
  place.access.authorise = async (...question) => {
    const grant = await authorise(...question);
    if (!first) return grant;
    first = false;
    await happens();
    return grant;
  };
};

describe("R11 R12 somebody who is just coming in", () => {
  test("is not let in by a link withdrawn in that very moment", async () => {
    const { id } = workshop;
    const given = await place.access.give(id, { capability: "write" });
    meanwhile(() => place.access.withdraw(id, given.id));
    const client = place.raw(id, given.secret!);
    await client.when(({ closed }) => closed !== undefined || client.denied() !== undefined);
    expect(client.denied()).toBe("unknown-link");
    expect(place.rooms.size.rooms).toBe(0);
  });

  test("has the rights of the state that was set in that very moment", async () => {
    const { id, links } = workshop;
    meanwhile(async () => {
      const { code } = await place.access.setState(id, "closed");
      place.rooms.announceState(id, "closed", code, true);
    });
    const client = place.enter(id, links.write);
    await client.when(() => client.provider.authorizedScope !== undefined);
    expect(client.provider.authorizedScope).toBe("readonly");
  });

  test("is counted as gone when the line breaks before the seat is taken", async () => {
    const { id, links } = workshop;
    let left: () => void;
    const leaving = new Promise<void>((resolve) => (left = resolve));
    meanwhile(async () => {
      client.leave();
      left();
    });
    const client = place.raw(id, links.write);
    await leaving;
    // Whatever the entrance still has to ask is answered before the last of these: reads are answered in order.
    for (let question = 0; question < 5; question += 1) await place.access.visitors(id);
    expect(place.rooms.size.clients).toBe(0);
  });
});

test("R3 whoever comes in at any step of the last one's leaving is in the room that everybody finds", async () => {
  const steps = new Map<string, number>();
  const visitor = place.access.visitor.bind(place.access);
  place.access.visitor = async (id, who) => {
    // One microtask after the other.
    // oxlint-disable-next-line no-await-in-loop
    for (let left = steps.get(id) ?? 0; left > 0; left -= 1) await Promise.resolve();
    return visitor(id, who);
  };
  const found = async (_: unknown, distance: number): Promise<string> => {
    const { id, links } = await place.start();
    const { token, clientId } = await place.access.openSession(id, links.write, { name: "Nadia", layout: 1 });
    const silent = rawClient(
      (carrier) => place.rooms.connect(Object.assign(carrier, { answers: async () => false })),
      id,
      token,
    );
    silent.frame(FRAME.sync, syncRest(SYNC.step2, EMPTY));
    await silent.when((each) => each.acknowledged() === 1);
    // Their telephone has another network: what is left of the line before does not answer, and is closed for this one.
    steps.set(id, distance);
    const back = new LiveClient(place.where, id, token, { clientId });
    await back.saved();
    expect(silent.closed).toBe(4408);
    const other = await place.visit(id, links.write, "Céline");
    await other.saved();
    back.write("de retour");
    await back.saved();
    const later = await place.visit(id, links.write, "Brice");
    await later.saved();
    back.destroy();
    return later.doc.getText("prose:text").toJSON();
  };
  const everybody = Array.from({ length: 25 }, () => "de retour");
  expect(await Promise.all(everybody.map(found))).toEqual(everybody);
  expect(place.faults).toEqual([]);
});

test("R9 an address longer than any client's is refused: it would go back with every frame", async () => {
  for (const [session, closed] of [
    ["x".repeat(36), undefined],
    ["x".repeat(1_000), 4400],
  ] as const) {
    const client = place.raw(`${workshop.id}\0${session}`, workshop.links.read);
    // oxlint-disable-next-line no-await-in-loop
    await client.when(({ frames }) => client.closed !== undefined || frames.length > 0);
    expect(client.closed).toBe(closed);
  }
});

describe("R7 C05 two tabs that come back with one session", () => {
  const came = async (token: string): Promise<RawClient> => {
    const client = place.raw(workshop.id, token);
    client.frame(FRAME.sync, syncRest(SYNC.step2, EMPTY));
    await client.when((each) => each.acknowledged() === 1 || each.denied() !== undefined);
    return client;
  };
  const session = async (): Promise<string> => {
    const who = { name: "Nadia", layout: 1 };
    return (await place.access.openSession(workshop.id, workshop.links.write, who)).token;
  };

  test("at the same moment, as after a restart: one is in it, the other needs a session of its own", async () => {
    const token = await session();
    const both = await Promise.all([came(token), came(token)]);
    expect(new Set(both.map((each) => each.denied()))).toEqual(new Set(["session-expired", undefined]));
    expect(both.map(({ closed }) => closed)).toEqual([undefined, undefined]);
    // While the room is open as well.
    const other = await session();
    const again = await Promise.all([came(other), came(other)]);
    expect(new Set(again.map((each) => each.denied()))).toEqual(new Set(["session-expired", undefined]));
  });

  test("one after the other: whoever leaves the document, and keeps the socket, gives it back", async () => {
    const token = await session();
    const first = await came(token);
    expect(first.denied()).toBeUndefined();
    first.frame(FRAME.close, FAREWELL);
    await first.when(({ frames }) => frames.some(({ kind }) => kind === FRAME.close));
    expect((await came(token)).denied()).toBeUndefined();
    expect(first.closed).toBeUndefined();
  });
});

test("R6 a stock client that leaves one of its documents keeps its line to the other, and is refused nothing", async () => {
  const refused: string[] = [];
  place.rooms.onRefused((code) => refused.push(code));
  const client = place.enter(workshop.id, workshop.links.write);
  const { id: name, links } = await place.start();
  const document = new Y.Doc();
  const other = new HocuspocusProvider({ websocketProvider: client.socket, name, token: links.write, document });
  const synced = new Promise<void>((resolve) => other.on("synced", () => resolve()));
  other.attach();
  await Promise.all([client.saved(), synced]);
  other.destroy();
  client.write("Nadia écrit. ");
  await client.saved();
  expect({ refused, closed: client.closed }).toEqual({ refused: [], closed: [] });
});
