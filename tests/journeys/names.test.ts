/** Names read from the right, an interface in another language than the minutes, and what is over the page: nobody's line is turned, every word says its language, nothing hides the focus. */
import type { Page } from "@playwright/test";
import { expect, vi } from "vitest";
import { capture, markSays } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { hiddenFocus } from "../support/looking.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// A browser and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

/** From left to right, where these words stand on the first line of `selector` that holds all of them. */
const inOrder = (page: Page, selector: string, words: readonly string[]): Promise<string[]> =>
  page.evaluate(
    ([all, wanted]) => {
      const line = [...document.querySelectorAll<HTMLElement>(all)].find((each) =>
        wanted.every((word) => each.textContent.includes(word)),
      );
      if (!line) return [];
      const nodes: Text[] = [];
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode as Text);
      const placed = wanted.map((word) => {
        const node = nodes.find(({ data }) => data.includes(word));
        const range = document.createRange();
        if (node) {
          range.setStart(node, node.data.indexOf(word));
          range.setEnd(node, node.data.indexOf(word) + word.length);
        }
        return { word, left: range.getBoundingClientRect().left };
      });
      return placed.toSorted((a, b) => a.left - b.left).map(({ word }) => word);
    },
    [selector, words] as const,
  );

test("W01 M36 C40 names read from the right leave their neighbours in place, and the words of the minutes say their language", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { page: first } = await stage.seat(workshop.addresses.write, "نادية");
  await capture(first, "Une proposition de la salle");
  await first.locator(".item__text", { hasText: "Une proposition" }).waitFor();
  // 12 digits of a bidi override would turn the rest of the line; the server leaves such marks out.
  const { page: other } = await stage.seat(workshop.addresses.write, "Brice\u202E");
  await other.locator(".item__meta", { hasText: "نادية" }).waitFor();
  await capture(other, "Une autre");
  await markSays(other, "saved");

  await expect.poll(() => inOrder(other, ".people-here li", ["Brice", "(vous)"])).toEqual(["Brice", "(vous)"]);
  await expect.poll(() => inOrder(other, ".item__meta", ["نادية", " · "])).toEqual(["نادية", " · "]);
  expect(await first.locator(".item__meta", { hasText: "Brice" }).textContent()).not.toMatch(/[\u202A-\u202E]/u);

  const english = await stage.desk({ locale: "en-GB", width: 320, height: 640, phone: true });
  const page = await english.newPage();
  await page.goto(workshop.addresses.manage);
  await page.getByLabel("First name", { exact: true }).fill("Nadia");
  await page.getByRole("button", { name: "Enter and write" }).click();
  await page.locator("[data-sheet]").waitFor();
  const spoken = () =>
    page.evaluate(() => {
      const said = (element: Element | null): string => element?.closest("[lang]")?.getAttribute("lang") ?? "";
      const french = [
        ...document.querySelectorAll(".section__heading, .item__text p, .outline__words, .fields .shared"),
      ];
      return {
        page: document.documentElement.lang,
        interface: [...document.querySelectorAll(".bar button, .capture button")]
          .map(said)
          .filter((each) => each !== "en"),
        minutes: french.map((each) => (said(each) === "fr" ? "" : each.className)).filter(Boolean),
        looked: french.length > 3,
      };
    });
  await expect.poll(spoken).toEqual({ page: "en", interface: [], minutes: [], looked: true });

  // One section after the other, as a phone shows them: under the bar, the tabs and above the capture line.
  for (const tab of await page.locator(".outline__link").all()) {
    await tab.click();
    await page.locator(".section__heading:focus").waitFor();
    expect(await hiddenFocus(page)).toEqual([]);
  }
  // A computer of 1,280 by 1,024 px, enlarged four times.
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await hiddenFocus(page)).toEqual([]);
});
