/** E13: one long text in the editor: what is far away is not laid out, and nobody who writes, jumps, selects or copies notices. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { proseOf } from "../../document/layout.ts";
import { readText } from "../../document/text/read.ts";
import { writeProse } from "../../document/text/write.ts";
import { Writer } from "../../document/text/writer.ts";
import { plainText } from "../../minutes/plain.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays, minutesOf } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

const LINES = 600;
const ROUNDING = 2;
/** What is above it is behind the bar. */
const BAR = 56;
/** Some take one line, some take four. */
const wordsOf = (n: number): string => `Ligne ${n} : ${"que chacun écrive et relise ".repeat(1 + ((n * 7) % 8))}`;

/** How many lines of the editor are laid out. */
const laidOut = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll(".prose--editing .block")].filter((each) =>
        each.checkVisibility({ contentVisibilityAuto: true }),
      ).length,
  );

const topOf = (page: Page, words: string): Promise<number> =>
  page.evaluate((beginning) => {
    const lines = [...document.querySelectorAll(".prose--editing .block")];
    return lines.find((each) => each.textContent.startsWith(beginning))?.getBoundingClientRect().top ?? Number.NaN;
  }, words);

/** How many lines are compared with what is drawn, and read again, while something happens. */
const looked = async (page: Page, happens: () => Promise<unknown>): Promise<{ compared: number; read: number }> => {
  await page.evaluate(() => {
    // What ProseMirror knows of a line it has drawn hangs on its element.
    const line = document.querySelector(".prose--editing .block") as unknown as { pmViewDesc: object };
    const known = Object.getPrototypeOf(line.pmViewDesc) as Record<string, (...args: unknown[]) => unknown>;
    const counted = (name: string): (() => number) => {
      const asked = known[name]!;
      let count = 0;
      known[name] = function ask(...args) {
        count += 1;
        return asked.apply(this, args);
      };
      return () => ((known[name] = asked), count);
    };
    const [compared, read] = [counted("matchesNode"), counted("parseRule")];
    Object.assign(globalThis, { looked: () => ({ compared: compared(), read: read() }) });
  });
  await happens();
  return page.evaluate(() => (globalThis as unknown as { looked: () => { compared: number; read: number } }).looked());
};

/** How often ProseMirror measures what scrolls around the line while something happens. */
const measured = async (page: Page, happens: () => Promise<unknown>): Promise<number> => {
  await page.evaluate(() => {
    const known = Element.prototype as unknown as { getBoundingClientRect: (this: Element) => DOMRect };
    const { getBoundingClientRect } = known;
    let count = 0;
    known.getBoundingClientRect = function measure() {
      if (this === document.querySelector(".prose--editing")?.closest(".section")) count += 1;
      return getBoundingClientRect.call(this);
    };
    Object.assign(globalThis, { measured: () => ((known.getBoundingClientRect = getBoundingClientRect), count) });
  });
  await happens();
  return page.evaluate(() => (globalThis as unknown as { measured: () => number }).measured());
};

/** Whether the lines around the caret are laid out wherever they stand. */
const aroundCaret = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const chunk = getSelection()?.focusNode?.parentElement?.closest(".chunk");
    return chunk ? getComputedStyle(chunk).contentVisibility : undefined;
  });

test("E13 E14 E15 W03 a long text is written in at both ends and in between, copied whole, and stays where it is read", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const other = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await other.saved();
  const text = proseOf(other.doc, "discussion");
  other.doc.transact(() =>
    writeProse(
      text,
      Array.from({ length: LINES }, (_, n) => ({
        kind: n % 7 > 0 && n % 7 < 3 ? "number" : "paragraph",
        spans: [{ text: wordsOf(n + 1) }],
      })),
    ),
  );
  await other.saved();
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const tapped = page.locator("#section-discussion .prose p", { hasText: /^Ligne 300 / });
  await tapped.scrollIntoViewIfNeeded();
  await tapped.click({ position: { x: 8, y: 8 } });
  await page.locator("[contenteditable=true]:focus").waitFor();
  // The very line that was touched, although hundreds above it are not laid out any more.
  await expect.poll(() => laidOut(page)).toBeLessThan(LINES / 2);
  await page.keyboard.press("Home");
  await page.keyboard.type("ICI ");
  const here = await topOf(page, "ICI Ligne 300");
  expect(here).toBeGreaterThan(0);
  expect(here).toBeLessThan(900);

  // Whoever writes above moves nothing.
  other.doc.transact((transaction) => {
    const writer = new Writer(transaction, text);
    for (let n = 0; n < 5; n += 1) {
      writer.insertText(0, `au-dessus ${n}`, {});
      writer.insertBreak(12);
    }
  });
  await other.saved();
  await page.waitForFunction(() => document.querySelector(".prose--editing")?.textContent.includes("au-dessus 4"));
  // Each of these keys is drawn by its own line alone, and read with the next one.
  const { compared, read } = await looked(page, () => page.keyboard.type("et "));
  expect(compared).toBeLessThan(50);
  expect(read).toBeLessThan(10);
  await expect.poll(async () => Math.abs((await topOf(page, "ICI et Ligne 300")) - here)).toBeLessThanOrEqual(ROUNDING);

  // Whoever has scrolled away is back where the letters go: the browser sees to it, and nothing else is measured for it.
  await page.mouse.wheel(0, 1500);
  await expect.poll(() => topOf(page, "ICI et Ligne 300")).toBeLessThan(0);
  expect(await measured(page, () => page.keyboard.type("là "))).toBe(0);
  await expect.poll(() => topOf(page, "ICI et là Ligne 300")).toBeGreaterThan(BAR);
  expect(await topOf(page, "ICI et là Ligne 300")).toBeLessThan(900);

  // Undoing leads back there from far away: the lines around it are laid out at once, and the letters that follow stand there.
  for (const key of ["Home", "z"]) await page.keyboard.press(`ControlOrMeta+${key}`);
  expect(await aroundCaret(page)).toBe("visible");
  await page.keyboard.type("oui ");

  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" FIN");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("DÉBUT ");
  await page.keyboard.press("ControlOrMeta+a");
  const copied = await page.evaluate(() => {
    const data = new DataTransfer();
    const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return { text: data.getData("text/plain").split("\n").length, chunks: data.getData("text/html").includes("chunk") };
  });
  await markSays(page, "saved");
  const wordsThere = (): string =>
    readText(text)
      .map((each) => plainText([each]))
      .join(" ");
  await expect.poll(wordsThere, { timeout: 30_000 }).toMatch(/^DÉBUT .* FIN\s*$/);
  const written = readText(text);
  expect(copied).toEqual({ text: written.length, chunks: false });
  const prose = (await minutesOf(server, workshop)).sections.find(({ id }) => id === "discussion");
  expect(prose?.kind === "prose" && prose.body).toEqual(written);
  const lines = written.map((each) => plainText([each]));
  expect(lines.length).toBeGreaterThanOrEqual(LINES + 5);
  expect(lines[0]).toMatch(/^DÉBUT au-dessus 4/);
  expect(lines[304]).toMatch(/^(ICI )?(et )?oui Ligne 300 /);
  other.destroy();
});
