/** S09 beside real browsers: three people type in Chromium while a program with a writing link rages at the server. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { markSays, minutesOf, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { Typists, type Figures } from "../support/keystrokes.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";
import { raid } from "./raid.ts";
import { Random, seeds } from "./random.ts";

/** Ten minutes when asked for by SIEGE_SECONDS. */
const SECONDS = Number(process.env["SIEGE_SECONDS"] ?? 6);
/** Short runs have too few keystrokes for a percentile. */
const LONG = SECONDS >= 60;
const [seed = 1] = seeds(1);
vi.setConfig({ testTimeout: 90_000 + SECONDS * 3000 });

const stage = setStage();
const { server } = stage;

/** Of the 95th percentiles of all turns. */
const median = (turns: readonly Figures[], figure: "seen" | "saved"): number =>
  turns.map((turn) => turn[figure]).toSorted((a, b) => a - b)[Math.floor(turns.length / 2)] ?? Number.NaN;

/** What a page must never do, whatever others send: throw, or complain. */
const listening = (page: Page, complaints: string[]): void => {
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
};

test("S09 three browsers beside a hostile program: no word lost, no exception, the program shown out again and again", async () => {
  const workshop = await startWorkshop(server.url);
  const complaints: string[] = [];
  const pages: Page[] = [];
  for (const name of ["Céline", "Brice", "Nadia"]) {
    const page = await sitDown(await stage.desk(), workshop.addresses.write, name);
    listening(page, complaints);
    pages.push(page);
  }
  for (const page of pages) await page.locator('[data-saved="saved"]').waitFor();
  for (const page of pages) {
    await page.getByRole("textbox", { name: "Notes" }).click();
    await page.locator(".ProseMirror-focused").waitFor();
    await page.waitForTimeout(250);
    await page.keyboard.press("Control+End");
  }
  const typists = await Typists.at(pages);
  // In turns, so that whatever else this machine does meanwhile falls on both alike.
  const turns = Math.max(1, Math.round(SECONDS / 30));
  const quiet: Figures[] = [];
  const besieged: Figures[] = [];
  const deeds = { connections: 0, sent: 0, closed: {} as Record<number, number> };
  for (let turn = 0; turn < turns; turn += 1) {
    quiet.push(await typists.type((SECONDS * (LONG ? 1000 : 250)) / turns));
    let over = false;
    const raging = raid(server, workshop, new Random(seed + turn), () => over);
    besieged.push(await typists.type((SECONDS * 1000) / turns));
    over = true;
    const { connections, sent, closed } = await raging;
    deeds.connections += connections;
    deeds.sent += sent;
    for (const [code, count] of Object.entries(closed)) {
      deeds.closed[Number(code)] = (deeds.closed[Number(code)] ?? 0) + count;
    }
  }
  const slower = (figure: "seen" | "saved"): number => median(besieged, figure) / median(quiet, figure);
  process.stdout.write(
    `S09 ${SECONDS} s: p95 seen by another × ${slower("seen").toFixed(2)}, saved × ${slower("saved").toFixed(2)}\n`,
  );
  process.stdout.write(`seed ${seed}: ${JSON.stringify({ quiet, besieged, deeds })}\n`);
  const kept = JSON.stringify(await minutesOf(server, workshop));
  const times = Array.from(typists.typed, (character) => kept.split(character).length - 1);
  // The value has the text as blocks; every character stands in it once.
  expect(times.filter((count) => count !== 1)).toEqual([]);
  expect(complaints).toEqual([]);
  for (const page of pages) await markSays(page, "saved");
  expect(deeds.closed[4400]).toBeGreaterThan(0);
  if (!LONG) return;
  expect(slower("seen")).toBeLessThanOrEqual(2);
  expect(slower("saved")).toBeLessThanOrEqual(2);
});
