/** L11 three hundred pages: opened and written in on a slow phone, with how long it takes. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { fillLargest } from "../support/largest.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

const EDITS = Number(process.env["EDITS"] ?? 1500);
const ITEMS = Number(process.env["ITEMS"] ?? 30);
/** So much slower than this machine. */
const SLOWER = 4;
const KEYS = 40;

vi.setConfig({ testTimeout: 120_000 + EDITS * 3 });

const stage = setStage();
const { server } = stage;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** From a key to the frame that shows it, in milliseconds, for each of so many keys. */
const typing = async (page: Page): Promise<number[]> => {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { times });
    addEventListener(
      "keydown",
      ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - timeStamp))),
      true,
    );
  });
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("x");
    await page.waitForFunction(
      (wanted) => (globalThis as unknown as { times: number[] }).times.length === wanted,
      key + 1,
    );
  }
  return page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
};

test("L11 opens and is written in on a phone four times slower than this machine", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  await fillLargest(server.live, workshop, { edits: EDITS, items: ITEMS, within: "prose" });
  const { page } = await stage.seat(workshop.addresses.write, "Nadia", { width: 390, height: 844, phone: true });
  await markSays(page, "saved");
  const inspector = await page.context().newCDPSession(page);
  await inspector.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const begun = performance.now();
  await page.reload();
  await page.locator("[data-sheet] .prose, [data-sheet] p").first().waitFor();
  const seen = performance.now() - begun;
  await markSays(page, "saved");
  const ready = performance.now() - begun;
  await page.locator(".outline__link").nth(3).click();
  await page.getByRole("textbox", { name: "Éléments principaux de la discussion" }).click();
  await page.locator("[contenteditable=true]").waitFor();
  const times = await typing(page);
  expect(times.length).toBe(KEYS);
  await markSays(page, "saved");
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(KEYS * 0.95)] ?? 0;
  const rounded = [seen, ready, median(times), p95].map((time) => Math.round(time));
  process.stdout.write(
    `L11 ${EDITS} edits, ${ITEMS} items, ${SLOWER} × slower: seen after ${rounded[0]} ms, ready after ${rounded[1]} ms; a key to its frame: median ${rounded[2]} ms, p95 ${rounded[3]} ms\n`,
  );
});
