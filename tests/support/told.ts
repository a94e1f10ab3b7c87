/** What a page tells of a workshop, as plain data: the same for the sheet, the room's screen and the minutes on disk. */
import type { Page } from "@playwright/test";
import { lanes } from "../../client/sections/lanes.ts";
import { countPeople } from "../../minutes/people.ts";
import type { ItemsSection, Minutes } from "../../minutes/value.ts";

export interface Told {
  /** Items of every list, as they stand: "3 words", or words alone where the list has only bullets. */
  items: Record<string, string[]>;
  ranked: string[];
  /** "Nombre : n" */
  people: number;
}

const words = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();

const rows = (section: ItemsSection): string[] =>
  lanes(section).flatMap(({ items }) =>
    items
      .filter(({ text }) => text.trim() !== "")
      .map(({ number, text }) => words(section.marker === "bullet" ? text : `${number} ${text}`)),
  );

/** What the minutes on disk tell. */
export const toldByMinutes = ({ sections }: Minutes): Told => ({
  items: Object.fromEntries(
    sections.filter((section) => section.kind === "items").map((section) => [section.id, rows(section)]),
  ),
  ranked: sections.flatMap((section) =>
    section.kind === "ranking" ? section.ranked.map(({ text }) => words(text)) : [],
  ),
  people: sections.reduce((sum, section) => sum + (section.kind === "people" ? countPeople(section) : 0), 0),
});

/** What a sheet shows, sections that a phone has put away included. */
export const toldBySheet = (page: Page): Promise<Told> =>
  page.evaluate(() => {
    const said = (element: Element | null): string => (element?.textContent ?? "").replaceAll(/\s+/gu, " ").trim();
    const items = [...document.querySelectorAll(".section--items")].map((section): [string, string[]] => [
      section.id.replace("section-", ""),
      [...section.querySelectorAll(".item")].flatMap((item) => {
        const [mark, text] = [said(item.querySelector(".item__mark")), said(item.querySelector(".item__text"))];
        if (text === "") return [];
        return mark === "•" ? [text] : [`${mark} ${text}`];
      }),
    ]);
    return {
      items: Object.fromEntries(items),
      ranked: [
        ...document.querySelectorAll(".ranking__list:not(.ranking__list--below) .ranked[data-row] .item__text"),
      ].map(said),
      people: Number(said(document.querySelector(".people__count strong"))),
    };
  });

/** What the room's screen shows of a section; undefined while it shows another one. */
export const toldByWall = (page: Page, section: string): Promise<string[] | undefined> =>
  page.evaluate((id) => {
    const said = (element: Element | null): string => (element?.textContent ?? "").replaceAll(/\s+/gu, " ").trim();
    const shown = document.querySelector(`[data-shown="${id}"]`);
    if (!shown) return undefined;
    return [...shown.querySelectorAll(".wall__row")].map((row) => {
      const mark = said(row.querySelector(".wall__mark"));
      // Where it comes from stands below the words.
      const text = [...(row.querySelector(".wall__words")?.children ?? [])]
        .filter((each) => !each.matches(".wall__origin"))
        .map(said)
        .join(" ");
      return /^\d+$/u.test(mark) ? `${mark} ${text}` : text;
    });
  }, section);

/** How many are in the room, as a page says it. */
export const headCount = (page: Page): Promise<number> =>
  page
    .locator(".discs__count, .wall__people")
    .first()
    .evaluate((element) => Number(/\d+/u.exec(element.textContent ?? "")?.[0]));

/** Seconds left by the clock on a page. */
export const secondsLeft = (page: Page): Promise<number> =>
  page
    .locator(".clock__left")
    .first()
    .evaluate((clock) => Number(clock.getAttribute("data-left")));

/** Phase under way, as the page names it: "2/4 problems", whatever language the page says its own words in. */
export const phaseNamed = async (page: Page): Promise<string> =>
  words((await page.locator(".clock__phase").first().textContent()) ?? "")
    .toLowerCase()
    .replace(/^\S+ (\d+) \S+ (\d+) · /u, "$1/$2 ");
