/** People at their desks: real pages in a real workshop, and what one does there. */
import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Minutes } from "../../minutes/value.ts";
import type { Started, TestServer } from "./server.ts";

export interface Sight {
  width?: number;
  height?: number;
  phone?: boolean;
  /** Pixels of the screen for each of the page: what enlarging it leaves. */
  scale?: number;
  /** Whether its pages run scripts. */
  scripts?: boolean;
  locale?: string;
  /** Milliseconds by which its clock is wrong. */
  clock?: number;
}

/** A browser of its own, French unless told, of the given size. */
export const newDesk = async (
  browser: Browser,
  { width = 1440, height = 900, phone = false, scale = 1, scripts = true, locale = "fr-FR", clock = 0 }: Sight = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext({
    locale,
    viewport: { width, height },
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: scale,
    javaScriptEnabled: scripts,
  });
  if (clock !== 0) {
    await context.addInitScript((by: number) => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + by;
    }, clock);
  }
  return context;
};

/** Opens an address and goes through the joining screen. */
export const sitDown = async (context: BrowserContext, address: string, name: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByLabel("Prénom", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Entrer et écrire" }).click();
  await page.locator("[data-sheet]").waitFor();
  return page;
};

type Mark = "saved" | "saving" | "offline" | "read-only";

/** Resolves once the saved mark says so. */
export const markSays = (page: Page, mark: Mark): Promise<void> => page.locator(`[data-saved="${mark}"]`).waitFor();

/** Adds an item by its capture line, as somebody types. */
export const capture = async (page: Page, text: string): Promise<void> => {
  const line = page.locator(".capture__text").first();
  await line.fill(text);
  await line.press("Enter");
};

/** Resolves once the page shows exactly these items, in any order. */
export const showsItems = async (page: Page, texts: readonly string[]): Promise<void> => {
  await page.waitForFunction((wanted) => {
    // Not `innerText`: what is far from the screen is not laid out, and has none.
    const shown = [...document.querySelectorAll(".item__text")].map((each) => each.textContent.trim());
    return JSON.stringify(shown.toSorted()) === wanted;
  }, JSON.stringify(texts.toSorted()));
};

/** The minutes as the server has them on disk. */
export const minutesOf = async (server: TestServer, { id, links }: Started): Promise<Minutes> => {
  const answer = await fetch(`${server.url}/api/workshops/${id}`, {
    headers: { authorization: `Bearer ${links.read}` },
  });
  return (await answer.json()) as Minutes;
};

/** The texts of all items the server has, sorted. */
export const itemsKept = async (server: TestServer, workshop: Started): Promise<string[]> =>
  (await minutesOf(server, workshop)).sections
    .flatMap((section) => (section.kind === "items" ? section.items.map((item) => item.text) : []))
    .toSorted();
