/** How soon a key shows while twelve others write, on a slow phone: our page beside one made of the usual parts, in one run. */
import { rmSync } from "node:fs";
import { HocuspocusProvider } from "@hocuspocus/provider";
import type { Browser, BrowserContext, Locator, Page } from "@playwright/test";
import * as Y from "yjs";
import { proseOf } from "../document/layout.ts";
import { relativeAt } from "../document/text/relative.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import { LiveClient } from "../tests/support/clients.ts";
import { newDesk, sitDown } from "../tests/support/desk.ts";
import { startWorkshop } from "../tests/support/server.ts";
import { contenders, Running } from "./contender.ts";
import { buildTheirs, fillTheirs, LINES, theirsInstalled } from "./page.ts";
import { slowDown } from "./phone.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3);
const WRITERS = 12;
/** As fast as most people type on a phone. */
const PACE_MS = 180;
const WRITE_MS = 250;
const KEYS = 60;
const WARM_UP = 8;
/** The line one writes in, and what each of the others adds to its own, a letter at a time. */
const MINE = 30;
const LETTERS = "que chacun puisse écrire au même moment ";

/** One of the others: adds a letter to its line and shows its caret there. */
interface Writer {
  write: (letter: string) => void;
  leave: () => void;
}

interface Side {
  name: string;
  /** Opens the page, to where one can write; gives it, and what to touch. */
  open: (context: BrowserContext) => Promise<{ page: Page; line: Locator }>;
  /** One of the others, in a line of its own. */
  join: (line: number) => Promise<Writer>;
}

const base64 = (position: Y.RelativePosition): string =>
  Buffer.from(Y.encodeRelativePosition(position)).toString("base64url");

const ours = async (server: Running): Promise<Side> => {
  const url = server.address("");
  const { host } = new URL(url);
  const workshop = await startWorkshop(`http://${host}`, "forum-ouvert");
  const enter = async (): Promise<LiveClient> => {
    const client = new LiveClient({ url }, workshop.id, workshop.links.write);
    await client.saved();
    return client;
  };
  const first = await enter();
  first.doc.transact(() => {
    for (const line of LINES.toReversed()) {
      proseOf(first.doc, "discussion").insertEmbed(0, new Y.Map([["kind", "paragraph"]]));
      proseOf(first.doc, "discussion").insert(0, line);
    }
  });
  await first.saved();
  first.destroy();
  return {
    name: "Minutier",
    async open(context) {
      const { pathname, hash } = new URL(workshop.addresses.write);
      const page = await sitDown(context, `http://${host}${pathname}${hash}`, "Nadia");
      await page.locator(".outline__link", { hasText: "Éléments principaux" }).tap();
      return { page, line: page.locator("#section-discussion p", { hasText: `(${MINE})` }) };
    },
    async join(line) {
      const client = await enter();
      const text = proseOf(client.doc, "discussion");
      const own = LINES[line] ?? "";
      let behind = relativeAt(text, text.toJSON().indexOf(own) + line + own.length, -1);
      return {
        write(letter) {
          const at = Y.createAbsolutePositionFromRelativePosition(behind, client.doc)?.index ?? 0;
          text.insert(at, letter);
          behind = relativeAt(text, at + 1, -1);
          const caret = { place: "prose:discussion", anchor: base64(behind), head: base64(behind) };
          const who = { visitor: "", name: `Voix ${line}`, colour: line % 12, section: "discussion" };
          client.provider.awareness?.setLocalState({ ...who, caret });
        },
        leave: () => client.destroy(),
      };
    },
  };
};

const theirs = async (server: Running, browser: Browser): Promise<Side> => {
  const url = server.address("");
  const address = `http://${new URL(url).host}/`;
  await fillTheirs(browser, address, LINES);
  return {
    name: "Tiptap, Collaboration, Hocuspocus",
    async open(context) {
      const page = await context.newPage();
      await page.goto(address);
      return { page, line: page.locator("#editor p").nth(MINE) };
    },
    async join(line) {
      const document = new Y.Doc();
      const synced = Promise.withResolvers<void>();
      const provider = new HocuspocusProvider({
        url,
        name: "workshop",
        token: "token",
        document,
        onSynced: () => synced.resolve(),
      });
      await synced.promise;
      const paragraph = document.getXmlFragment("default").get(line);
      const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
      if (!(text instanceof Y.XmlText)) throw new Error(`Their page has no line ${line}.`);
      return {
        write(letter) {
          text.insert(text.length, letter);
          const caret = Y.createRelativePositionFromTypeIndex(text, text.length);
          const user = { name: `Voix ${line}`, color: "#30bced" };
          provider.awareness?.setLocalState({ user, cursor: { anchor: caret, head: caret } });
        },
        leave: () => provider.destroy(),
      };
    },
  };
};

/** From a key to the end of the frame that shows it, in milliseconds, for each key while the others write. */
const type = async (browser: Browser, side: Side): Promise<number[]> => {
  const context = await newDesk(browser, { width: 390, height: 844, phone: true });
  const writers = await Promise.all(Array.from({ length: WRITERS }, (_, n) => side.join(n * 4)));
  let round = 0;
  const rhythm = setInterval(() => {
    const letter = LETTERS[round % LETTERS.length] ?? " ";
    round += 1;
    for (const each of writers) each.write(letter);
  }, WRITE_MS);
  try {
    const { page, line } = await side.open(context);
    await slowDown(page);
    await line.tap();
    await page.locator("[contenteditable=true]:focus").waitFor({ timeout: 60_000 });
    await page.evaluate(() => {
      const taken: number[] = [];
      Object.assign(globalThis, { taken });
      const shown = ({ timeStamp }: KeyboardEvent): void => {
        requestAnimationFrame(() => setTimeout(() => taken.push(performance.now() - timeStamp)));
      };
      addEventListener("keydown", shown, { capture: true });
    });
    for (let key = 0; key < WARM_UP + KEYS; key += 1) {
      await page.keyboard.press("x");
      await new Promise((next) => setTimeout(next, PACE_MS));
    }
    await page.waitForFunction(
      (all) => (globalThis as unknown as { taken: number[] }).taken.length >= all,
      WARM_UP + KEYS,
    );
    const taken = await page.evaluate(() => (globalThis as unknown as { taken: number[] }).taken);
    return taken.slice(WARM_UP);
  } finally {
    clearInterval(rhythm);
    for (const each of writers) each.leave();
    await context.close();
  }
};

const at = (values: readonly number[], share: number): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0).toFixed(0);

/** One table: milliseconds from a key to the frame that shows it. */
export const keysTable = async (): Promise<string> => {
  const browser = await launchChromium();
  const page = theirsInstalled() ? await buildTheirs() : undefined;
  const rows: string[] = [];
  for (const contender of contenders("stock clients,flush 30").present) {
    const mine = contender.name.startsWith("Minutier");
    if (!mine && page === undefined) continue;
    const environment = { ...contender.environment, ...(mine || page === undefined ? {} : { PAGE: page }) };
    const server = new Running({ ...contender, environment });
    try {
      await server.start();
      const side = mine ? await ours(server) : await theirs(server, browser);
      const taken: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) taken.push(...(await type(browser, side)));
      rows.push(`| ${side.name} | ${at(taken, 0.5)} | ${at(taken, 0.95)} | ${at(taken, 1 - 1 / taken.length)} |`);
    } finally {
      await server.remove();
    }
  }
  await browser.close();
  if (page) rmSync(page, { recursive: true, force: true });
  return ["| | median, ms | p95, ms | slowest, ms |", "|---|---|---|---|", ...rows].join("\n");
};
