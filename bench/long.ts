/** The largest minutes, on a phone: how soon they open, how soon a key shows in them, how they scroll. */
import type { Browser, Page } from "@playwright/test";
import { launchChromium } from "../tests/support/chromium.ts";
import { markSays, newDesk, sitDown } from "../tests/support/desk.ts";
import { fillLargest, type Largest } from "../tests/support/largest.ts";
import { startWorkshop } from "../tests/support/server.ts";
import { contenders, Running } from "./contender.ts";
import { pause } from "./crowd.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 2);
export const EDITS = Number(process.env["BENCH_EDITS"] ?? 200_000);
const ITEMS = 300;
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
/** Where that stands, and what it is called. */
const SECTIONS = {
  prose: { id: "discussion", heading: "Éléments principaux" },
  items: { id: "pistes", heading: "Pistes" },
} as const;

/** What a page notes of itself: milliseconds since it was asked for, between frames, from keys to their frames. */
interface Noted {
  seen?: number;
  /** A text can be touched to write in it. */
  written?: number;
  ready?: number;
  frames: number[];
  keys: number[];
}

const noteAll = (): void => {
  const noted: Noted = { frames: [], keys: [] };
  Object.assign(globalThis, { noted });
  let last = 0;
  const look = (time: number): void => {
    noted.frames.push(time - last);
    last = time;
    if (!noted.ready) {
      // A task behind this one: what this frame draws has been drawn.
      if (!noted.seen && document.querySelector("[data-section]")) setTimeout(() => (noted.seen ??= performance.now()));
      if (!noted.written && document.querySelector('.rich-text__still[role="textbox"]'))
        noted.written = performance.now();
      const ready = document.querySelector("[data-sheet]") && document.querySelector('[data-saved="saved"]');
      if (ready) setTimeout(() => (noted.ready ??= performance.now()));
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

/** Resolves when the device has put together what it keeps, as it does when nobody has written for some seconds. */
const isKept = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    async () => {
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve) => request.addEventListener("success", () => resolve(request.result)));
      for (const { name = "" } of await indexedDB.databases()) {
        if (!name.startsWith("minutier:")) continue;
        const db = await done(indexedDB.open(name));
        const kept = await done(db.transaction("custom").objectStore("custom").get("which"));
        db.close();
        if (kept !== undefined) return true;
      }
      return false;
    },
    undefined,
    { polling: 500 },
  );

/** Goes to the section that holds nearly all, as one does on a phone. */
const goThere = async (page: Page, within: Largest["within"]): Promise<void> => {
  await page.locator(".outline__link", { hasText: SECTIONS[within].heading }).first().tap();
  await pause(SETTLING_MS);
};

const type = async (page: Page, within: Largest["within"]): Promise<number[]> => {
  await goThere(page, within);
  await page
    .locator(`#section-${SECTIONS[within].id} .rich-text__still`)
    .first()
    .tap({ position: { x: 40, y: 12 } });
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
const scroll = async (page: Page, within: Largest["within"]): Promise<number[]> => {
  await goThere(page, within);
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

const visit = async (browser: Browser, address: string, within: Largest["within"], rate: number): Promise<string> => {
  const context = await newDesk(browser, { width: 390, height: 844, phone: true });
  try {
    await context.addInitScript(noteAll);
    const page = await sitDown(context, address, "Nadia");
    page.setDefaultTimeout(PATIENCE_MS);
    await markSays(page, "saved");
    await isKept(page);
    const inspector = await context.newCDPSession(page);
    await inspector.send("Emulation.setCPUThrottlingRate", { rate });
    const opened: Noted[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await page.reload({ waitUntil: "commit" });
      await page.waitForFunction(() => (globalThis as unknown as { noted: Noted }).noted.ready !== undefined);
      opened.push(await notedOn(page));
      await pause(SETTLING_MS);
    }
    const keys = await type(page, within);
    await page.reload();
    await markSays(page, "saved");
    const frames = await scroll(page, within);
    const seconds = (of: "seen" | "written" | "ready"): string =>
      (
        at(
          opened.map((each) => each[of] ?? 0),
          0.5,
        ) / 1000
      ).toFixed(2);
    const late = `${frames.filter((each) => each > LATE_MS).length} of ${frames.length}`;
    return `| ${within}, ${rate} × | ${seconds("seen")} | ${seconds("written")} | ${seconds("ready")} | ${told(keys)} | ${told(frames)} | ${late} |`;
  } finally {
    await context.close();
  }
};

/** One table, of our page alone: all edits in one prose, and all over three hundred items. */
export const longTable = async (): Promise<string> => {
  const [contender] = contenders("stock clients").present;
  if (!contender) throw new Error("Our own server is always there.");
  const server = new Running(contender);
  const browser = await launchChromium();
  try {
    await server.start();
    const { host } = new URL(server.address(""));
    const rows: string[] = [];
    for (const within of (["prose", "items"] as const).filter((each) => WITHIN.includes(each))) {
      const workshop = await startWorkshop(`http://${host}`, "forum-ouvert");
      await fillLargest(server.address(""), workshop, { edits: EDITS, items: ITEMS, within });
      const { pathname, hash } = new URL(workshop.addresses.write);
      for (const rate of SLOWER) rows.push(await visit(browser, `http://${host}${pathname}${hash}`, within, rate));
    }
    const head =
      "| | seen, s | written in, s | saved, s | key: median / p95 / slowest, ms | frames while scrolling, ms | late |";
    return [head, "|---|---|---|---|---|---|---|", ...rows].join("\n");
  } finally {
    await browser.close();
    await server.remove();
  }
};
