/** How soon a key shows on the room's screen, while one writes and while twelve do: programs with our own line. */
import type { Page } from "@playwright/test";
import * as Y from "yjs";
import { openSession } from "../client/session/open.ts";
import type { Session } from "../client/session/session.ts";
import { proseOf } from "../document/layout.ts";
import { relativeAt } from "../document/text/relative.ts";
import { launchChromium } from "../tests/support/chromium.ts";
import { newDesk } from "../tests/support/desk.ts";
import { rareLetters } from "../tests/support/lag.ts";
import { startWorkshop, type Started } from "../tests/support/server.ts";
import { contenders, Running } from "./contender.ts";
import { at, pause } from "./crowd.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 10);
const WARM_UP = Number(process.env["BENCH_WARM_UP"] ?? 4);
/** As fast as a practised hand. */
const PACE_MS = 120;
/** So many write in the text that is shown. */
const ROOMS = [1, 12];
const PROSE = "discussion";

interface Place {
  server: Running;
  workshop: Started;
}

const enter = async ({ server, workshop }: Place): Promise<Session> => {
  const { host } = new URL(server.address(""));
  const session = await openSession({ workshop: workshop.id, secret: workshop.links.write, server: `http://${host}` });
  while (!session.ready.value) await pause(20);
  return session;
};

/** Someone in a line of their own, a rare letter at each key; notes when each was typed. */
const typing = ({ doc }: Session, letters: string[], typed: Map<string, number>): (() => void) => {
  const text = proseOf(doc, PROSE);
  text.insertEmbed(text.length, new Y.Map([["kind", "paragraph"]]));
  let behind = relativeAt(text, text.length, -1);
  return () => {
    const letter = letters.pop();
    if (letter === undefined) return;
    const place = Y.createAbsolutePositionFromRelativePosition(behind, doc)?.index ?? text.length;
    typed.set(letter, performance.timeOrigin + performance.now());
    text.insert(place, letter);
    behind = relativeAt(text, place + 1, -1);
  };
};

/** From now on the page notes at the end of which frame each rare letter is there. */
const noteFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const shown: [letter: string, at: number][] = [];
    Object.assign(globalThis, { shown });
    const known = new Set<string>();
    new MutationObserver(() => {
      const words = document.querySelector(".wall__body")?.textContent ?? "";
      const fresh = words.split("").filter((letter) => letter >= "\u4e00" && !known.has(letter));
      for (const letter of fresh) known.add(letter);
      requestAnimationFrame(() =>
        setTimeout(() => {
          const now = performance.timeOrigin + performance.now();
          for (const letter of fresh) shown.push([letter, now]);
        }),
      );
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

/** Milliseconds each key took. */
const measure = async (page: Page, place: Place, writers: number): Promise<number[]> => {
  const people = await Promise.all(Array.from({ length: writers }, () => enter(place)));
  const keys = Math.ceil(((WARM_UP + SECONDS) * 1000) / PACE_MS);
  const typed = new Map<string, number>();
  const hands = people.map((person, index) => typing(person, rareLetters(index * keys, keys), typed));
  await noteFrames(page);
  const warm = performance.timeOrigin + performance.now() + WARM_UP * 1000;
  const timers = hands.map((press, index) => {
    const first = (index / writers) * PACE_MS;
    return setTimeout(() => {
      timers[index] = setInterval(press, PACE_MS);
    }, first);
  });
  await pause((WARM_UP + SECONDS + 1) * 1000);
  for (const timer of timers) clearInterval(timer);
  for (const person of people) person.close();
  const shown = await page.evaluate(() => (globalThis as unknown as { shown: [string, number][] }).shown);
  const counted = [...typed].filter(([, when]) => when > warm);
  const seen = new Map(shown);
  return counted.map(([letter, when]) => (seen.get(letter) ?? Number.POSITIVE_INFINITY) - when);
};

/** One table, of our screen alone. */
export const wallTable = async (): Promise<string> => {
  const [contender] = contenders("Minutier, packed").present;
  if (!contender) throw new Error("Our own server is always there.");
  const rows = ["| write | keys | median ms | p95 | slowest |", "|---|---|---|---|---|"];
  const browser = await launchChromium();
  try {
    for (const room of ROOMS) {
      const server = new Running(contender);
      try {
        await server.start();
        const { host } = new URL(server.address(""));
        const workshop = await startWorkshop(`http://${host}`, "forum-ouvert");
        const page = await (await newDesk(browser, { width: 1920, height: 1080 })).newPage();
        const { pathname, hash } = new URL(workshop.addresses.write);
        await page.goto(`http://${host}${pathname}/projector${hash}`);
        await page.locator(".wall").waitFor();
        const took = await measure(page, { server, workshop }, room);
        const cells = [0.5, 0.95, 1].map((share) => at(took, share).toFixed(0));
        rows.push(`| ${room} | ${took.length} | ${cells.join(" | ")} |`);
        await page.close();
      } finally {
        await server.remove();
      }
    }
  } finally {
    await browser.close();
  }
  return rows.join("\n");
};
