/** How long a letter takes from the key to another page, by the clocks of the pages; each letter is used once. */
import type { Page } from "@playwright/test";

/** Letters that nobody else types here, from the `first`-th on. */
export const rareLetters = (first: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => String.fromCodePoint(0x4e00 + first + i));

type Moments = [letter: string, at: number][];

const momentsOf = (page: Page): Promise<Moments> =>
  page.evaluate(() => (globalThis as unknown as { moments: Moments }).moments);

/** From now on the page notes when each letter is typed in it. */
export const noteTyping = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const moments: Moments = [];
    Object.assign(globalThis, { moments });
    // Not by the clock on the wall, which may be wrong here on purpose.
    const now = (): number => performance.timeOrigin + performance.now();
    document.addEventListener("beforeinput", ({ data }) => moments.push([data ?? "", now()]), true);
  });

/** From now on the page notes when each rare letter first stands in an element that `selector` finds. */
export const noteShowing = (page: Page, selector: string): Promise<void> =>
  page.evaluate((wanted) => {
    const moments: Moments = [];
    Object.assign(globalThis, { moments });
    const known = new Set<string>();
    new MutationObserver(() => {
      const at = performance.timeOrigin + performance.now();
      for (const letter of document.querySelector(wanted)?.textContent ?? "") {
        if (letter >= "\u4e00" && !known.has(letter)) moments.push([letter, at]);
        known.add(letter);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, selector);

/** Milliseconds each letter that was typed on `typists` took until `watcher` showed it, quickest first. */
export const lags = async (typists: readonly Page[], watcher: Page): Promise<number[]> => {
  const typed = new Map((await Promise.all(typists.map(momentsOf))).flat());
  return (await momentsOf(watcher))
    .flatMap(([letter, at]) => (typed.has(letter) ? [at - typed.get(letter)!] : []))
    .toSorted((a, b) => a - b);
};

/** "median 70 ms, p95 90 ms" */
export const lagWords = (sorted: readonly number[]): string => {
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(0);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
};
