/** C47 whoever types sees each letter before what the others have written meanwhile, and nobody waits for long. */
import { expect, vi } from "vitest";
import * as Y from "yjs";
import { proseOf } from "../../document/layout.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const KEYS = 12;
/** Twice the patience: what has waited so long comes whatever happens. */
const AT_LAST_MS = 500;

interface Seen {
  /** Whether what came from the others stood on the page before the frame of the key, and how long after the key it did. */
  early: boolean;
  after: number;
}

test("C47 what others write is drawn when the key is on the screen, and all of it is there in the end", async () => {
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
  // At the end of the line of the others: breaks are not counted there.
  await page.exposeFunction("pressed", () => text.insert(text.toJSON().indexOf("Ma ligne"), "y"));
  const seen: Seen[] = [];
  for (let key = 1; key <= KEYS; key += 1) {
    const line = box.locator(".block").first();
    const next = line.evaluate(
      (block) =>
        new Promise<Seen>((resolve) => {
          let [pressed, drawn] = [Infinity, false];
          const hear = ({ timeStamp }: Event): void => {
            pressed = timeStamp;
            requestAnimationFrame(() => (drawn = true));
            (globalThis as unknown as { pressed: () => void }).pressed();
            // So long that what the others write is here before the frame can begin.
            const begun = performance.now();
            while (performance.now() - begun < 100) continue;
          };
          addEventListener("keydown", hear, { capture: true, once: true });
          const watch = new MutationObserver(() => {
            if (pressed === Infinity) return;
            watch.disconnect();
            resolve({ early: !drawn, after: performance.now() - pressed });
          });
          watch.observe(block, { subtree: true, childList: true, characterData: true });
          Object.assign(globalThis, { ready: true });
        }),
    );
    await page.waitForFunction(() => (globalThis as unknown as { ready?: boolean }).ready);
    await page.keyboard.press("x");
    seen.push(await next);
    await page.evaluate(() => Object.assign(globalThis, { ready: false }));
  }
  expect(seen.filter(({ early, after }) => early && after < AT_LAST_MS)).toEqual([]);
  await page.waitForFunction(
    ([yes, xes]) => {
      const words = document.querySelector("#section-discussion [contenteditable]")?.textContent ?? "";
      return words.includes(yes) && words.includes(xes);
    },
    ["y".repeat(KEYS), `Ma ligne${"x".repeat(KEYS)}`] as const,
  );
  await markSays(page, "saved");
  await vi.waitFor(() => expect(text.toJSON()).toContain(`Ma ligne${"x".repeat(KEYS)}`));
  other.destroy();
});
