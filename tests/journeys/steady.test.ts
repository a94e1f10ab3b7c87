/** Five others write above and inside the paragraph in which somebody types, or which somebody reads: nothing moves there. */
import type { Page } from "@playwright/test";
import { afterAll, expect, vi } from "vitest";
import type * as Y from "yjs";
import { readLines } from "../../document/text/read.ts";
import { writeProse } from "../../document/text/write.ts";
import { plainText } from "../../minutes/plain.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays, minutesOf } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const LINES = 60;
const MINE = "Ma ligne";
const ROUNDING = 2;
const SIGHTS = [
  ["desktop", { width: 1280, height: 800 }],
  ["phone", { width: 390, height: 844, phone: true }],
] as const;

const figures: string[] = [];
afterAll(() => void process.stdout.write(`W03 five writers: ${figures.join(", ")}\n`));

const lineOf = (n: number): string => (n === 40 ? MINE : `Ligne ${n} de la discussion, assez longue pour une phrase.`);

/** Where these words stand in a text, breaks counted. */
const indexOf = (text: Y.Text, words: string): number => {
  let index = 0;
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    const here = typeof insert === "string" ? insert.indexOf(words) : -1;
    if (here >= 0) return index + here;
    index += typeof insert === "string" ? insert.length : 1;
  }
  throw new Error(`“${words}” is not there.`);
};

/** A workshop whose discussion is long, and five programs that write in it at a word. */
const crowd = async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const others = [0, 1, 2, 3, 4].map(() => new LiveClient({ url: server.live }, workshop.id, workshop.links.write));
  const texts = others.map(({ doc }) => doc.getText("prose:discussion"));
  const [first] = others as [LiveClient];
  await first.saved();
  first.doc.transact(() =>
    writeProse(
      texts[0]!,
      Array.from({ length: LINES }, (_, n) => ({ kind: "paragraph", spans: [{ text: lineOf(n) }] })),
    ),
  );
  await Promise.all(others.map((other, who) => other.when(() => readLines(texts[who]!).length >= LINES)));
  let burst = 0;
  /** Each adds a line far above, a word to a line above, and a sign to the end of my own line; gives what the page shows then. */
  const write = async (): Promise<string> => {
    burst += 1;
    for (const [who, text] of texts.entries()) {
      text.insert(indexOf(text, lineOf(3 + who)), `Ajout ${burst}.${who}\n`);
      text.insert(indexOf(text, lineOf(20 + who)), "mot ");
      text.insert(indexOf(text, MINE) + MINE.length, "!");
    }
    await Promise.all(others.map((other) => other.saved()));
    return `Ajout ${burst}.4`;
  };
  return { workshop, write, leave: () => others.forEach((other) => other.destroy()) };
};

/** Resolves once the page shows everything of a burst, drawn. */
const shows = async (page: Page, burst: string): Promise<void> => {
  await page.waitForFunction(
    (words) => document.querySelector('[id="section-discussion"]')?.textContent.includes(words),
    burst,
  );
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
};

/** Where my line stands on the screen, what is selected there, and what has the focus. */
const stance = (page: Page): Promise<{ top: number; selected: string; before: string; focused: string }> =>
  page.evaluate((mine) => {
    const lines = [...document.querySelectorAll('[id="section-discussion"] p')];
    const selection = getSelection();
    const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
    return {
      top: Math.round(lines.find((each) => each.textContent.includes(mine))?.getBoundingClientRect().top ?? Number.NaN),
      selected: String(selection),
      before: range ? (range.startContainer.textContent ?? "").slice(0, range.startOffset) : "",
      focused: document.activeElement?.getAttribute("aria-label") ?? "",
    };
  }, MINE);

/** By how many pixels my line has left its place, once the page is at rest; browsers round each step of their own. */
const shift = async (page: Page, before: { top: number }): Promise<number> => {
  const now = async (): Promise<number> => Math.abs((await stance(page)).top - before.top);
  await expect.poll(now).toBeLessThanOrEqual(ROUNDING);
  return now();
};

const open = async (workshop: Started, sight: (typeof SIGHTS)[number][1]): Promise<Page> => {
  const { page } = await stage.seat(workshop.addresses.write, "Nadia", sight);
  await markSays(page, "saved");
  if ("phone" in sight) await page.locator(".outline__link", { hasText: "Éléments principaux" }).tap();
  const line = page.locator('[id="section-discussion"] p', { hasText: MINE });
  await line.waitFor();
  await line.evaluate((each) => each.scrollIntoView({ block: "center" }));
  return page;
};

test.each(SIGHTS)("W03 E10 %s: whoever reads keeps the place and what is selected", async (name, sight) => {
  const { workshop, write, leave } = await crowd();
  const page = await open(workshop, sight);
  await page.evaluate((mine) => {
    const line = [...document.querySelectorAll('[id="section-discussion"] p')].find((each) =>
      each.textContent.includes(mine),
    );
    const walker = document.createTreeWalker(line ?? document.body, NodeFilter.SHOW_TEXT);
    const words = walker.nextNode();
    if (words) getSelection()?.setBaseAndExtent(words, 3, words, 8);
  }, MINE);
  const before = await stance(page);
  expect(before.selected).toBe("ligne");
  for (let round = 0; round < 3; round += 1) await shows(page, await write());
  const after = await stance(page);
  figures.push(`${name} reading ${await shift(page, before)} px`);
  expect({ ...after, top: 0 }).toEqual({ ...before, top: 0 });
  leave();
});

test.each(SIGHTS)(
  "W03 E10 %s: whoever types keeps caret, focus and place, and each word stays whole",
  async (name, sight) => {
    const { workshop, write, leave } = await crowd();
    const page = await open(workshop, sight);
    await page.locator('[id="section-discussion"] p', { hasText: MINE }).click({ position: { x: 2, y: 8 } });
    await page.locator(".ProseMirror-focused").waitFor();
    await page.keyboard.press("Home");
    await page.waitForTimeout(250);
    await page.keyboard.press("Home");
    await page.keyboard.type("Sans ");
    const before = await stance(page);
    expect(before.before).toBe("Sans ");
    for (const word of ["être ", "jamais ", "dérangée : "]) {
      const written = write();
      await page.keyboard.type(word, { delay: 15 });
      await shows(page, await written);
    }
    const typed = await stance(page);
    await shift(page, before);
    expect({ ...typed, top: 0 }).toEqual({ ...before, top: 0, before: "Sans être jamais dérangée : " });
    // Selected, while nobody types.
    await page.keyboard.press("Shift+End");
    const chosen = await stance(page);
    await shows(page, await write());
    const after = await stance(page);
    figures.push(`${name} typing ${await shift(page, before)} px`);
    expect([after.focused, after.before]).toEqual([chosen.focused, chosen.before]);
    // What is added at its end may be in it or not; a narrow page has the end of a line sooner.
    expect(chosen.selected).not.toBe("");
    expect(after.selected.startsWith(chosen.selected)).toBe(true);
    await markSays(page, "saved");
    const section = (await minutesOf(server, workshop)).sections.find(({ id }) => id === "discussion");
    const kept = section?.kind === "prose" ? plainText(section.body) : "";
    expect(kept.split("Sans être jamais dérangée : Ma ligne!!!!!")).toHaveLength(2);
    leave();
  },
);
