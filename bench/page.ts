/** From scanning the code to writing, on a slow phone: our page beside one made of the usual parts, in one run. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Browser, Page } from "@playwright/test";
import { build } from "vite";
import * as Y from "yjs";
import { proseOf } from "../document/layout.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import { LiveClient } from "../tests/support/clients.ts";
import { newDesk } from "../tests/support/desk.ts";
import { startWorkshop } from "../tests/support/server.ts";
import { contenders, Running, type Contender } from "./contender.ts";
import { slowDown } from "./phone.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3);
const PATIENCE_MS = 60_000;

const QUESTION = "Comment rendre les comptes rendus d’ateliers utiles à celles et ceux qui n’y étaient pas ?";
/** What is the same however its punctuation is set: minutes that are read have a narrow blank before it. */
const ASKED = "Comment rendre les comptes rendus";
const SKIP = "Entrer sans donner de nom";
const ANSWER = "Écrire ensemble, tout de suite. ";
const LINE = "Ce qui a été dit dans la salle se perd quand personne ne l’écrit au moment où on le dit, ";
/** What stands in both. */
export const LINES = Array.from({ length: 60 }, (_, n) => `${LINE}et la suite s’écrit ailleurs. (${n})`);

interface Visit {
  /** Milliseconds from scanning the code until something of the workshop shows, until its minutes do, until one writes. */
  greeted: number;
  seen: number;
  writing: number;
  /** Bytes of script on the network until the minutes were seen, and until one wrote. */
  first: number;
  all: number;
}

/** Something that shows on a page: an element with a text in it. */
type Sight = readonly [selector: string, text: string];

interface Side {
  name: string;
  address: string;
  /** What shows when one is greeted, when the minutes are there, when a word is. */
  sights: (word: string) => Record<"greeted" | "seen" | "writing", Sight>;
  /** Does what a person does, who writes `word`. */
  visit: (page: Page, word: string) => Promise<void>;
}

/** When each sight was first on the screen, by the clock of this machine: told by the page itself, at the end of the frame. */
const watchFor = async (page: Page, sights: Record<string, Sight>): Promise<void> => {
  await page.addInitScript((wanted) => {
    const left = new Map(Object.entries(wanted));
    const shown: Record<string, number> = {};
    Object.assign(globalThis, { shown });
    const look = (): void => {
      const here = [...left].filter(([, [selector, text]]) =>
        [...document.querySelectorAll(selector)].some(
          (each) =>
            each.textContent.includes(text) &&
            each.getClientRects()[0] &&
            each.getBoundingClientRect().top < innerHeight,
        ),
      );
      for (const [name] of here) left.delete(name);
      // A task behind this one: what this frame draws has been drawn.
      setTimeout(() => here.forEach(([name]) => (shown[name] = performance.timeOrigin + performance.now())));
      if (left.size > 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, sights);
};

/** What has shown until now. */
const shownOn = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => (globalThis as unknown as { shown: Record<string, number> }).shown);

/** Touches the last of what `selector` names, with `text` in it, as soon as it shows and a finger would hit it: nobody tries again after a pause. */
const touch = async (page: Page, selector: string, text = ""): Promise<void> => {
  const spot = await page.waitForFunction(
    ([wanted, words]) => {
      // Before anything is on the screen a browser lets no finger through.
      if (performance.getEntriesByName("first-contentful-paint").length === 0) return false;
      const element = [...document.querySelectorAll(wanted)].findLast((each) => each.textContent.includes(words));
      if (!element) return false;
      // A finger would bring it there.
      element.scrollIntoView({ block: "nearest", behavior: "instant" });
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      return element.contains(document.elementFromPoint(x, y)) && { x, y };
    },
    [selector, text] as const,
    { polling: "raf" },
  );
  const at = await spot.jsonValue();
  if (at) await page.touchscreen.tap(at.x, at.y);
};

/** Waits for an element with `text` in it, by what `touch` has brought onto the page: another means would first be read by the phone. */
const holds = async (page: Page, selector: string, text = ""): Promise<void> => {
  await page.waitForFunction(
    ([wanted, words]) => document.querySelector(wanted)?.textContent.includes(words),
    [selector, text] as const,
    { polling: "raf" },
  );
};

/** Bytes of script as they come; gives how many had come `until` then. */
const countScripts = async (page: Page): Promise<(until?: number) => number> => {
  const inspector = await slowDown(page);
  const scripts = new Set<string>();
  const came: { at: number; bytes: number }[] = [];
  inspector.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  inspector.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const at = performance.timeOrigin + performance.now();
    if (scripts.has(requestId)) came.push({ at, bytes: encodedDataLength });
  });
  return (until = Infinity) => came.reduce((sum, { at, bytes }) => sum + (at <= until ? bytes : 0), 0);
};

const visit = async (browser: Browser, side: Side, word: string): Promise<Visit> => {
  const context = await newDesk(browser, { width: 390, height: 844, phone: true });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const bytes = await countScripts(page);
    await watchFor(page, side.sights(word));
    const begun = performance.timeOrigin + performance.now();
    const went = page.goto(side.address, { waitUntil: "commit" });
    await side.visit(page, word);
    await went;
    const { greeted = NaN, seen = NaN, writing = NaN } = await shownOn(page);
    return { greeted: greeted - begun, seen: seen - begun, writing: writing - begun, first: bytes(seen), all: bytes() };
  } finally {
    await context.close();
  }
};

/** Somebody new: the door asks for a name, which one may leave for later. */
const ours = async (server: Running): Promise<Side> => {
  const { host } = new URL(server.address(""));
  const workshop = await startWorkshop(`http://${host}`, "forum-ouvert");
  const client = new LiveClient({ url: `ws://${host}/live` }, workshop.id, workshop.links.write);
  await client.saved();
  const subject = proseOf(client.doc, "sujet");
  subject.insert(0, QUESTION + ANSWER);
  subject.insertEmbed(QUESTION.length, new Y.Map([["kind", "paragraph"]]));
  const discussion = proseOf(client.doc, "discussion");
  for (const line of LINES.toReversed()) {
    discussion.insertEmbed(0, new Y.Map([["kind", "paragraph"]]));
    discussion.insert(0, line);
  }
  await client.saved();
  client.destroy();
  return {
    name: "Minutier",
    address: `http://${host}/j/${workshop.code}`,
    sights: (word) => ({
      greeted: ["main.joining button", SKIP],
      seen: ["main.sheet p, #minutes p", ASKED],
      writing: ["#section-sujet [contenteditable=true]", word],
    }),
    async visit(page, word) {
      await touch(page, "main.joining button", SKIP);
      await touch(page, "#section-sujet [role=textbox] p");
      await holds(page, "#section-sujet [contenteditable=true]:focus");
      await page.keyboard.type(word);
      await holds(page, "#section-sujet [contenteditable=true]", word);
    },
  };
};

/** Whether their page can be built here. */
export const theirsInstalled = (): boolean => existsSync(new URL("peers/node_modules/@tiptap/core", import.meta.url));

/** Puts `lines` into theirs, by its own page. */
export const fillTheirs = async (browser: Browser, address: string, lines: readonly string[]): Promise<void> => {
  const page = await browser.newPage();
  await page.goto(address);
  await page.evaluate(
    (all) => (globalThis as unknown as { fill: (lines: readonly string[]) => Promise<void> }).fill(all),
    lines,
  );
  // Their provider may not have begun to send it when it says that nothing waits.
  const next = await browser.newPage();
  await next.goto(address);
  await next
    .locator("#editor")
    .getByText(lines.at(-1) ?? "")
    .waitFor();
  await Promise.all([page.close(), next.close()]);
};

/** Somebody whose page asks for no name. */
const theirs = async (server: Running, browser: Browser): Promise<Side> => {
  const address = `http://${new URL(server.address("")).host}/`;
  await fillTheirs(browser, address, [QUESTION, ANSWER, ...LINES]);
  return {
    name: "Tiptap, Collaboration, Hocuspocus",
    address,
    sights: (word) => ({
      greeted: ["#editor", ASKED],
      seen: ["#editor", ASKED],
      writing: ["#editor", word],
    }),
    async visit(page, word) {
      // The answer, in which those before have written.
      await touch(page, "#editor p:nth-child(2)");
      await holds(page, "#editor [contenteditable=true]:focus");
      await page.keyboard.type(word);
      await holds(page, "#editor", word);
    },
  };
};

/** Builds their page as ours is built, into a directory of its own. */
export const buildTheirs = async (): Promise<string> => {
  const outDir = mkdtempSync(join(tmpdir(), "minutier-page-"));
  const root = new URL("peers/page", import.meta.url).pathname;
  await build({ root, configFile: false, logLevel: "error", build: { outDir, emptyOutDir: true, target: "es2022" } });
  for (const file of globSync(`${outDir}/**/*.{js,html}`))
    writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  return outDir;
};

const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const range = (values: readonly number[], unit: number): string => {
  const [median, low, high] = [middle(values), Math.min(...values), Math.max(...values)].map((each) =>
    (each / unit).toFixed(unit === 1000 ? 2 : 0),
  );
  return low === high ? `${median}` : `${median} (${low}–${high})`;
};

/** One table: seconds and kilobytes, ours beside theirs where theirs are installed. */
export const pageTable = async (): Promise<string> => {
  const browser = await launchChromium();
  const page = theirsInstalled() ? await buildTheirs() : undefined;
  const wanted: [Contender, (server: Running, browser: Browser) => Promise<Side>][] = [];
  for (const contender of contenders("stock clients,flush 30").present) {
    if (contender.name.startsWith("Minutier")) wanted.push([contender, ours]);
    else if (page) wanted.push([{ ...contender, environment: { ...contender.environment, PAGE: page } }, theirs]);
  }
  const rows: string[] = [];
  for (const [contender, prepare] of wanted) {
    const server = new Running(contender);
    try {
      await server.start();
      const side = await prepare(server, browser);
      const visits: Visit[] = [];
      for (let round = 0; round < ROUNDS; round += 1) visits.push(await visit(browser, side, `x${round}`));
      const cell = (of: keyof Visit, unit: number): string =>
        range(
          visits.map((each) => each[of]),
          unit,
        );
      const kb = [cell("first", 1000), cell("all", 1000)];
      rows.push(
        `| ${[side.name, cell("greeted", 1000), cell("seen", 1000), cell("writing", 1000), ...kb].join(" | ")} |`,
      );
    } finally {
      await server.remove();
    }
  }
  await browser.close();
  if (page) rmSync(page, { recursive: true, force: true });
  const head = "| | greeted, s | minutes seen, s | writing, s | kB of script until seen | kB until writing |";
  const note = page ? "" : "\n\nNot installed: the page of the others (see bench/README.md).";
  return [head, "|---|---|---|---|---|---|", ...rows].join("\n") + note;
};
