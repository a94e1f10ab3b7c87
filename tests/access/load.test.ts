/** L12 L13 L09: everybody comes back at once after a restart; two hundred want the largest minutes while people write. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { SessionAnswer } from "../../document/session.ts";
import { FRAME, readFrame, SYNC, writeFrame, writeToken } from "../../server/rooms/frames.ts";
import { ask } from "../support/asking.ts";
import { LiveClient } from "../support/clients.ts";
import { peak, stalls } from "../support/condition.ts";
import { latency, slower } from "../support/latency.ts";
import { syncRest } from "../support/raw-client.ts";
import { startWorkshop, TestServer, type Started } from "../support/server.ts";
import type { Wished, Wishing } from "../support/wisher.ts";

/** Five hundred in the soak. */
const CROWD = Number(process.env["CROWD"] ?? 40);
/** Characters of the largest minutes; two million in the soak. */
const LARGE = Number(process.env["LARGE"] ?? 200_000);
const LONG = CROWD >= 500;
/** So many exports, and as many readings. */
const WISHES = LONG ? 200 : 40;
vi.setConfig({ testTimeout: 120_000 + CROWD * 500 });

let server: TestServer;
const open: { destroy: () => void }[] = [];

beforeAll(async () => {
  server = await new TestServer().start();
});
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});
afterAll(async () => {
  await server?.remove();
});

const live = async ({ id, links }: Started): Promise<LiveClient> => {
  const client = new LiveClient({ url: server.live }, id, links.write);
  open.push(client);
  await client.saved();
  return client;
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The session of a phone that comes back: exchanged anew after every lost line, as our page does. */
const exchange = async ({ id, links }: Started, visitor: string): Promise<SessionAnswer> => {
  const answer = await ask(server.url, `/api/workshops/${id}/sessions`, {
    method: "POST",
    headers: { authorization: `Bearer ${links.write}` },
    body: { visitor, layout: 1 },
  });
  if (answer.status !== 201) throw new Error(`a session was answered ${answer.status}`);
  return JSON.parse(answer.body) as SessionAnswer;
};

/** A phone, as far as the server knows it: comes, synchronises, and after a lost line comes again, a little later each time. */
class Phone {
  green = false;
  attempts = 0;
  readonly #workshop: Started;
  readonly #visitor: string;
  #socket: WebSocket | undefined;
  #over = false;

  constructor(workshop: Started, number: number) {
    this.#workshop = workshop;
    this.#visitor = `telephone${String(number).padStart(13, "0")}`;
    void this.#stay();
  }

  destroy(): void {
    this.#over = true;
    this.#socket?.terminate();
  }

  async #stay(): Promise<void> {
    for (let wait = 500; !this.#over; wait = Math.min(10_000, wait * 1.6)) {
      this.attempts += 1;
      const came = await this.#come().catch(() => false);
      if (came) wait = 500;
      await sleep(Math.max(250, Math.random() * wait));
    }
  }

  /** One line, from its beginning to its end; whether it was ever good for anything. */
  async #come(): Promise<boolean> {
    const { id } = this.#workshop;
    const { token } = await exchange(this.#workshop, this.#visitor);
    const socket = new WebSocket(server.live);
    this.#socket = socket;
    let came = false;
    const closed = once(socket, "close");
    socket.on("error", () => undefined);
    socket.on("message", (data: Buffer) => {
      const frame = readFrame(new Uint8Array(data));
      // Its own second step was acknowledged: that is when a page says "saved".
      if (frame?.kind === FRAME.syncStatus) came = this.green = true;
    });
    socket.on("open", () => {
      socket.send(writeToken(id, token));
      socket.send(writeFrame(id, FRAME.sync, syncRest(SYNC.step1, Uint8Array.of(0))));
      socket.send(writeFrame(id, FRAME.sync, syncRest(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc()))));
    });
    await closed;
    this.green = false;
    return came;
  }
}

test("L12 L09 a restart under a crowd: everybody is back, nobody is kept out", async () => {
  const workshops = await Promise.all(Array.from({ length: 10 }, () => startWorkshop(server.url)));
  const phones = Array.from({ length: CROWD }, (_, number) => new Phone(workshops[number % 10]!, number));
  open.push(...phones);
  const green = (): number => phones.filter((phone) => phone.green).length;
  await expect.poll(green, { timeout: 60_000 + CROWD * 100, interval: 50 }).toBe(CROWD);
  await server.kill();
  await expect.poll(green).toBe(0);
  const before = phones.reduce((sum, { attempts }) => sum + attempts, 0);
  const began = performance.now();
  await server.start();
  const started = performance.now();
  await expect.poll(green, { timeout: 60_000 + CROWD * 100, interval: 50 }).toBe(CROWD);
  const seconds = (performance.now() - started) / 1000;
  const attempts = phones.reduce((sum, phone) => sum + phone.attempts, 0) - before;
  process.stdout.write(
    `L12 ${CROWD} back ${seconds.toFixed(1)} s after the server was (start ${((started - began) / 1000).toFixed(1)} s), ` +
      `${attempts} attempts, at most ${peak(server).toFixed()} MB\n`,
  );
  const { most, p99 } = await stalls(server);
  process.stdout.write(`L09 return: the event loop late by ${most.toFixed()} ms at most, p99 ${p99.toFixed()} ms\n`);
  expect(most).toBeGreaterThan(0);
  if (LONG) expect(seconds).toBeLessThanOrEqual(15);
});

test("L13 L09 exports and readings without end of the largest minutes while people write", async () => {
  const workshop = await startWorkshop(server.url);
  const [one, two] = [await live(workshop), await live(workshop)];
  const sentence = "Les habitants du quartier demandent une salle ouverte le soir.";
  const text = one.doc.getText("prose:notes");
  // As many edits as a long life makes: each a struct of its own.
  while (text.length < LARGE) {
    one.doc.transact(() => {
      for (let i = 0; i < 300 && text.length < LARGE; i += 1) {
        text.insert(text.length, sentence);
        text.insert(Math.max(0, text.length - 700), ".");
        if (i % 5 === 0) text.insertEmbed(text.length, new Y.Map([["kind", "paragraph"]]));
      }
    });
    await one.saved();
  }
  await two.when(() => two.doc.getText("prose:notes").length === text.length);
  const quiet = await latency(one, two, LONG ? 10 : 1);
  await stalls(server);
  const formats = ["html", "md", "txt", "json"];
  const wishes = Array.from({ length: WISHES }, (_, i) => [
    { path: `/api/workshops/${workshop.id}/minutes.${formats[i % 4]}`, secret: workshop.links.write },
    { path: `/r/${workshop.links.read}`, secret: "" },
  ]).flat();
  const wishing: Wishing = { url: server.url, wishes, everyMs: LONG ? 25 : 2, longer: LARGE };
  const thread = new Worker(new URL("../support/wisher.ts", import.meta.url), { workerData: wishing });
  open.push({ destroy: () => void thread.terminate() });
  const told = once(thread, "message") as Promise<[Wished]>;
  const under = await latency(one, two, LONG ? 10 : 1);
  const [{ statuses, wrong, seconds }] = await told;
  const { most, p99 } = await stalls(server);
  const answered = statuses.filter((status) => status === 200).length;
  process.stdout.write(
    `L13 ${text.length} characters: ${slower(under, quiet)}, ` +
      `${answered} of ${2 * WISHES} answered in ${seconds.toFixed(1)} s\n`,
  );
  process.stdout.write(`L09 exports: the event loop late by ${most.toFixed()} ms at most, p99 ${p99.toFixed()} ms\n`);
  expect(wrong).toEqual([]);
  expect(statuses).toHaveLength(2 * WISHES);
  // There are five different things to want: whoever wants the same shares it, however much is written meanwhile.
  expect(answered).toBe(2 * WISHES);
  expect(most).toBeGreaterThan(0);
  if (LONG) expect(under.p95 / quiet.p95).toBeLessThanOrEqual(1.25);
});
