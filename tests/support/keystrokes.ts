/** How long a keystroke takes, measured inside the browsers: until another one shows it, and until its own says saved. */
import type { Page } from "@playwright/test";

interface Seen {
  /** When each character was typed here. */
  typed: Record<string, number>;
  /** When each character was first shown here. */
  shown: Record<string, number>;
  /** Every change of the saved mark. */
  marks: [at: number, mark: string][];
}

/** Starts to watch a page. The clocks of the pages of one machine agree. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: Seen = { typed: {}, shown: {}, marks: [] };
    Object.assign(globalThis, { seen });
    const now = (): number => performance.timeOrigin + performance.now();
    document.addEventListener(
      "beforeinput",
      ({ data }) => {
        if (data) seen.typed[data] ??= now();
      },
      true,
    );
    const look = (text: string, at: number): void => {
      // Only what this run types: each of its characters is used once.
      for (const character of text.match(/[\u3400-\u9fff]/gu) ?? []) seen.shown[character] ??= at;
    };
    new MutationObserver((changes) => {
      const at = now();
      for (const { type, target, addedNodes } of changes) {
        if (type === "characterData") look(target.textContent ?? "", at);
        else for (const node of addedNodes) look(node.textContent ?? "", at);
      }
    }).observe(document.querySelector("[data-sheet]")!, { subtree: true, childList: true, characterData: true });
    const mark = document.querySelector("[data-saved]")!;
    new MutationObserver(() => {
      seen.marks.push([now(), mark.getAttribute("data-saved") ?? ""]);
    }).observe(mark, { attributes: true, attributeFilter: ["data-saved"] });
  });

const p95 = (figures: readonly number[]): number =>
  figures.toSorted((a, b) => a - b)[Math.floor(figures.length * 0.95)] ?? Number.NaN;

/**
 * When the mark first said so of a key. One that was typed while the mark said something else already is saved when it
 * says saved next; otherwise the mark has to say something else first.
 */
const savedAfter = (marks: Seen["marks"], at: number): number | undefined => {
  const next = marks.findIndex(([when]) => when >= at);
  if (next === -1) return undefined;
  const isWaiting = next > 0 && marks[next - 1]?.[1] !== "saved";
  const from = isWaiting ? next : marks.findIndex(([, mark], index) => index >= next && mark !== "saved");
  return from === -1 ? undefined : marks.slice(from).find(([, mark]) => mark === "saved")?.[0];
};

export interface Figures {
  keys: number;
  /** 95th percentiles in milliseconds: until another browser showed it; until the writer's own said saved. */
  seen: number;
  saved: number;
}

/** Several people at their pages, each with characters that nobody else types. */
export class Typists {
  readonly #pages: readonly Page[];
  /** Everything typed so far. */
  typed = "";
  #next = 0x3400;

  private constructor(pages: readonly Page[]) {
    this.#pages = pages;
  }

  /** `pages`: each with the caret where it shall write. */
  static async at(pages: readonly Page[]): Promise<Typists> {
    for (const page of pages) await watch(page);
    return new Typists(pages);
  }

  /** Everybody types for so long, at the rhythm of hands; gives the figures of this time alone. */
  async type(milliseconds: number): Promise<Figures> {
    const end = Date.now() + milliseconds;
    const keys: [Page, string][] = [];
    const hands = this.#pages.map(async (page) => {
      for (let count = 0; Date.now() < end; count += 1) {
        const character = String.fromCodePoint((this.#next += 1));
        this.typed += character;
        keys.push([page, character]);
        await page.keyboard.insertText(character);
        if (count % 30 === 29) await page.keyboard.press("Enter");
        await new Promise((next) => setTimeout(next, 120));
      }
    });
    await Promise.all(hands);
    await this.#arrived(keys);
    return this.#figures(keys);
  }

  /** Resolves when every page shows everything. */
  async #arrived(keys: readonly [Page, string][]): Promise<void> {
    const all = keys.map(([, character]) => character).join("");
    for (const page of this.#pages) {
      await page.waitForFunction((wanted) => {
        const { shown } = (globalThis as unknown as { seen: Seen }).seen;
        return Array.from(wanted).every((character) => character in shown);
      }, all);
      await page.locator('[data-saved="saved"]').waitFor();
    }
  }

  async #figures(keys: readonly [Page, string][]): Promise<Figures> {
    const views = new Map<Page, Seen>();
    for (const page of this.#pages) {
      views.set(page, await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen));
    }
    const seen: number[] = [];
    const saved: number[] = [];
    for (const [page, character] of keys) {
      const own = views.get(page)!;
      const at = own.typed[character]!;
      for (const [other, { shown }] of views) if (other !== page) seen.push(shown[character]! - at);
      const after = savedAfter(own.marks, at);
      if (after !== undefined) saved.push(after - at);
    }
    return { keys: keys.length, seen: p95(seen), saved: p95(saved) };
  }
}
