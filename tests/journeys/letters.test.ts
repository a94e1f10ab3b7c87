/** C27 the page's own letters come behind what is read and written with, and move nothing when they come. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const stage = setStage();
const { server } = stage;

const SENTENCE = "Ce qui a été dit dans la salle se perd quand personne ne l’écrit au moment où on le dit.";
/** One of these stands on nearly every device. */
const KNOWN = ["Georgia", "Noto Serif", "Times New Roman", "Liberation Serif"];
/** Letters stand on whole pixels. */
const ROUNDING = 1;
const CUTS = ["serif 400", "serif 700", "sans 400", "sans 700"];

/** How wide a sentence is in each cut, how high its line is, and how high above its foot the letters stand. */
const measure = (page: Page, letters: "later" | "own"): Promise<number[][]> =>
  page.evaluate(
    async ([wanted, sentence, cuts]) => {
      if (wanted === "own") delete document.body.dataset["letters"];
      else document.body.dataset["letters"] = "later";
      const lines = cuts.map((cut) => {
        const [family = "", weight = ""] = cut.split(" ");
        const line = document.createElement("p");
        line.style.cssText = `font-family: var(--${family}); font-weight: ${weight}; font-size: 20px; width: max-content`;
        const foot = document.createElement("span");
        foot.style.cssText = "display: inline-block; width: 1px; height: 1px";
        line.append(sentence, foot);
        document.body.append(line);
        return { line, foot };
      });
      const cutOf = (line: Element): string => {
        const { fontWeight, fontSize, fontFamily } = getComputedStyle(line);
        return `${fontWeight} ${fontSize} ${fontFamily}`;
      };
      // A device has some of the letters that are looked for, never all.
      await Promise.allSettled(lines.map(({ line }) => document.fonts.load(cutOf(line))));
      await document.fonts.ready;
      const sizes = lines.map(({ line, foot }) => {
        const { width, height, bottom } = line.getBoundingClientRect();
        return [width, height, bottom - foot.getBoundingClientRect().bottom];
      });
      for (const { line } of lines) line.remove();
      return sizes;
    },
    [letters, SENTENCE, CUTS] as const,
  );

test("C27 W03 lines keep their width, height and foot when the page's own letters take the place of the system's", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  const isKnown = await page.evaluate(
    (names) => new FontFace("known", names.map((name) => `local("${name}")`).join()).load().then(Boolean, () => false),
    KNOWN,
  );
  if (!isKnown) return void process.stdout.write("C27 none of the letters that are known stands on this machine\n");
  const [before, after] = [await measure(page, "later"), await measure(page, "own")];
  for (const [at, [width = 0, height = 0, foot = 0]] of after.entries()) {
    const [widthBefore = 0, heightBefore = 0, footBefore = 0] = before[at] ?? [];
    process.stdout.write(`C27 ${CUTS[at]}: ${(widthBefore / width).toFixed(3)} of the width\n`);
    expect(widthBefore / width).toBeGreaterThan(0.97);
    expect(widthBefore / width).toBeLessThan(1.03);
    expect(Math.abs(heightBefore - height)).toBeLessThanOrEqual(ROUNDING);
    expect(Math.abs(footBefore - foot)).toBeLessThanOrEqual(ROUNDING);
  }
});
