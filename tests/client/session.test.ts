/** A stay in a workshop against the real server: what the mark says, what comes back after a kill, who may write. */
import { renameSync } from "node:fs";
import { effect } from "@preact/signals";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openSession } from "../../client/session/open.ts";
import { Refused } from "../../client/session/request.ts";
import type { Session } from "../../client/session/session.ts";
import { addItem } from "../../document/edit/items.ts";
import type { Minutes } from "../../minutes/value.ts";
import { newSeed } from "../fuzz/random.ts";
import { LiveClient } from "../support/clients.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

const server = new TestServer();
const stays: Session[] = [];

beforeAll(async () => void (await server.start()));
afterAll(() => server.remove());
afterEach(() => {
  for (const stay of stays.splice(0)) stay.close();
});

/** Resolves once `holds` does; looks again whenever a signal it read changes. */
const until = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop: { now?: () => void } = {};
    stop.now = effect(() => {
      if (!holds()) return;
      queueMicrotask(() => stop.now?.());
      resolve();
    });
  });

const enter = async (workshop: Started, secret = workshop.links.write): Promise<Session> => {
  const session = await openSession({ workshop: workshop.id, secret, server: server.url });
  stays.push(session);
  return session;
};
const saved = (session: Session): Promise<void> => until(() => session.saved.value.state === "saved");
const entered = async (workshop: Started, secret?: string): Promise<Session> => {
  const session = await enter(workshop, secret);
  await Promise.all([until(() => session.ready.value), saved(session)]);
  return session;
};

const sectionOf = (minutes: Minutes): string => {
  const section = minutes.sections.find(({ kind }) => kind === "items");
  if (!section) throw new Error("the template has no items");
  return section.id;
};
const write = (session: Session, text: string): string =>
  addItem(session.doc, sectionOf(session.minutes.value), { text, at: session.now().toISOString() });

const textsOf = (minutes: Minutes): string[] =>
  minutes.sections.flatMap((section) => (section.kind === "items" ? section.items.map((item) => item.text) : []));
const onServer = async ({ id, links }: Started): Promise<string[]> => {
  const answer = await fetch(`${server.url}/api/workshops/${id}`, {
    headers: { authorization: `Bearer ${links.read}` },
  });
  return textsOf((await answer.json()) as Minutes);
};
const manage = ({ id, links }: Started, method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}/api/workshops/${id}${path}`, {
    method,
    headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

describe("a stay", () => {
  test("C1 T31 what the answer brings can be written in before anything is synchronised, and is not called saved", async () => {
    const session = await enter(await startWorkshop(server.url, "forum-ouvert"));
    expect(session.minutes.value.sections.length).toBeGreaterThan(3);
    expect(session.canWrite.value).toBe(true);
    expect(session.saved.value).toEqual({ state: "saving" });
  });

  test("C1 shows the minutes of the answer also where the document is too large to come with it", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const client = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
    await client.saved();
    const text = client.doc.getText("prose:discussion");
    client.doc.transact(() => {
      for (let letter = 0; letter < 2_000; letter += 1) text.insert(0, "a");
    });
    await client.saved();
    client.destroy();
    const session = await enter(workshop);
    expect(session.ready.value).toBe(false);
    expect(JSON.stringify(session.minutes.value)).toContain("aaaa");
  });

  test("C7 two stays never write under one client id, and meet under their names", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const [one, other] = await Promise.all([entered(workshop), entered(workshop)]);
    expect(one.doc.clientID).not.toBe(other.doc.clientID);
    await one.rename("Nadia", "Ville");
    await until(() => other.present.value.some(({ name }) => name === "Nadia"));
    expect(other.visitors.value.get(one.visitor.value.id)?.organisation).toBe("Ville");
    one.setPlace("actions");
    await until(() => other.present.value.some(({ section }) => section === "actions"));
  });

  test("C1 the mark leaves saved at the keystroke and comes back when it is on disk", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const session = await entered(workshop);
    write(session, "une piste");
    expect(session.saved.value).toEqual({ state: "saving" });
    await saved(session);
    await server.kill();
    await server.start();
    expect(await onServer(workshop)).toEqual(["une piste"]);
  });

  test("C8 what is written while the server is dead is counted, kept and sent once by itself", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const [one, other] = await Promise.all([entered(workshop), entered(workshop)]);
    write(one, "avant");
    await saved(one);
    await server.kill();
    await until(() => one.saved.value.state === "offline" && other.saved.value.state === "offline");
    write(one, "pendant");
    write(other, "aussi");
    expect(one.saved.value).toEqual({ state: "offline", changes: 1 });
    expect(one.canWrite.value).toBe(true);
    await server.start();
    await Promise.all([saved(one), saved(other)]);
    const all = ["aussi", "avant", "pendant"];
    await until(() => [one, other].every((each) => textsOf(each.minutes.value).length === 3));
    for (const each of [one, other]) expect(textsOf(each.minutes.value).toSorted()).toEqual(all);
    expect((await onServer(workshop)).toSorted()).toEqual(all);
  });

  test("C7 a line that was lost comes back under another client id, as the same visitor, with what was written", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const session = await entered(workshop);
    const before = { clientId: session.doc.clientID, visitor: session.visitor.value.id };
    await server.kill();
    await until(() => session.saved.value.state === "offline");
    write(session, "pendant la panne");
    await server.start();
    await saved(session);
    expect(session.doc.clientID).not.toBe(before.clientId);
    expect(session.awareness.clientID).toBe(session.doc.clientID);
    expect(session.visitor.value.id).toBe(before.visitor);
    write(session, "et après");
    await saved(session);
    expect((await onServer(workshop)).toSorted()).toEqual(["et après", "pendant la panne"]);
  });

  test("C5 a withdrawn link ends the stay with a reason, and opens nothing again", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const link = (await (await manage(workshop, "POST", "/links", { capability: "write" })).json()) as {
      id: string;
      secret: string;
    };
    const session = await entered(workshop, link.secret);
    await manage(workshop, "DELETE", `/links/${link.id}`);
    await until(() => session.saved.value.state === "read-only");
    expect(session.saved.value).toMatchObject({ state: "read-only", reason: "withdrawn" });
    expect(session.canWrite.value).toBe(false);
    const again = enter(workshop, link.secret);
    await expect(again).rejects.toBeInstanceOf(Refused);
    await expect(again).rejects.toThrow(/\S/);
  });

  test("C5 a workshop that closes takes the pen away, and gives it back when it opens again", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const session = await entered(workshop);
    await manage(workshop, "POST", "/state", { state: "closed" });
    await until(() => !session.canWrite.value);
    expect(session.saved.value).toMatchObject({ state: "read-only", reason: "closed" });
    await manage(workshop, "POST", "/state", { state: "open" });
    await until(() => session.canWrite.value);
    write(session, "encore");
    await saved(session);
    expect(await onServer(workshop)).toEqual(["encore"]);
  });

  test("C5 a link for reading follows what is written and writes nothing", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const reader = await enter(workshop, workshop.links.vote);
    await until(() => reader.ready.value);
    expect(reader.canWrite.value).toBe(false);
    expect(reader.saved.value).toMatchObject({ state: "read-only", reason: "capability" });
    write(await entered(workshop), "lu");
    await until(() => textsOf(reader.minutes.value).length === 1);
  });

  test("C6 whoever comes while the server cannot save reads, and writes as soon as it can", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const early = await entered(workshop);
    const database = `${server.dataDir}/minutier.db`;
    renameSync(database, `${database}.away`);
    write(early, "pendant la panne");
    await until(() => early.saved.value.state === "read-only");
    const late = await enter(workshop);
    await until(() => late.ready.value);
    expect(late.saved.value).toMatchObject({ state: "read-only", reason: "storage" });
    renameSync(`${database}.away`, database);
    await Promise.all(
      [early, late].map((each) => until(() => each.canWrite.value && each.saved.value.state === "saved")),
    );
    expect(await onServer(workshop)).toContain("pendant la panne");
    write(late, "après la panne");
    await saved(late);
    expect(await onServer(workshop)).toContain("après la panne");
  });

  test("C9 others' items are news, one's own are not", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const [one, other] = await Promise.all([entered(workshop), entered(workshop)]);
    await one.rename("Nadia", "");
    addItem(one.doc, sectionOf(one.minutes.value), {
      text: "neuf",
      author: one.visitor.value.id,
      at: one.now().toISOString(),
    });
    await until(() => other.news.value.some(({ who, what }) => who === "Nadia" && what.includes("news-item")));
    expect(one.news.value.some(({ what }) => what.includes("news-item"))).toBe(false);
    await until(() => other.spoken.value.includes("news-item-said"));
  });

  test("C1 killed at random instants: every word that any page had called saved is on disk", async () => {
    const seed = newSeed("C1");
    let state = seed;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >>> 8) % below;
    };
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const claimed = new Set<string>();
    let calledSaved = 0;
    for (let round = 0; round < 8; round += 1) {
      const writers = await Promise.all([entered(workshop), entered(workshop), entered(workshop)]);
      const before = calledSaved;
      const stops = writers.map((session, index) => {
        const written: string[] = [];
        const claim = effect(() => {
          if (session.saved.value.state !== "saved") return;
          calledSaved += 1;
          for (const text of written) claimed.add(text);
        });
        const timer = setInterval(
          () => {
            const text = `${round}.${index}.${written.length}`;
            write(session, text);
            written.push(text);
          },
          5 + random(120),
        );
        return () => {
          claim();
          clearInterval(timer);
        };
      });
      // On a machine that is busy nothing may have been called saved yet.
      await expect.poll(() => calledSaved - before, { interval: 10 }).toBeGreaterThan(2);
      await new Promise((resolve) => setTimeout(resolve, 100 + random(500)));
      await server.kill();
      for (const stop of stops) stop();
      // Nobody may send again what was promised: only the disk answers.
      for (const session of stays.splice(0)) session.close();
      await server.start();
      const kept = await onServer(workshop);
      expect(
        [...claimed].filter((text) => !kept.includes(text)),
        `seed ${seed}, round ${round}`,
      ).toEqual([]);
      expect(new Set(kept).size, `seed ${seed}, round ${round}`).toBe(kept.length);
    }
    expect(calledSaved).toBeGreaterThan(20);
    expect(claimed.size).toBeGreaterThan(20);
  }, 60_000);
});
