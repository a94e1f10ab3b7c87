/** S02: whatever can be selected is selected and deleted, by several at once: the sections stay, in their order, with their headings. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import type { Minutes } from "../../minutes/value.ts";
import { Random } from "../fuzz/random.ts";
import { markSays, minutesOf } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

const ROUNDS = Number(process.env["ROUNDS"] ?? 1);
/** How many people do it at once. */
const HANDS = Number(process.env["HANDS"] ?? 1);
const TEMPLATE = process.env["TEMPLATE"] ?? "propositions-en-direct";
const seed = Number(process.env["FIRST"] ?? Date.now() % 1_000_000);
vi.setConfig({ testTimeout: 90_000 + ROUNDS * 60_000 });

const stage = setStage();
const { server } = stage;

const skeleton = ({ sections }: Minutes): string[] =>
  sections.map(({ id, kind, heading }) => `${id} ${kind} ${heading}`);

/** Goes through everything that takes a key, selects all of it and deletes that, then the whole page. */
const deleteEverything = async (page: Page, random: Random): Promise<number> => {
  const places = page.locator('[role="textbox"], input[type="text"], input:not([type]), textarea');
  const count = await places.count();
  for (let n = 0; n < count; n += 1) {
    const place = places.nth(n);
    // What another deletes, or an editor that wakes, may take a place away.
    if (!(await place.isVisible().catch(() => false))) continue;
    await place.click({ timeout: 2000 }).catch(() => undefined);
    await page.keyboard.press("Control+A");
    await page.keyboard.press(random.pick(["Delete", "Backspace", "Control+X"]));
    if (random.chance(0.5)) await page.keyboard.type("encore");
  }
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    document.getSelection()?.selectAllChildren(document.body);
  });
  for (const key of ["Delete", "Backspace", "Control+X", "Enter"]) await page.keyboard.press(key);
  return count;
};

test(`S02 everything selectable deleted by ${HANDS} at once: sections lost 0 (seed ${seed})`, async () => {
  const workshop = await startWorkshop(server.url, TEMPLATE);
  const before = skeleton(await minutesOf(server, workshop));
  const pages = await Promise.all(
    Array.from({ length: HANDS }, async (_, n) => (await stage.seat(workshop.addresses.write, `Nadia ${n}`)).page),
  );
  // Places are counted when all of them are there.
  for (const page of pages) await markSays(page, "saved");
  const random = new Random(seed);
  let places = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const deleted of await Promise.all(pages.map((page) => deleteEverything(page, random)))) places += deleted;
    for (const page of pages) await markSays(page, "saved");
    const now = await minutesOf(server, workshop);
    expect({ seed, round, sections: skeleton(now) }).toEqual({ seed, round, sections: before });
  }
  process.stdout.write(
    `S02 seed ${seed}: places selected and deleted ${places}, sections lost 0 of ${before.length}\n`,
  );
  // A run that reached nothing would prove nothing.
  expect(places).toBeGreaterThan(5 * ROUNDS);
});
