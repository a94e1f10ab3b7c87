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

const HOURS = Number(process.env["BENCH_HOURS"] ?? 8);
const ROOMS = Number(process.env["BENCH_ROOMS"] ?? 300);
/** In the room of the page: so many write a word a second each, in so many items. */
const WRITERS = 6;
const ITEMS = 40;
const SECTION = "propositions";
/** Between two letters of each of the quiet rooms. */
const GAP_MS = 15_000;
const SAMPLES = 24;
const HOUR_MS = 3_600_000;
/** The first part of the time warms everything up, and is left out of the slope. */
const WARM = 0.25;
const WORDS = "que chacun puisse écrire au même moment sans attendre son tour et relire ce qui a été dit".split(" ");

interface Sample {
  hours: number;
  /** Megabytes. */
  server: number;
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

const row = (name: string, { server, page, nodes, listeners }: Sample): string =>
  `| ${name} | ${server.toFixed(0)} | ${page.toFixed(1)} | ${nodes} | ${listeners} |`;

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
    for (let room = 0; room < ROOMS; room += 1) {
      const [line] = await enter(
        { name: `quiet-${room}`, address: server.address(`quiet-${room}`), protocol: contender.protocol },
        1,
      );
      if (!line) continue;
      await pause(GAP_MS / ROOMS);
      const typing = setInterval(() => line.type(false), GAP_MS);
      leaving.push(() => {
        clearInterval(typing);
        line.leave();
      });
    }

    const context = await newDesk(browser, { width: 390, height: 844, phone: true });
    const page = await sitDown(context, `http://${host}${pathname}${hash}`, "Nadia");
    await markSays(page, "saved");
    const inspector = await context.newCDPSession(page);
    await inspector.send("Performance.enable");

    const random = new Random(1);
    const samples: Sample[] = [];
    const began = performance.now();
    const take = async (): Promise<Sample> => ({
      hours: (performance.now() - began) / HOUR_MS,
      server: server.usage().rss,
      ...(await keeps(inspector)),
    });
    const writing = setInterval(() => {
      for (const each of writers) edit(each.doc, random.pick(ids), random);
    }, 1000);
    leaving.push(() => clearInterval(writing));
    for (let sample = 0; sample <= SAMPLES; sample += 1) {
      await pause(Math.max(0, (sample / SAMPLES) * HOURS * HOUR_MS - (performance.now() - began)));
      samples.push(await take());
      if (process.env["BENCH_TELL"])
        process.stderr.write(`${row(samples.at(-1)!.hours.toFixed(2), samples.at(-1)!)}\n`);
    }
    clearInterval(writing);

    // What a page that has just been opened keeps of the same minutes: the rest is what the hours left.
    await page.reload();
    await markSays(page, "saved");
    await pause(5000);
    const afresh = await take();
    const last = samples.slice(Math.floor(samples.length * WARM));
    const grows = (of: (sample: Sample) => number): string => slope(last, of).toFixed(2);
    return [
      "| | server, RSS in MB | page, MB of heap | nodes | listeners |",
      "|---|---|---|---|---|",
      ...[0, WARM, 0.5, 0.75, 1].map((share) => {
        const sample = samples[Math.floor((samples.length - 1) * share)]!;
        return row(`after ${sample.hours.toFixed(2)} h`, sample);
      }),
      row("the page opened afresh", afresh),
      `| growth per hour, first quarter left out | ${grows(({ server: mb }) => mb)} | ${grows(({ page: mb }) => mb)} | ${grows(({ nodes }) => nodes)} | ${grows(({ listeners }) => listeners)} |`,
    ].join("\n");
  } finally {
    for (const leave of leaving) leave();
    await browser.close();
    await server.remove();
  }
};
