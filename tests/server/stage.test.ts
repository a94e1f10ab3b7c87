/** The stage over the real server: who may change it, who is told, what survives, and writing frozen for a moment. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { SessionAnswer } from "../../document/session.ts";
import type { Stage, StageAnswer, StageRequest } from "../../document/stage.ts";
import type { Minutes } from "../../minutes/value.ts";
import { leftAt, MINUTE } from "../../minutes/timer.ts";
import { ask, bearer, type Told } from "../support/asking.ts";
import { LiveClient } from "../support/clients.ts";
import { newPlace } from "../support/rooms.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";

/** B06 asks for twenty; fewer show the same on a busy machine. */
const WRITERS = Number(process.env["WRITERS"] ?? 8);

let server: TestServer;
let workshop: Started;
const clients: LiveClient[] = [];

beforeAll(async () => {
  server = await new TestServer().start();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(async () => {
  await server?.remove();
});

const post = (credential: string, body: unknown, id = workshop.id): Promise<Told> =>
  ask(server.url, `/api/workshops/${id}/stage`, { method: "POST", headers: bearer(credential), body });
const play = async (request: StageRequest, credential = workshop.links.manage): Promise<Stage> => {
  const told = await post(credential, request);
  expect([told.status, told.body]).toEqual([200, expect.any(String)]);
  return (JSON.parse(told.body) as StageAnswer).stage;
};
const stageNow = async (): Promise<StageAnswer> => {
  const told = await ask(server.url, `/api/workshops/${workshop.id}/stage`, { headers: bearer(workshop.links.read) });
  return JSON.parse(told.body) as StageAnswer;
};
const session = async (secret: string, body: object = {}): Promise<SessionAnswer> => {
  const path = `/api/workshops/${workshop.id}/sessions`;
  const told = await ask(server.url, path, { method: "POST", headers: bearer(secret), body: { layout: 1, ...body } });
  return JSON.parse(told.body) as SessionAnswer;
};
const visit = async (secret: string, name: string): Promise<LiveClient & { answer: SessionAnswer }> => {
  const answer = await session(secret, { name });
  const client = new LiveClient({ url: server.live }, workshop.id, answer.token, { clientId: answer.clientId });
  clients.push(client);
  return Object.assign(client, { answer });
};
/** The newest stage a client was told. */
const toldTo = ({ signals }: LiveClient): Stage | undefined =>
  (signals as { signal: string; stage: Stage }[]).findLast(({ signal }) => signal === "stage")?.stage;
const hears = (client: LiveClient, check: (stage: Stage) => boolean): Promise<void> =>
  client.when(() => {
    const stage = toldTo(client);
    return stage !== undefined && check(stage);
  });

describe("the stage", () => {
  beforeAll(async () => {
    workshop = await startWorkshop(server.url, "atelier-facilite");
  });

  test("G1 one's own hand needs vote, everything else manage; what is not there is refused with a sentence", async () => {
    const { manage, write, vote, read } = workshop.links;
    const facilitators: StageRequest[] = [
      { do: "begin", phase: "p1" },
      { do: "count", minutes: 5 },
      { do: "pause" },
      { do: "resume" },
      { do: "extend", minutes: 1 },
      { do: "show", section: "solutions", following: true },
      { do: "freeze", seconds: 60 },
      { do: "thaw" },
      { do: "lower", visitor: "somebody" },
      { do: "stop" },
    ];
    for (const request of facilitators) {
      for (const secret of [write, vote, read]) expect((await post(secret, request)).status).toBe(403);
      expect((await post(manage, request)).status).toBe(200);
    }
    for (const secret of [manage, write, vote]) {
      expect((await post(secret, { do: "raise" })).status).toBe(200);
      expect((await post(secret, { do: "lower" })).status).toBe(200);
    }
    expect((await post(read, { do: "raise" })).status).toBe(403);
    for (const wrong of [
      {},
      { do: "dance" },
      { do: "begin", phase: "p99" },
      { do: "freeze", seconds: 99_999 },
      { do: "count", minutes: -1 },
      { do: "show", section: "", following: true },
    ]) {
      expect((await post(manage, wrong)).status).toBe(400);
    }
    expect((await post(manage, { do: "show", section: "nowhere", following: true })).status).toBe(404);
    expect((await post("x".repeat(33), { do: "raise" })).status).toBe(401);
  });

  test("G2 a phase runs for its minutes, is paused, lengthened, and followed by another, by the server's clock", async () => {
    const begun = await play({ do: "begin", phase: "p2" });
    const { stage, now } = await stageNow();
    expect(stage).toEqual(begun);
    const left = leftAt(stage.timer!, Date.parse(now));
    expect(left).toBeLessThanOrEqual(45 * MINUTE);
    expect(left).toBeGreaterThan(44 * MINUTE);
    const paused = await play({ do: "pause" });
    expect(paused.timer).toHaveProperty("left");
    expect(await play({ do: "pause" })).toEqual(paused);
    const longer = await play({ do: "extend", minutes: 1 });
    expect(leftAt(longer.timer!, 0) - leftAt(paused.timer!, 0)).toBe(MINUTE);
    expect((await play({ do: "resume" })).timer).toHaveProperty("endsAt");
    expect(await play({ do: "begin", phase: "p3" })).toMatchObject({ phase: "p3", timer: { of: 45 * MINUTE } });
    expect(await play({ do: "count", minutes: 7 })).toMatchObject({ phase: null, timer: { of: 7 * MINUTE } });
    expect(await play({ do: "stop" })).toMatchObject({ phase: null, timer: null });
  });

  test("G3 hands stand in the order of the server's clock, once each; the owner or the facilitator lowers them", async () => {
    const [nadia, brice] = [await visit(workshop.links.write, "Nadia"), await visit(workshop.links.vote, "Brice")];
    await play({ do: "raise" }, nadia.answer.token);
    await play({ do: "raise" }, brice.answer.token);
    const again = await play({ do: "raise" }, nadia.answer.token);
    expect(again.hands.map(({ visitor }) => visitor)).toEqual([nadia.answer.visitor.id, brice.answer.visitor.id]);
    expect((await post(nadia.answer.token, { do: "lower", visitor: brice.answer.visitor.id })).status).toBe(403);
    const lowered = await play({ do: "lower", visitor: nadia.answer.visitor.id });
    expect(lowered.hands.map(({ visitor }) => visitor)).toEqual([brice.answer.visitor.id]);
    expect((await play({ do: "lower" }, brice.answer.token)).hands).toEqual([]);
  });

  test("G4 everybody in the room is told, readers too; whoever comes finds it in the answer and again on the line", async () => {
    const [writer, reader] = [await visit(workshop.links.write, "Nadia"), await visit(workshop.links.read, "")];
    await Promise.all([hears(writer, () => true), hears(reader, () => true)]);
    const shown = await play({ do: "show", section: "solutions", following: true });
    await Promise.all([writer, reader].map((client) => hears(client, ({ seq }) => seq === shown.seq)));
    expect(toldTo(reader)).toEqual(shown);
    const late = await visit(workshop.links.read, "");
    expect(late.answer.stage).toEqual(shown);
    await hears(late, ({ seq }) => seq === shown.seq);
    expect((await play({ do: "show", section: null, following: true })).following).toBe(false);
  });

  test("G5 kill -9: phase, clock, hands and freeze are as they were; nothing of them is in the minutes", async () => {
    const nadia = await visit(workshop.links.write, "Nadia");
    await play({ do: "begin", phase: "p1" });
    await play({ do: "show", section: "problemes", following: false });
    await play({ do: "raise" }, nadia.answer.token);
    const before = await play({ do: "freeze", seconds: 600 });
    await server.kill();
    await server.start();
    expect((await stageNow()).stage).toEqual(before);
    await nadia.saved();
    nadia.write("pendant le gel", "problematique");
    await nadia.when(() => nadia.provider.hasUnsyncedChanges);
    expect((await play({ do: "thaw" })).frozen).toBeNull();
    await nadia.saved();
    const told = await ask(server.url, `/api/workshops/${workshop.id}`, { headers: bearer(workshop.links.read) });
    expect(told.body).toContain("pendant le gel");
    for (const word of ["hands", "frozen", "endsAt"]) expect(told.body).not.toContain(word);
  });

  test("R12 the code is told with the state to those who may write, and to nobody else", async () => {
    const [writer, reader] = [await visit(workshop.links.write, "Nadia"), await visit(workshop.links.read, "")];
    await Promise.all([hears(writer, () => true), hears(reader, () => true)]);
    const path = `/api/workshops/${workshop.id}/state`;
    for (const state of ["open", "live"]) {
      await ask(server.url, path, { method: "POST", headers: bearer(workshop.links.manage), body: { state } });
    }
    /** What was told when it was opened for the second time: whoever comes in to read is told the state at once as well. */
    const codes = ({ signals }: LiveClient): unknown[] => {
      const states = (signals as { signal: string; state: string; code: unknown }[]).filter(
        ({ signal }) => signal === "state",
      );
      const opened = states.findIndex(({ state }) => state === "open");
      return opened < 0 ? [] : states.slice(opened + 1).map(({ code }) => code);
    };
    await Promise.all([writer, reader].map((client) => client.when(() => codes(client).length > 0)));
    expect([codes(writer), codes(reader)]).toEqual([[expect.stringMatching(/^\w{6}$/)], [null]]);
    workshop.code = String(codes(writer)[0]);
  });

  test("G6 a session that asks only to read writes nothing, is nobody, and may show the code its link may show", async () => {
    const screen = await session(workshop.links.manage, { capability: "read" });
    expect(screen).toMatchObject({ capability: "read", code: workshop.code });
    expect((await session(workshop.links.read, { capability: "read" })).code).toBeNull();
    expect(screen.visitors.map(({ id }) => id)).not.toContain(screen.visitor.id);
    expect((await post(screen.token, { do: "raise" })).status).toBe(403);
  });
});

describe("writing frozen for a moment", () => {
  const words = async (): Promise<string> => {
    const told = await ask(server.url, `/api/workshops/${workshop.id}/minutes.txt`, {
      headers: bearer(workshop.links.read),
    });
    return told.body;
  };
  const token = (i: number, when: string): string => `<${when}${i}>`;
  const times = (text: string, wanted: string): number => text.split(wanted).length - 1;

  test(`B06 ${WRITERS} writers, some offline: nothing is taken from the moment it is told, all of it when it is over, once`, async () => {
    workshop = await startWorkshop(server.url, "forum-ouvert");
    const section = "discussion";
    const writers = await Promise.all(
      Array.from({ length: WRITERS }, (_, i) => visit(workshop.links.write, `Personne ${i}`)),
    );
    const facilitator = await visit(workshop.links.manage, "Céline");
    await Promise.all([...writers, facilitator].map((client) => client.saved()));
    const [first] = writers;
    const sections = (
      JSON.parse(
        (await ask(server.url, `/api/workshops/${workshop.id}`, { headers: bearer(workshop.links.read) })).body,
      ) as Minutes
    ).sections;
    const prose = sections.find(({ kind }) => kind === "prose")?.id ?? section;
    for (const [i, writer] of writers.entries()) writer.write(token(i, "before"), prose);
    await Promise.all(writers.map((writer) => writer.saved()));
    const offline = writers.filter((_, i) => i % 4 === 3);
    for (const writer of offline) writer.socket.disconnect();

    const asked = performance.now();
    await play({ do: "freeze", seconds: 600 });
    const took = performance.now() - asked;
    for (const [i, writer] of writers.entries()) writer.write(token(i, "frozen"), prose);
    // A manager's word goes through the same queue behind theirs: what was taken of them would be there before it.
    facilitator.write("<facilitator>", prose);
    await facilitator.saved();
    for (const writer of offline) void writer.socket.connect();
    await Promise.all(offline.map((writer) => writer.when(() => writer.provider.isSynced)));
    const during = await words();
    expect(during.match(/<frozen\d+>/g)).toBeNull();
    expect(times(during, "<facilitator>")).toBe(1);
    const refused = await ask(server.url, `/api/workshops/${workshop.id}/items`, {
      method: "POST",
      headers: bearer(workshop.links.write),
      body: { section: sections.find(({ kind }) => kind === "items")?.id, text: "gelé" },
    });
    expect([refused.status, refused.body]).toEqual([423, expect.stringContaining("frozen")]);
    // Nobody was sent away: they read on.
    await first!.when(() => first!.doc.getText(`prose:${prose}`).toJSON().includes("<facilitator>"));
    expect(writers.flatMap(({ closed }) => closed.filter((code) => code >= 4000))).toEqual([]);

    await play({ do: "thaw" });
    await Promise.all(writers.map((writer) => writer.saved()));
    const after = await words();
    for (const i of writers.keys()) {
      expect([i, times(after, token(i, "before")), times(after, token(i, "frozen"))]).toEqual([i, 1, 1]);
    }
    if (process.env["WRITERS"]) process.stdout.write(`B06 frozen within ${took.toFixed(0)} ms, ${WRITERS} writers\n`);
  });

  test("G7 a freeze ends by itself: what was kept aside is taken then, without anybody doing anything", async () => {
    workshop = await startWorkshop(server.url, "vierge");
    const nadia = await visit(workshop.links.write, "Nadia");
    await nadia.saved();
    await play({ do: "freeze", seconds: 1 });
    nadia.write("gardé");
    await nadia.saved();
    expect(await words()).toContain("gardé");
    const { stage, now } = await stageNow();
    expect(stage.frozen).toBeLessThanOrEqual(Date.parse(now));
  });
});

test("G7 O07 a freeze lasts half an hour at most, also where the clock is set back meanwhile", async () => {
  const { start, stages, remove } = await newPlace();
  const { id } = await start();
  await stages.play(id, { do: "freeze", seconds: 1800 }, { visitor: "v" });
  expect(await stages.frozenUntil(id)).toBeGreaterThan(Date.now());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 2 * 60 * MINUTE });
  expect([await stages.frozenUntil(id), (await stages.stage(id)).frozen]).toEqual([undefined, null]);
  vi.useRealTimers();
  await remove();
});
