/** Rooms full of people, ours and those of others in one run: the scenarios, and the table of what they cost. */
import * as Y from "yjs";
import { contenders, pinDriver, Running, type Contender } from "./contender.ts";
import { at, drive, enter, pause, type Cost } from "./crowd.ts";
import { Line, type Room } from "./line.ts";

const size = (name: string, usual: number): number => Number(process.env[`BENCH_${name}`] ?? usual);

const ROUNDS = size("ROUNDS", 3);
const SECONDS = size("SECONDS", 10);
const WARM_UP = size("WARM_UP", 4);
const WRITERS = size("WRITERS", 300);
const READERS = size("READERS", 700);
const SMALLEST = size("SMALLEST", 100);
const LARGEST = size("LARGEST", 2000);
const JOINERS = size("JOINERS", 200);
const ROOMS = size("ROOMS", 300);
const KEPT = size("KEPT", 10_000);
const HOUR = 335_000;

interface Scenario {
  name: string;
  /** What is measured, with its unit; undefined where this contender has no such thing. */
  run: (server: Running) => Promise<Record<string, number>>;
  /** What is asked of its first figures, in their order. */
  asked: readonly string[];
}

const roomOf = (server: Running, name: string): Room => ({
  address: server.address(name),
  protocol: server.contender.protocol,
  name,
});

const leave = (lines: readonly Line[]): void => lines.forEach((line) => line.leave());

/** One crowd in one room; the lines leave afterwards. */
const crowd = async (
  server: Running,
  name: string,
  writers: number,
  readers: number,
  carets: boolean,
): Promise<Cost> => {
  const lines = await enter(roomOf(server, name), writers + readers);
  try {
    return await drive(server, [lines], { writers, readers, rate: 4, carets, warmUp: WARM_UP, seconds: SECONDS });
  } finally {
    leave(lines);
    await pause(500);
  }
};

const largest = async (server: Running): Promise<Record<string, number>> => {
  const sizes = [100, 200, 300, 450, 700, 1000, 1500, 2000].filter((each) => each >= SMALLEST && each <= LARGEST);
  let reached = 0;
  for (const people of sizes) {
    const { p95, lost } = await crowd(server, `largest-${people}`, people, 0, false);
    if (!(p95 < 250) || lost > 0) break;
    reached = people;
  }
  return { "largest room, p95 < 250 ms": reached };
};

const plenary = async (server: Running): Promise<Record<string, number>> => {
  const { p95, cpu, core, bytes, lag } = await crowd(server, "plenary", WRITERS, READERS, true);
  return {
    "plenary with carets: CPU s / 1,000 keys": cpu,
    "… p95, ms": p95,
    "… share of a core": core,
    "… bytes / key and reader": bytes,
    "… the driver's own lag, p99 ms": lag,
  };
};

/** About what an hour of forty people leaves: many authors, in pieces, some of it taken back. */
const hour = (): Uint8Array => {
  const doc = new Y.Doc();
  const text = doc.getText("prose:s0");
  let client = 1;
  let encoded = Y.encodeStateAsUpdate(doc);
  while (encoded.length < HOUR) {
    doc.clientID = client += 1;
    doc.transact(() => {
      for (let i = 0; i < 400; i += 1) {
        const place = Math.floor(Math.random() * text.length);
        text.insert(place, "mot ");
        if (i % 5 === 0) text.delete(place, 2);
      }
    });
    encoded = Y.encodeStateAsUpdate(doc);
  }
  return encoded;
};

const seed = async (server: Running, room: Room): Promise<void> => {
  const [line] = await enter(room, 1);
  line!.update(hour());
  while (room.protocol !== "bare" && line!.acknowledged < 2) await pause(20);
  await pause(2500);
  line!.leave();
};

const joining = async (server: Running): Promise<Record<string, number>> => {
  const room = roomOf(server, "hour");
  await seed(server, room);
  const [host] = await enter(room, 1);
  await pause(1000);
  const [before, own] = [server.usage(), process.cpuUsage()];
  const times = await Promise.all(
    Array.from({ length: JOINERS }, async (_, i) => {
      const began = performance.now();
      const line = new Line(room, 500_000 + i, "s0");
      await line.ready;
      const took = performance.now() - began;
      const whole = line.largest > HOUR / 2;
      line.leave();
      return whole ? took : Number.POSITIVE_INFINITY;
    }),
  );
  const { cpu } = server.usage();
  const { user, system } = process.cpuUsage(own);
  host!.leave();
  return {
    [`${JOINERS} join at once: p95, ms`]: at(times, 0.95),
    "… CPU s": cpu - before.cpu,
    "… the driver's own, CPU s": (user + system) / 1e6,
  };
};

const reopening = async (server: Running): Promise<Record<string, number>> => {
  const room = roomOf(server, "kept");
  await seed(server, room);
  await pause(3000);
  await server.end();
  const start = await server.start();
  const began = performance.now();
  const line = new Line(roomOf(server, "kept"), 77, "s0");
  await line.ready;
  // Some give an empty document first, and the rest when they have found it.
  const late = performance.now() + 15_000;
  while (line.largest < HOUR / 2 && performance.now() < late) await pause(2);
  const took = line.largest < HOUR / 2 ? Number.POSITIVE_INFINITY : performance.now() - began;
  line.leave();
  return { "first open after a restart, ms": took, "start, ms": start };
};

/** Before each of the frames that people get, which are all short. */
const HEADER = 3;

const writing = async (server: Running): Promise<Record<string, number>> => {
  const lines = await enter(roomOf(server, "written"), 40);
  const sum = (what: (line: Line) => number): number => lines.reduce((all, line) => all + what(line), 0);
  const heard = (): number => sum(({ received, frames }) => received + frames * HEADER);
  const before = { ...server.usage(), heard: heard() };
  await drive(server, [lines], { writers: 40, readers: 0, rate: 4, carets: false, warmUp: 0, seconds: SECONDS * 3 });
  await pause(11_000);
  const after = { ...server.usage(), heard: heard() };
  const bytes = sum(({ written }) => written);
  leave(lines);
  const handed = after.handed - before.handed - (after.heard - before.heard);
  return {
    "bytes written / byte of update": (after.written - before.written) / bytes,
    "… handed to the system for disks / byte of update": handed / bytes,
  };
};

const many = async (server: Running): Promise<Record<string, number>> => {
  const groups: Line[][] = [];
  for (let i = 0; i < ROOMS; i += 1) groups.push(await enter(roomOf(server, `room-${i}`), 4));
  const crowds = { writers: 4, readers: 0, rate: 1, carets: false, warmUp: WARM_UP, seconds: SECONDS };
  const { cpu, rss } = await drive(server, groups, crowds);
  leave(groups.flat());
  return { [`${ROOMS} rooms × 4: CPU s / 1,000 keys`]: cpu, "… RSS, MB": rss };
};

/** What was acknowledged before the power went: of a protocol without acknowledgements, what the others had seen. */
const killed = async (server: Running): Promise<Record<string, number>> => {
  const lines = await enter(roomOf(server, "killed"), 20);
  const typing = setInterval(() => lines.forEach((line) => line.type(false)), 100);
  await pause(SECONDS * 1000);
  clearInterval(typing);
  const known = server.contender.protocol === "bare" ? lines.map(({ typed }) => typed) : lines.map(acknowledgedLetters);
  await server.end("SIGKILL");
  await server.start();
  const [reader] = await enter(roomOf(server, "killed"), 1);
  await pause(3000);
  const kept = reader!.last ? Y.parseUpdateMeta(reader!.last).to : new Map<number, number>();
  reader!.leave();
  const lost = lines.map(({ client }, i) => Math.max(0, (known[i] ?? 0) - (kept.get(client) ?? 0)));
  return { "acknowledged keys lost by kill -9": lost.reduce((sum, each) => sum + each, 0) };
};
/** Its second step was acknowledged first. */
const acknowledgedLetters = ({ acknowledged }: Line): number => Math.max(0, acknowledged - 1);

/** A house with many workshops of which few are open. */
const idle = async (server: Running): Promise<Record<string, number>> => {
  for (let i = 0; i < KEPT; i += 50) {
    const some = Array.from({ length: Math.min(50, KEPT - i) }, (_, each) => `kept-${i + each}`);
    leave(await Promise.all(some.map(async (name) => (await enter(roomOf(server, name), 1))[0]!)));
  }
  await server.end();
  const start = await server.start();
  const lines: Line[] = [];
  for (let i = 0; i < Math.min(ROOMS, KEPT); i += 1) lines.push(...(await enter(roomOf(server, `kept-${i}`), 1)));
  await pause(3000);
  const { rss } = server.usage();
  leave(lines);
  return { [`${KEPT} kept, ${lines.length} open: RSS, MB`]: rss, "… start, ms": start };
};

const SCENARIOS: readonly Scenario[] = [
  { name: "largest", run: largest, asked: ["≥ 1500"] },
  { name: "plenary", run: plenary, asked: ["≤ 0.25", "≤ 80", "≤ 0.40", "≤ 40"] },
  { name: "joining", run: joining, asked: ["≤ 150", "≤ 0.10"] },
  { name: "reopening", run: reopening, asked: ["≤ 60"] },
  { name: "writing", run: writing, asked: ["≤ 2.0"] },
  { name: "many", run: many, asked: ["≤ 0.18", "≤ 160"] },
  { name: "killed", run: killed, asked: ["0"] },
  { name: "idle", run: idle, asked: [] },
];

const shown = (values: readonly number[]): string => {
  const number = (value: number): string =>
    Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : 0) : value > 0 ? "never" : "–";
  if (values.length === 0) return "–";
  const [low, high] = [number(Math.min(...values)), number(Math.max(...values))];
  return low === high ? low : `${number(at(values, 0.5))} (${low}–${high})`;
};

const measure = async (contender: Contender, { run }: Scenario): Promise<Map<string, number[]>> => {
  const figures = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = new Running(contender);
    try {
      await server.start();
      for (const [name, value] of Object.entries(await run(server))) {
        figures.set(name, [...(figures.get(name) ?? []), value]);
      }
    } catch (error) {
      process.stderr.write(`${contender.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    } finally {
      await server.remove();
    }
  }
  return figures;
};

/** The table of this benchmark: medians of the rounds, and their spread. */
export const roomsTable = async (): Promise<string> => {
  pinDriver();
  const { present, missing } = contenders(process.env["BENCH_SERVERS"]);
  const wanted = (process.env["BENCH_ONLY"] ?? "").split(",").filter(Boolean);
  const lines = [
    `| | asked | ${present.map(({ name }) => name).join(" | ")} |`,
    `|---|---|${present.map(() => "---|").join("")}`,
  ];
  for (const scenario of SCENARIOS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    const columns: Map<string, number[]>[] = [];
    for (const contender of present) columns.push(await measure(contender, scenario));
    for (const [index, name] of [...new Set(columns.flatMap((column) => [...column.keys()]))].entries()) {
      lines.push(
        `| ${name} | ${scenario.asked[index] ?? ""} | ${columns.map((column) => shown(column.get(name) ?? [])).join(" | ")} |`,
      );
    }
  }
  const absent = missing.length > 0 ? `\n\nNot installed here, see bench/README.md: ${missing.join(", ")}.` : "";
  return lines.join("\n") + absent;
};
