/** The whole journey by keyboard alone: home, start, join, title, discussion, items, groups, moving, ranking, structure. */
import type { Page } from "@playwright/test";
import { expect } from "vitest";
import type { Minutes } from "../../minutes/value.ts";
import { test } from "../support/in-browser.ts";
import { markSays } from "../support/desk.ts";
import { setStage } from "../support/stage.ts";

const stage = setStage();
const { server } = stage;

/** More stops than any page has: beyond this the focus goes round in a trap. */
const MOST_STOPS = 150;

interface Stop {
  name: string;
  /** The focus can be seen: it is marked, and nothing lies over it. */
  seen: boolean;
}

/** What has the focus, by the name a screen reader says. */
const stop = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement)) return { name: "", seen: false };
    const labels =
      active instanceof HTMLInputElement || active instanceof HTMLSelectElement ? active.labels : undefined;
    const label = active.getAttribute("aria-label") ?? labels?.[0]?.querySelector("span")?.textContent;
    const { left, right, top, bottom } = active.getBoundingClientRect();
    const over = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    const marked = active.matches(":focus-visible");
    return {
      name: (label ?? active.textContent).replaceAll("\u00A0", " ").trim(),
      seen: marked && over !== null && (active.contains(over) || over.contains(active)),
    };
  });

const tabTo = async (page: Page, name: RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> => {
  for (let step = 0; step < MOST_STOPS; step += 1) {
    const { name: here, seen } = await stop(page);
    if (name.test(here)) {
      expect([here, seen]).toEqual([here, true]);
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`no way by ${key} to ${String(name)}`);
};

const minutesAt = async (address: string): Promise<Minutes> => {
  const { origin, pathname, hash } = new URL(address);
  const answer = await fetch(`${origin}/api/workshops/${pathname.split("/")[2]}`, {
    headers: { authorization: `Bearer ${hash.slice(1)}` },
  });
  return (await answer.json()) as Minutes;
};

test("W01 home, start, join, write, add, group, move, rank: by keyboard alone", async () => {
  const context = await stage.desk({ width: 1440, height: 900 });
  const page = await context.newPage();
  const { keyboard } = page;
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  const sections = async (): Promise<Minutes["sections"]> => {
    await markSays(page, "saved");
    return (await minutesAt(page.url())).sections;
  };

  await page.goto(server.url);
  await page.getByRole("button", { name: "Commencer avec Forum ouvert" }).waitFor();
  await tabTo(page, /^Commencer avec Forum ouvert$/u);
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await keyboard.press("Enter");
  await page.waitForURL(/\/w\/[^#]+#.+/u);

  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await keyboard.type("Nadia");
  await keyboard.press("Enter");
  await page.locator("[data-sheet]").waitFor();
  await markSays(page, "saved");

  await tabTo(page, /^Titre/u);
  await keyboard.type("Comment inclure de nouveaux publics ?");
  await keyboard.press("Escape");
  await tabTo(page, /^Éléments principaux de la discussion/u);
  await tabTo(page, /^Problématique$/u, "Shift+Tab");
  await tabTo(page, /^Éléments principaux de la discussion$/u);
  await keyboard.type("- Penser le modèle financier");
  await keyboard.press("Enter");
  await keyboard.type("Peu d’études d’impact");
  await keyboard.press("Escape");

  await tabTo(page, /^Ajouter à « Pistes/u);
  for (const text of ["Utiliser l’existant", "Faire venir les citoyens", "Donner des sujets de fond"]) {
    await keyboard.type(text);
    await keyboard.press("Enter");
  }
  await page.locator(".item").nth(2).waitFor();
  await tabTo(page, /^Ajouter un groupe$/u, "Shift+Tab");
  await keyboard.press("Enter");
  await tabTo(page, /^Titre du groupe A$/u);
  await keyboard.type("Mise en œuvre");
  await keyboard.press("Escape");

  await tabTo(page, /^Déplacer, retirer : Donner/u, "Shift+Tab");
  await keyboard.press("Alt+ArrowUp");
  await page.locator(".item", { hasText: "Donner" }).and(page.locator(":nth-child(2)")).waitFor();
  await expect.poll(async () => (await stop(page)).name).toMatch(/Donner/u);
  await tabTo(page, /^Déplacer, retirer : Utiliser/u, "Shift+Tab");
  await keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await tabToEntry(page, /Mettre dans A/u);
  await keyboard.press("Enter");
  await page.locator(".items__group .item", { hasText: "Utiliser" }).waitFor();
  await expect.poll(async () => (await stop(page)).name).toMatch(/Utiliser/u);
  const pistes = (await sections()).find(({ id }) => id === "pistes");
  const groups = pistes?.kind === "items" ? pistes.groups : [];
  expect(groups).toMatchObject([{ letter: "A", text: "Mise en œuvre" }]);
  expect(pistes).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ text: "Utiliser l’existant", group: groups[0]?.id })]),
  });

  // A ranking is not part of this template: it is added, and filled.
  await tabTo(page, /^Autres actions$/u, "Shift+Tab");
  await keyboard.press("Enter");
  await tabToEntry(page, /^Modifier la structure$/u);
  await keyboard.press("Enter");
  await page.locator(".structure").first().waitFor();
  await tabTo(page, /^Points les plus importants/u);
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.matches(".structure__heading"));
  await keyboard.type("Trois points");
  await keyboard.press("Alt+ArrowUp");
  await tabTo(page, /^Autres actions$/u, "Shift+Tab");
  await keyboard.press("Enter");
  await tabToEntry(page, /^Quitter la structure$/u);
  await keyboard.press("Enter");
  await page.locator(".ranking").waitFor();
  for (const letter of ["1", "2"]) {
    await tabTo(page, /^Choisir un point pour « Trois points »$/u);
    await keyboard.type(letter);
    await page
      .locator(".ranked:not(.ranked--empty)")
      .nth(Number(letter) - 1)
      .waitFor();
  }
  await tabTo(page, /^Déplacer, retirer : Faire venir/u);
  await keyboard.press("Alt+ArrowUp");
  await expect
    .poll(async () => (await sections()).find(({ heading }) => heading === "Trois points"))
    .toMatchObject({ ranked: [{ text: "Faire venir les citoyens" }, { text: "Utiliser l’existant" }] });

  const written = await minutesAt(page.url());
  expect(written.title).toBe("Comment inclure de nouveaux publics ?");
  expect(written.sections.find(({ id }) => id === "discussion")).toMatchObject({
    body: [
      { kind: "bullet", spans: [{ text: "Penser le modèle financier" }] },
      { kind: "bullet", spans: [{ text: "Peu d’études d’impact" }] },
    ],
  });
  expect(written.sections.at(-1)?.kind).toBe("notice");
  expect(faults).toEqual([]);
  await context.close();
}, 180_000);

/** The entry of the open menu, by its arrow keys. */
async function tabToEntry(page: Page, name: RegExp): Promise<void> {
  await page.locator("[role=menuitem]:focus").waitFor();
  for (let step = 0; step < 30; step += 1) {
    if (name.test((await stop(page)).name)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`no entry ${String(name)}`);
}
