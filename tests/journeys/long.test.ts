/** K21 a long list: only what is near the screen is laid out, and nobody notices: reading, jumping, tabbing, finding, printing. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { addItem } from "../../document/edit/items.ts";
import { itemTextOf } from "../../document/layout.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays, type Sight } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const ITEMS = 150;
const ROUNDING = 2;
const SECTION = "propositions";

/** Some take one line, some take five. */
const wordsOf = (n: number): string =>
  `Proposition ${n} : ${"que chacun écrive et relise ".repeat(1 + ((n * 7) % 11))}`;

const long = async (sight: Sight = {}) => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const other = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await other.saved();
  const ids = other.doc.transact(() =>
    Array.from({ length: ITEMS }, (_, n) =>
      addItem(other.doc, SECTION, { text: wordsOf(n + 1), at: new Date(Date.UTC(2026, 0, 1, 9, 0, n)).toISOString() }),
    ),
  );
  await other.saved();
  const { page } = await stage.seat(workshop.addresses.write, "Nadia", sight);
  await markSays(page, "saved");
  const last = page.locator(".item").nth(ITEMS - 1);
  if (!sight.phone) await last.waitFor({ state: "attached" });
  return { other, ids, page };
};

/** How many rows are laid out with what is in them. */
const laidOut = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll(".item__text")].filter((each) =>
        each.checkVisibility({ contentVisibilityAuto: true }),
      ).length,
  );

const topOf = (page: Page, id: string): Promise<number> =>
  page.evaluate((row) => document.getElementById(`item-${row}`)?.getBoundingClientRect().top ?? Number.NaN, id);

test("K21 far rows wait to be laid out; they are found, tabbed to, and gone to all the same", async () => {
  const { ids, page, other } = await long();
  await expect.poll(() => laidOut(page)).toBeLessThan(ITEMS / 2);
  // What stands behind all of them is gone to, and stays where it was gone to.
  const last = page.locator(".outline__link").last();
  await last.click();
  const heading = page.locator(".section__heading").last();
  await expect
    .poll(async () =>
      heading.evaluate(
        (each) => each.getBoundingClientRect().top > 0 && each.getBoundingClientRect().bottom < innerHeight,
      ),
    )
    .toBe(true);
  // And back, past rows that were never laid out: the heading of the list ends up where one looks for it.
  await page.locator(".outline__link", { hasText: "Propositions" }).first().click();
  const first = page.locator(`#section-${SECTION} .section__heading`);
  await expect
    .poll(() =>
      first.evaluate((each) => {
        const { top } = each.getBoundingClientRect();
        return top > 0 && top < 200;
      }),
    )
    .toBe(true);
  // The browser finds words that were never laid out, and shows them; whoever searches has pressed keys, which ends what takes the page to a section.
  await page.keyboard.press("Control");
  const middle = ids[Math.floor(ITEMS / 2)] ?? "";
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  const found = await page.evaluate(
    (words) => (globalThis as unknown as { find: (words: string) => boolean }).find(words),
    `Proposition ${Math.floor(ITEMS / 2) + 1} `,
  );
  expect(found).toBe(true);
  await expect.poll(async () => Math.abs(await topOf(page, middle))).toBeLessThan(900);
  // The keyboard goes from row to row, shown or not.
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.locator(`[id="item-${middle}"] button`).last().focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const held = page.locator(`[id="item-${middle}"] ~ li:focus-within`);
  await held.waitFor();
  await expect.poll(() => held.evaluate((row) => row.checkVisibility({ contentVisibilityAuto: true }))).toBe(true);
  other.destroy();
});

test("K21 on paper stands every row", async () => {
  const { page, other } = await long();
  await page.emulateMedia({ media: "print" });
  await expect.poll(() => laidOut(page)).toBe(ITEMS);
  const paper = (await page.pdf({ format: "A4" })).toString("latin1");
  // So many rows of such lines take many sheets.
  expect([...paper.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length).toBeGreaterThan(ITEMS / 25);
  other.destroy();
});

test("L11 a phone draws a long list when somebody goes there, or prints, and keeps it", async () => {
  const phone = { width: 390, height: 844, phone: true };
  const { page, other } = await long(phone);
  const rows = page.locator(".item");
  expect(await rows.count()).toBe(0);
  await page.locator(".outline__link", { hasText: "Propositions" }).first().tap();
  await rows.nth(ITEMS - 1).waitFor({ state: "attached" });
  await expect.poll(() => laidOut(page)).toBeLessThan(ITEMS / 2);
  await page.locator(".outline__link").first().tap();
  await page.locator(`#section-${SECTION}`).waitFor({ state: "hidden" });
  expect(await rows.count()).toBe(ITEMS);
  await page.reload();
  await markSays(page, "saved");
  await page.locator("[data-sheet]").waitFor();
  expect(await rows.count()).toBe(0);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await rows.nth(ITEMS - 1).waitFor({ state: "attached" });
  other.destroy();
});

test("W03 K21 whoever reads far down keeps the place while others write in rows that are not laid out", async () => {
  const { ids, page, other } = await long();
  const middle = ids[100] ?? "";
  await page.evaluate((row) => document.getElementById(`item-${row}`)?.scrollIntoView({ block: "center" }), middle);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const before = await topOf(page, middle);
  for (const n of [0, 20, 40, 60]) {
    itemTextOf(other.doc, SECTION, ids[n] ?? "")?.insert(0, `Ajout ${"écrit par quelqu’un d’autre ".repeat(8)}`);
  }
  other.doc.transact(() => addItem(other.doc, SECTION, { text: "Une de plus", at: new Date().toISOString() }));
  await other.saved();
  await page.locator(".item").nth(ITEMS).waitFor({ state: "attached" });
  await expect.poll(async () => page.locator(`[id="item-${ids[60] ?? ""}"]`).textContent()).toContain("Ajout");
  await expect.poll(async () => Math.abs((await topOf(page, middle)) - before)).toBeLessThanOrEqual(ROUNDING);
  other.destroy();
});
