/** Our own clients read ticks: they see stock clients and each other as before, and nobody after they have left. */
import { effect } from "@preact/signals";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession } from "../../client/session/open.ts";
import type { Session } from "../../client/session/session.ts";
import { listen } from "../../document/listen.ts";
import { LiveClient } from "../support/clients.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

const server = new TestServer();
beforeAll(async () => void (await server.start()));
afterAll(() => server.remove());

const LETTERS = 40;
const PACE_MS = 25;
/** So long a slow page is busy with what others wrote. */
const SLOW_MS = 20;
/** How many times as long it then takes nothing more in. */
const REST = 8;

const until = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop: { now?: () => void } = {};
    stop.now = effect(() => {
      if (!holds()) return;
      queueMicrotask(() => stop.now?.());
      resolve();
    });
  });
/** Carets are no part of who is present: whoever draws them asks awareness itself. */
const caretsSeen = ({ awareness }: Session): unknown[] =>
  [...awareness.getStates().values()].map(({ name, section, caret }) => [name, section, caret]);
const whenSeen = (session: Session, wanted: unknown): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (!JSON.stringify(caretsSeen(session)).includes(JSON.stringify(wanted))) return;
      session.awareness.off("change", look);
      resolve();
    };
    session.awareness.on("change", look);
    look();
  });

test("R43 carets, names and words of everybody, whichever way they speak; who leaves is gone", async () => {
  const { id, links } = await startWorkshop(server.url);
  const heard = new Map<number, number>();
  class Counting extends WebSocket {
    constructor(url: string | URL) {
      super(url);
      this.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) => {
        const bytes = new Uint8Array(data);
        const kind = bytes[(bytes[0] ?? 0) + 1] ?? 0;
        heard.set(kind, (heard.get(kind) ?? 0) + 1);
      });
    }
  }
  const enter = (Socket?: typeof WebSocket): Promise<Session> =>
    openSession({ workshop: id, secret: links.write, server: server.url }, Socket);
  const [one, two] = [await enter(Counting), await enter()];
  const stock = new LiveClient({ url: server.live }, id, links.write);
  try {
    await Promise.all([until(() => one.ready.value && two.ready.value), stock.saved()]);
    await two.rename("Nadia", "");
    const caret = { place: "prose:notes", anchor: "AAEBAA", head: "AAECAA" };
    two.awareness.setLocalState({ ...two.awareness.getLocalState(), section: "notes", caret });
    await whenSeen(one, ["Nadia", "notes", caret]);
    const seen = () => stock.provider.awareness?.getStates().get(two.doc.clientID);
    await stock.when(() => JSON.stringify(seen()?.["caret"]) === JSON.stringify(caret));
    stock.provider.setAwarenessField("section", "notes");
    await until(() => one.present.value.length === 2 && one.present.value.every(({ section }) => section === "notes"));
    stock.write("mot", "notes");
    await stock.saved();
    await until(() => JSON.stringify(one.minutes.value).includes("mot"));
    expect(one.awareness.getLocalState()).toMatchObject({ visitor: one.visitor.value.id });
    two.close();
    await until(() => one.present.value.length === 1);
    await stock.when(() => seen() === undefined);
  } finally {
    for (const each of [one, two]) each.close();
    stock.destroy();
  }
  // Two or more ticks; the states of stock clients only by way of them.
  expect(heard.get(41)).toBeGreaterThan(1);
});

test("C49 a page that needs long for what others write takes it in together, and misses nothing", async () => {
  const { id, links } = await startWorkshop(server.url);
  const stock = new LiveClient({ url: server.live }, id, links.write);
  await stock.saved();
  const reader = await openSession({ workshop: id, secret: links.write, server: server.url });
  try {
    await until(() => reader.ready.value);
    let taken = 0;
    listen(reader.doc, "update", () => {
      taken += 1;
      for (const free = performance.now() + SLOW_MS; performance.now() < free;);
    });
    const begun = performance.now();
    for (let letter = 0; letter < LETTERS; letter += 1) {
      stock.write("é", "notes");
      await new Promise((next) => setTimeout(next, PACE_MS));
    }
    await until(() => JSON.stringify(reader.minutes.value).includes("é".repeat(LETTERS)));
    // The first comes at once, each after it when it has rested; a machine that takes its time has the more of them.
    const rests = (performance.now() - begun) / (REST * SLOW_MS);
    expect(taken).toBeLessThanOrEqual(2 + rests);
  } finally {
    reader.close();
    stock.destroy();
  }
});
