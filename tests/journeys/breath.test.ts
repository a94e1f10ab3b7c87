/** C49 a page that only watches spends a part of its time on what others write, however fast they are and however slow it is. */
import { expect, vi } from "vitest";
import { proseOf } from "../../document/layout.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const LETTERS = 150;
const PACE_MS = 15;
/** As a weak phone beside the machine that runs this. */
const SLOWER = 6;
/** Of its time; without a rest such a page has none left. */
const MOST = 0.7;

test("C49 what others write takes a part of a slow page’s time, and all of it is there in the end", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const other = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await other.saved();
  const text = proseOf(other.doc, "discussion");
  text.insert(0, "Dit : ");
  await other.saved();
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const words = page.locator("#section-discussion").getByText("Dit : ");
  await words.scrollIntoViewIfNeeded();
  const inspector = await page.context().newCDPSession(page);
  await inspector.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await inspector.send("Performance.enable");
  /** Seconds so far, and how many of them the page was busy. */
  const spent = async (): Promise<[all: number, busy: number]> => {
    const { metrics } = await inspector.send("Performance.getMetrics");
    const of = (name: string): number => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    return [of("Timestamp"), of("TaskDuration")];
  };
  const before = await spent();
  for (let letter = 0; letter < LETTERS; letter += 1) {
    text.insert(text.length, "y");
    await new Promise((next) => setTimeout(next, PACE_MS));
  }
  const after = await spent();
  const share = (after[1] - before[1]) / (after[0] - before[0]);
  await page
    .locator("#section-discussion")
    .getByText(`Dit : ${"y".repeat(LETTERS)}`)
    .waitFor();
  other.destroy();
  expect(share).toBeLessThan(MOST);
});
