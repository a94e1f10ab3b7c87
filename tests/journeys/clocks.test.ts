/** C10: devices whose clocks are wrong by an hour or by ten years, or jump at every look: the same words in the same order. */
import { expect, vi } from "vitest";
import { capture, markSays, minutesOf, showsItems } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

const HOUR = 3_600_000;
const YEARS = 10 * 365 * 24 * HOUR;
/** By how much, and by how much more at every look at most. */
const CLOCKS = [
  [YEARS, 0],
  [-YEARS, 0],
  [HOUR, 0],
  [-HOUR, 2 * HOUR],
] as const;

test("C10 clocks ahead, behind and stepping: captured in the order of the room, saved, and dated by the server", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const began = Date.now();
  const pages = await Promise.all(
    CLOCKS.map(async ([offset, step], n) => {
      const context = await stage.desk();
      await context.addInitScript(
        ({ by, most }) => {
          const Right = Date;
          let looks = 0;
          const wrong = (): number => Right.now() + by + (most === 0 ? 0 : ((looks += 1) * 7_919_000) % most);
          const Wrong = class extends Right {
            constructor(...given: []) {
              if (given.length === 0) super(wrong());
              else super(...given);
            }
            static override now(): number {
              return wrong();
            }
          };
          Object.assign(globalThis, { Date: Wrong });
        },
        { by: offset, most: step },
      );
      const page = await context.newPage();
      await page.goto(workshop.addresses.write);
      await page.getByLabel("Prénom", { exact: true }).fill(`Personne ${n}`);
      await page.getByRole("button", { name: "Entrer et écrire" }).click();
      await page.locator("[data-sheet]").waitFor();
      await markSays(page, "saved");
      return page;
    }),
  );
  const wrong = await Promise.all(pages.map((page) => page.evaluate(() => Date.now())));
  expect(Math.abs(wrong[0]! - Date.now())).toBeGreaterThan(YEARS - HOUR);
  const texts: string[] = [];
  for (const round of [1, 2]) {
    for (const [n, page] of pages.entries()) {
      const text = `tour ${round}, horloge ${n}`;
      texts.push(text);
      await capture(page, text);
      await markSays(page, "saved");
      // One after the other, as everybody in the room sees them come.
      await showsItems(pages[(n + 1) % pages.length]!, texts);
    }
  }
  await Promise.all(pages.map((page) => showsItems(page, texts)));
  const { sections } = await minutesOf(server, workshop);
  const items = sections.flatMap((section) => (section.kind === "items" ? section.items : []));
  expect(items.toSorted((a, b) => a.number - b.number).map(({ text }) => text)).toEqual(texts);
  // A clock that jumps by hours between two looks is only as right as its last look at the server's.
  for (const { at, text } of items) {
    const off = Math.max(began - Date.parse(at ?? ""), Date.parse(at ?? "") - Date.now());
    expect({ text, wrong: off > (text.endsWith("3") ? 3 * HOUR : 60_000) }).toEqual({ text, wrong: false });
  }
  process.stdout.write(`C10 clocks ${CLOCKS.length}, out of order 0\n`);
});
