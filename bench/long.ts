/** The largest minutes, on a phone: how soon they open, how soon a key shows in them, how they scroll; beside a page made of the usual parts. */
import { rmSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";
import { launchChromium } from "../tests/support/chromium.ts";
import { newDesk } from "../tests/support/desk.ts";
import { contenders, Running } from "./contender.ts";
import { pause } from "./crowd.ts";
import { ours, theirs, type Side, type Signs } from "./largest.ts";
import { buildTheirs, theirsInstalled } from "./page.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 2);
export const EDITS = Number(process.env["BENCH_EDITS"] ?? 200_000);
/** Where nearly all of it stands, one after the other. */
const WITHIN = (process.env["BENCH_WITHIN"] ?? "prose,items").split(",");
/** As this machine is, and so much slower. */
const SLOWER = [1, 4];
const KEYS = 25;
const WARM_UP = 5;
const PACE_MS = 180;
/** What a page that has just been opened still does behind what shows. */
const SETTLING_MS = 2_000;
/** As fast as a finger throws it. */
const STEP_PX = 66;
const STEPS = 240;
/** At 60 frames a second none comes later than this after the one before. */
const LATE_MS = 20;
const PATIENCE_MS = 60_000;
/** What a page notes of itself: milliseconds since it was asked for, between frames, from keys to their frames. */
interface Noted {
  seen?: number;
  /** A text can be touched to write in it. */
  written?: number;
  ready?: number;
  frames: number[];
  keys: number[];
}

const noteAll = (signs: Signs): void => {
  const noted: Noted = { frames: [], keys: [] };
  Object.assign(globalThis, { noted });
  const shows = (sign: keyof Signs): boolean => signs[sign].every((each) => document.querySelector(each));
  let last = 0;
  const look = (time: number): void => {
    noted.frames.push(time - last);
    last = time;
    if (!noted.ready) {
      // A task behind this one: what this frame draws has been drawn.
      if (!noted.seen && shows("seen")) setTimeout(() => (noted.seen ??= performance.now()));
      if (!noted.written && shows("written")) noted.written = performance.now();
      if (shows("ready")) setTimeout(() => (noted.ready ??= performance.now()));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const shown = ({ timeStamp }: KeyboardEvent): void => {
    requestAnimationFrame(() => setTimeout(() => noted.keys.push(performance.now() - timeStamp)));
  };
  addEventListener("keydown", shown, { capture: true });
};

const notedOn = (page: Page): Promise<Noted> => page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const told = (values: readonly number[]): string =>
  [0.5, 0.95, 1].map((each) => at(values, each).toFixed(0)).join(" / ");

const type = async (page: Page, side: Side): Promise<number[]> => {
  await side.go(page);
  await pause(SETTLING_MS);
  await side.line(page).tap({ position: { x: 40, y: 12 } });
  await page.locator("[contenteditable=true]:focus").waitFor();
  await pause(SETTLING_MS);
  for (let key = 0; key < WARM_UP + KEYS; key += 1) {
    await page.keyboard.press("x");
    await pause(PACE_MS);
  }
  await page.waitForFunction(
    (all) => (globalThis as unknown as { noted: Noted }).noted.keys.length >= all,
    WARM_UP + KEYS,
  );
  return (await notedOn(page)).keys.slice(WARM_UP);
};

/** Milliseconds between the frames while the page goes down, so far with each of them. */
const scroll = async (page: Page, side: Side): Promise<number[]> => {
  await side.go(page);
  await pause(SETTLING_MS);
  const before = (await notedOn(page)).frames.length;
  const far = await page.evaluate(
    ([pixels, frames]) =>
      new Promise<number>((resolve) => {
        let left = frames;
        const go = (): void => {
          scrollBy({ top: pixels, behavior: "instant" });
          left -= 1;
          if (left > 0) requestAnimationFrame(go);
          else resolve(scrollY);
        };
        go();
      }),
    [STEP_PX, STEPS] as const,
  );
  if (far < (STEP_PX * STEPS) / 2) throw new Error(`The page went only ${far} pixels.`);
  return (await notedOn(page)).frames.slice(before);
};

const isReady = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => (globalThis as unknown as { noted: Noted }).noted.ready !== undefined);

const visit = async (browser: Browser, side: Side, rate: number): Promise<string> => {
  const context = await newDesk(browser, { width: 390, height: 844, phone: true });
  try {
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(noteAll, side.signs);
    const page = await side.enter(context);
    const inspector = await context.newCDPSession(page);
    await inspector.send("Emulation.setCPUThrottlingRate", { rate });
    const opened: Noted[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.reload({ waitUntil: "commit" });
      await isReady(page);
      opened.push(await notedOn(page));
      await pause(SETTLING_MS);
    }
    const keys = await type(page, side);
    await page.reload();
    await isReady(page);
    const frames = await scroll(page, side);
    const seconds = (of: "seen" | "written" | "ready"): string =>
      (
        at(
          opened.map((each) => each[of] ?? 0),
          0.5,
        ) / 1000
      ).toFixed(2);
    const late = `${frames.filter((each) => each > LATE_MS).length} of ${frames.length}`;
    return `| ${side.name}, ${rate} × | ${seconds("seen")} | ${seconds("written")} | ${seconds("ready")} | ${told(keys)} | ${told(frames)} | ${late} |`;
  } finally {
    await context.close();
  }
};

/** One table: all edits in one prose, and all over three hundred items; beside them theirs, which has one text and no items, where it is installed. */
export const longTable = async (): Promise<string> => {
  const browser = await launchChromium();
  const page = theirsInstalled() ? await buildTheirs() : undefined;
  const rows: string[] = [];
  try {
    for (const contender of contenders("stock clients,flush 30").present) {
      const mine = contender.name.startsWith("Minutier");
      if (!mine && (page === undefined || !WITHIN.includes("prose"))) continue;
      const environment = { ...contender.environment, ...(mine || page === undefined ? {} : { PAGE: page }) };
      const server = new Running({ ...contender, environment });
      try {
        await server.start();
        const places = (["prose", "items"] as const).filter((each) => mine && WITHIN.includes(each));
        const sides = mine ? places.map((within) => () => ours(server, EDITS, within)) : [() => theirs(server, EDITS)];
        for (const prepare of sides) {
          const side = await prepare();
          for (const rate of SLOWER) rows.push(await visit(browser, side, rate));
        }
      } finally {
        await server.remove();
      }
    }
  } finally {
    await browser.close();
    if (page) rmSync(page, { recursive: true, force: true });
  }
  const head =
    "| | seen, s | written in, s | saved, s | key: median / p95 / slowest, ms | frames while scrolling, ms | late |";
  return [head, "|---|---|---|---|---|---|---|", ...rows].join("\n");
};
