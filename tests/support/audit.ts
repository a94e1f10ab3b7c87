/** What axe finds on a page, as it stands. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Violation = Awaited<ReturnType<AxeBuilder["analyze"]>>["violations"][number];

/** What a bar that keeps its place covers in part is scrolled out from under it: it is as large there as anywhere. */
const isCovered = ({ any }: Violation["nodes"][number]): boolean =>
  any.some(({ data }) => (data as { messageKey?: string } | null)?.messageKey?.startsWith("partiallyObscured"));

const uncovered = (violation: Violation): Violation =>
  violation.id === "target-size"
    ? { ...violation, nodes: violation.nodes.filter((node) => !isCovered(node)) }
    : violation;

/** The very one that the builder brings along, as small as it comes. */
const AXE = readFileSync(
  createRequire(import.meta.resolve("@axe-core/playwright")).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** A page learns it once: the builder would read half a megabyte to it twice each time, which takes longer than to look. */
const teach = async (page: Page): Promise<void> => {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
};
const TAUGHT = ";";

/** What stands behind something else may wait for as long as that is there. */
const PATIENCE_MS = 2_000;

/** Waits until nothing in sight is on its way from one colour or place to another; what goes on for ever is no such way. */
const standsStill = (page: Page): Promise<void> =>
  page.evaluate(async (patience) => {
    // What was changed just now sets out with the next frame.
    for (let frames = 0; frames < 2; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    const ways = document.getAnimations().filter(({ effect }) => {
      const target = effect instanceof KeyframeEffect ? effect.target : undefined;
      const ends = effect?.getComputedTiming().endTime !== Infinity;
      // What is not laid out stays on its way until somebody goes there.
      return ends && target?.checkVisibility({ contentVisibilityAuto: true });
    });
    const arrived = Promise.all(ways.map(({ finished }) => finished.catch(() => undefined)));
    await Promise.race([arrived, new Promise((resolve) => setTimeout(resolve, patience))]);
  }, PATIENCE_MS);

/**
 * Every rule, on the whole page or `within` a part of it. Asked in one go: without frames of others there is nothing to put
 * together, which takes a page of its own each time; and nobody reads the lists of what is well.
 */
export const violationsOn = async (page: Page, within?: string): Promise<Violation[]> => {
  await teach(page);
  await standsStill(page);
  const builder = new AxeBuilder({ page, axeSource: TAUGHT });
  if (within !== undefined) builder.include(within);
  const { violations } = await builder
    // 2.5.8: a finger finds whatever can be pressed; axe looks for it only when told.
    .options({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } })
    .setLegacyMode(true)
    .analyze();
  return violations.map(uncovered).filter(({ nodes }) => nodes.length > 0);
};
