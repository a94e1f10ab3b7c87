/** What hours leave behind: of a server with hundreds of rooms, and of a phone's page in a room where people write all the time. */
import type { CDPSession } from "@playwright/test";
import type * as Y from "yjs";
import { addItem } from "../document/edit/items.ts";
import { itemTextOf } from "../document/layout.ts";
import { Random } from "../tests/fuzz/random.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import { LiveClient } from "../tests/support/clients.ts";
import { markSays, newDesk, sitDown } from "../tests/support/desk.ts";
import { startWorkshop } from "../tests/support/server.ts";
import { contenders, Running } from "./contender.ts";
import { enter, pause } from "./crowd.ts";
import type { Line } from "./line.ts";

const HOURS = Number(process.env["BENCH_HOURS"] ?? 8);
/** So many times as fast everything is done: as many letters, words and returns, in a fraction of the time. */
const PACE = Number(process.env["BENCH_PACE"] ?? 1);
const ROOMS = Number(process.env["BENCH_ROOMS"] ?? 300);
/** In the room of the page: so many write a word a second each, in so many items. */
const WRITERS = 6;
const ITEMS = 40;
const SECTION = "propositions";
/** Between two letters of each of the quiet rooms, and between two words of each writer. */
const GAP_MS = 15_000;
const WORD_MS = 1_000;
/** How often everybody leaves and comes back, those with the page and the page itself among them; then a quiet room is empty for a while. */
const RETURN_MS = 3_600_000;
const AWAY_MS = 15_000;
const SAMPLES = 24;
const HOUR_MS = 3_600_000;
const TURN_MS = 50;
/** Longer than any thread of the server waits for more to do. */
const REST_MS = 90_000;
/** The first part of the time warms everything up, and is left out of the slope. */
const WARM = 0.25;
const WORDS = "que chacun puisse écrire au même moment sans attendre son tour et relire ce qui a été dit".split(" ");

interface Sample {
  hours: number;
  /** Done until then. */
  letters: number;
  words: number;
  returns: number;
  /** Megabytes: all that the server takes up, and what lives in the thread of its rooms. */
  server: number;
  rooms: number;
  page: number;
  nodes: number;
  listeners: number;
}

/** A word comes, or some letters go once a text is long enough: the text stays about as long as it is. */
const edit = (doc: Y.Doc, id: string, random: Random): void => {
  const text = itemTextOf(doc, SECTION, id);
  if (!text) return;
  if (text.length < 200 || random.chance(0.5)) text.insert(random.below(text.length + 1), `${random.pick(WORDS)} `);
  else text.delete(random.below(text.length - 8), 1 + random.below(6));
};

/** What the page keeps after everything that can go has gone. */
const keeps = async (inspector: CDPSession): Promise<Pick<Sample, "page" | "nodes" | "listeners">> => {
  for (let twice = 0; twice < 2; twice += 1) await inspector.send("HeapProfiler.collectGarbage");
  const { usedSize } = await inspector.send("Runtime.getHeapUsage");
  const { metrics } = await inspector.send("Performance.getMetrics");
  const of = (name: string): number => metrics.find((each) => each.name === name)?.value ?? 0;
  return { page: usedSize / 1e6, nodes: of("Nodes"), listeners: of("JSEventListeners") };
};

/** Least squares: by how much a value grows in an hour. */
const slope = (samples: readonly Sample[], of: (sample: Sample) => number): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [time, value] = [mean(samples.map(({ hours }) => hours)), mean(samples.map(of))];
  const above = samples.reduce((sum, each) => sum + (each.hours - time) * (of(each) - value), 0);
  return above / samples.reduce((sum, { hours }) => sum + (hours - time) ** 2, 0);
};

/** What lives in the thread of the rooms, garbage of the last seconds included, as the server itself tells. */
const livesIn = async (host: string): Promise<number> => {
  const told = await (await fetch(`http://${host}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(told)?.[1]) / 1e6;
};

const row = (name: string, { server, rooms, page, nodes, listeners, letters, words, returns }: Sample): string =>
  `| ${name} | ${server.toFixed(0)} | ${rooms.toFixed(0)} | ${page.toFixed(1)} | ${nodes} | ${listeners} | ${letters} | ${words} | ${returns} |`;

/** Calls `act` as often as it is due `each` so many milliseconds of the hours that are played, however late its timer is. Gives what stops it. */
const every = (each: number, act: () => void): (() => void) => {
  const began = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) * PACE) / each);
    for (; done < due; done += 1) act();
  }, TURN_MS);
  return () => clearInterval(timer);
};

/** The table of this benchmark. It takes as many hours as it is told to. */
export const hoursTable = async (): Promise<string> => {
  const [contender] = contenders("Minutier, packed").present;
  if (!contender) throw new Error("Our own server is always there.");
  const server = new Running(contender);
  const browser = await launchChromium();
  const leaving: (() => void)[] = [];
  try {
    await server.start();
    const { host } = new URL(server.address(""));
    const workshop = await startWorkshop(`http://${host}`, "propositions-en-direct");
    const { pathname, hash } = new URL(workshop.addresses.write);
    const writers: LiveClient[] = [];
    for (let each = 0; each < WRITERS; each += 1) {
      const client = new LiveClient({ url: server.address("") }, workshop.id, workshop.links.write);
      await client.saved();
      writers.push(client);
      leaving.push(() => client.destroy());
    }
    const at = new Date().toISOString();
    const { doc } = writers[0]!;
    const ids = Array.from({ length: ITEMS }, (_, n) => addItem(doc, SECTION, { text: `Proposition ${n + 1}`, at }));
    const done = { letters: 0, words: 0, returns: 0 };
    const quiet: (Line | undefined)[] = [];
    const sit = async (room: number): Promise<void> => {
      const name = `quiet-${room}`;
      [quiet[room]] = await enter({ name, address: server.address(name), protocol: contender.protocol }, 1);
    };
    for (let room = 0; room < ROOMS; room += 1) await sit(room);
    leaving.push(() => quiet.forEach((line) => line?.leave()));

    const context = await newDesk(browser, { width: 390, height: 844, phone: true });
    const page = await sitDown(context, `http://${host}${pathname}${hash}`, "Nadia");
    await markSays(page, "saved");
    const inspector = await context.newCDPSession(page);
    await inspector.send("Performance.enable");

    const random = new Random(1);
    const samples: Sample[] = [];
    const began = performance.now();
    const take = async (): Promise<Sample> => ({
      hours: ((performance.now() - began) * PACE) / HOUR_MS,
      ...done,
      server: server.usage().rss,
      rooms: await livesIn(host),
      ...(await keeps(inspector)),
    });
    // One after the other, each in its turn.
    let [typist, leaver] = [0, 0];
    const mishaps: unknown[] = [];
    const back = async (room: number): Promise<void> => {
      quiet[room]?.leave();
      quiet[room] = undefined;
      await pause(AWAY_MS / PACE);
      await sit(room);
      done.returns += 1;
    };
    const stops = [
      every(GAP_MS / ROOMS, () => {
        const line = quiet[(typist += 1) % ROOMS];
        if (line && !line.closed) {
          line.type(false);
          done.letters += 1;
        }
      }),
      every(WORD_MS, () => {
        for (const each of writers) edit(each.doc, random.pick(ids), random);
        done.words += writers.length;
      }),
      every(RETURN_MS / ROOMS, () => void back((leaver += 1) % ROOMS).catch((reason: unknown) => mishaps.push(reason))),
      every(RETURN_MS, () => {
        void context
          .setOffline(true)
          .then(() => pause(AWAY_MS / PACE))
          .then(() => context.setOffline(false))
          .catch((reason: unknown) => mishaps.push(reason));
      }),
    ];
    leaving.push(() => stops.forEach((stop) => stop()));
    for (let sample = 0; sample <= SAMPLES; sample += 1) {
      await pause(Math.max(0, ((sample / SAMPLES) * HOURS * HOUR_MS) / PACE - (performance.now() - began)));
      samples.push(await take());
      if (process.env["BENCH_TELL"])
        process.stderr.write(`${row(samples.at(-1)!.hours.toFixed(2), samples.at(-1)!)}\n`);
    }
    for (const stop of stops) stop();

    // What a page that has just been opened keeps of the same minutes: the rest is what the hours left.
    await page.reload();
    await markSays(page, "saved");
    await pause(5000);
    const afresh = await take();
    // By then the thread that reads and compacts has ended, with what it used.
    await pause(REST_MS);
    const rested = await take();
    const last = samples.slice(Math.floor(samples.length * WARM));
    const grows = (of: (sample: Sample) => number): string => slope(last, of).toFixed(2);
    return [
      "| | server, RSS in MB | of that the heap of its rooms | page, MB of heap | nodes | listeners | letters in the quiet rooms | words | returns |",
      "|---|---|---|---|---|---|---|---|---|",
      ...[0, WARM, 0.5, 0.75, 1].map((share) => {
        const sample = samples[Math.floor((samples.length - 1) * share)]!;
        return row(`after ${sample.hours.toFixed(2)} h`, sample);
      }),
      row("the page opened afresh", afresh),
      row("nobody wrote for a minute and a half", rested),
      `| growth per hour, first quarter left out | ${grows(({ server: mb }) => mb)} | ${grows(({ rooms: mb }) => mb)} | ${grows(({ page: mb }) => mb)} | ${grows(({ nodes }) => nodes)} | ${grows(({ listeners }) => listeners)} | | | |`,
      ...mishaps.map((reason) => `\n${String(reason)}`),
    ].join("\n");
  } finally {
    for (const leave of leaving) leave();
    await browser.close();
    await server.remove();
  }
};
