/** C47 what others write while somebody types comes together, a few times a second, and none of it is lost; what is saved is said at once. */
import { expect, vi } from "vitest";
import * as Y from "yjs";
import { proseOf } from "../../document/layout.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays, minutesOf } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const LETTERS = 12;
const PACE_MS = 60;
/** Who pressed a key less than this ago is typing; a quarter of it is what the others wait. */
const TYPING_MS = 1000;
/** A clock is stopped at a moment that is still to come, however long that takes a busy machine. */
const AHEAD_MS = 30_000;
/** Three frames: the letter is sent, and drawn. */
const FRAMES_MS = 50;

test("C47 while somebody types, what others write is taken in together, a few times a second, and all of it is there in the end", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const other = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await other.saved();
  const text = proseOf(other.doc, "discussion");
  text.insert(0, "La ligne des autres : ");
  text.insertEmbed(text.length, new Y.Map([["kind", "paragraph"]]));
  text.insert(text.length, "Ma ligne");
  await other.saved();
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const box = page.locator("#section-discussion");
  await box.getByText("Ma ligne").click();
  await box.locator("[contenteditable=true]:focus").waitFor();
  await page.keyboard.press("End");
  await box
    .locator(".block")
    .first()
    .evaluate((block) => {
      const come: number[] = [];
      Object.assign(globalThis, { come });
      let pressed = Infinity;
      addEventListener("keydown", ({ timeStamp }) => (pressed = timeStamp), { capture: true });
      const watch = new MutationObserver(() => come.push(performance.now() - pressed));
      watch.observe(block, { subtree: true, childList: true, characterData: true });
    });
  await page.keyboard.press("x");
  for (let letter = 0; letter < LETTERS; letter += 1) {
    // At the end of the line of the others: breaks are not counted there.
    text.insert(text.toJSON().indexOf("Ma ligne"), "y");
    await new Promise((next) => setTimeout(next, PACE_MS));
  }
  await page.waitForFunction(
    ([theirs, mine]) => {
      const words = document.querySelector("#section-discussion [contenteditable]")?.textContent ?? "";
      return words.includes(theirs) && words.includes(mine);
    },
    ["y".repeat(LETTERS), "Ma lignex"] as const,
  );
  const come = await page.evaluate(() => (globalThis as unknown as { come: number[] }).come);
  const meanwhile = come.filter((each) => each > 0 && each < TYPING_MS);
  expect(meanwhile.length).toBeLessThanOrEqual(LETTERS / 2);
  await markSays(page, "saved");
  await expect.poll(() => text.toJSON()).toContain("Ma lignex");
  other.destroy();
});

test("C47 S09 while somebody types, the mark says saved between two letters: it waits for no further key, and for no timer", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page } = await stage.seat(workshop.addresses.write, "Brice");
  await markSays(page, "saved");
  const box = page.locator("#section-discussion");
  await box.getByRole("textbox").first().click();
  await box.locator("[contenteditable=true]:focus").waitFor();
  // From here on no time passes on this page but what it is given: three frames a key, a letter's way to the server and back takes none.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + AHEAD_MS);
  await markSays(page, "saved");
  for (const letter of "mot") {
    await page.keyboard.press(letter);
    await page.clock.runFor(FRAMES_MS);
    await markSays(page, "saved");
  }
  expect(JSON.stringify(await minutesOf(server, workshop))).toContain("mot");
});
