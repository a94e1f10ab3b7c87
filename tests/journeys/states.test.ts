/** W01 W04 every state a page can be in, on the smallest phone and on a dark computer: nothing for axe to find, nothing wider than the screen, nothing lost by spaced text, forced colours or stillness. */
import type { Page } from "@playwright/test";
import { beforeAll, describe, expect, vi } from "vitest";
import { play } from "../../demo/play.ts";
import { addTerm } from "../../document/edit/glossary.ts";
import type { Minutes } from "../../minutes/value.ts";
import { violationsOn } from "../support/audit.ts";
import { LiveClient } from "../support/clients.ts";
import { markSays, sitDown, type Sight } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { lostBySpacing, lostInForcedColours, moving, unsaid } from "../support/looking.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

// Twelve participants, a browser and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 240_000 });

const SPEED = 300;

type Look = [name: string, sight: Sight, scheme: "light" | "dark"];
const PHONE: Look = ["phone, 320 px, light", { width: 320, height: 640, phone: true }, "light"];
const COMPUTER: Look = ["computer, dark", {}, "dark"];
const SIGHTS = process.env["SIGHTS"] === "all" ? [PHONE, COMPUTER] : [PHONE];

const stage = setStage();
const { server } = stage;

let workshop: Started;
beforeAll(async () => {
  workshop = await held();
}, 120_000);

/** A workshop that was held, with something of everything in it. */
const held = async (): Promise<Started> => {
  const started = await startWorkshop(server.url, "atelier-facilite");
  const answer = await fetch(`${server.url}/api/templates/atelier-facilite?language=fr`);
  const { example } = (await answer.json()) as { example: Minutes };
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, milliseconds / SPEED));
  await play({ base: server.url, workshop: started, example, pause, tell: () => undefined });
  return started;
};

const ask = async ({ id, links }: Started, method: string, path: string, body: object): Promise<void> => {
  const answer = await fetch(`${server.url}/api/workshops/${id}${path}`, {
    method,
    headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect([path, answer.ok]).toEqual([path, true]);
};

const PANELS = [
  "Animer",
  "Qui est là",
  "Relire avant de fermer",
  "Glossaire",
  "Changer mon nom",
  "Dupliquer",
  "Raccourcis clavier",
];

describe.each(SIGHTS)("%s", (_, sight, colorScheme) => {
  test("W01 W04 no state has anything for axe to find, or is wider than the screen", async () => {
    const context = await stage.desk(sight);
    const wrong: unknown[] = [];
    let states = 0;
    const titles = new Set<string>();
    const look = async (state: string, page: Page): Promise<void> => {
      states += 1;
      const violations = await violationsOn(page);
      wrong.push(...violations.map(({ id, nodes }) => [state, id, nodes.map(({ target, html }) => [target, html])]));
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) wrong.push([state, `${over} px wider than the screen`]);
      const lost = [await unsaid(page), await moving(page), await lostBySpacing(page)].flat();
      lost.push(...(await lostInForcedColours(page)));
      wrong.push(...lost.map((each) => [state, each]));
      titles.add(await page.title());
    };
    const open = async (address: string): Promise<Page> => {
      const page = await context.newPage();
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(address);
      return page;
    };

    const door = await open(workshop.addresses.manage);
    await door.getByLabel("Prénom", { exact: true }).waitFor();
    await look("at the door", door);
    await door.close();
    const page = await sitDown(context, workshop.addresses.manage, "Céline");
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await markSays(page, "saved");
    await look("the sheet", page);

    const menu = async (name: string): Promise<void> => {
      await page.getByRole("button", { name: "Autres actions" }).click();
      await page.getByRole("menuitem", { name }).click();
    };
    for (const name of PANELS) {
      await menu(name);
      await page.getByRole("dialog").waitFor();
      await look(name, page);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    for (const name of ["Inviter", "Exporter"]) {
      if (sight.phone) await menu(name);
      else await page.getByRole("button", { name }).click();
      await page.getByRole("dialog").waitFor();
      await look(name, page);
      await page.keyboard.press("Escape");
    }
    await ask(workshop, "POST", "/versions", { seq: 2, name: "Avant l’atelier" });
    await menu("Historique");
    await page.getByRole("button", { name: "Avant l’atelier" }).click();
    await page.getByRole("button", { name: "Revenir à cette version" }).click();
    await page.locator(".moment__sheet ins").first().waitFor({ state: "attached" });
    await look("a moment of the past, before going back to it", page);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await menu("Relire avant de fermer");
    await page.getByRole("button", { name: "Les voir l’un après l’autre" }).click();
    await page.getByRole("region", { name: "Relire avant de fermer" }).waitFor();
    await look("the walk before closing", page);
    await page.getByRole("button", { name: "Terminer" }).last().click();
    await menu("À imprimer pour la salle");
    await look("on paper", page);
    await page.getByRole("button", { name: "Revenir à l’atelier" }).click();
    await menu("Modifier la structure");
    await look("the structure", page);
    await menu("Quitter la structure");

    await ask(workshop, "PATCH", "/votes", { section: "solutions", open: true, size: 3 });
    await ask(workshop, "POST", "/stage", { do: "begin", phase: "p1" });
    const guest = await sitDown(await stage.desk(sight), workshop.addresses.write, "Brice");
    await guest.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    if (sight.phone) await guest.locator(".outline__link", { hasText: "Solutions" }).click();
    await look("a pick is open, time runs", guest);
    await ask(workshop, "POST", "/stage", { do: "freeze", seconds: 300 });
    await markSays(guest, "read-only");
    await look("writing is frozen", guest);
    await ask(workshop, "POST", "/stage", { do: "thaw" });
    await markSays(guest, "saved");
    await guest.context().setOffline(true);
    await markSays(guest, "offline");
    await look("offline", guest);

    const { read } = workshop.addresses;
    for (const [state, address] of Object.entries({
      "the room’s screen": `${server.url}/w/${workshop.id}/projector#${workshop.links.manage}`,
      "the room’s screen, by a link that reads": `${read}/projector`,
      "the reading page": read,
      "the home page": server.url,
      "where a code is typed": `${server.url}/j`,
      "an address that leads nowhere": `${server.url}/nowhere`,
    })) {
      const other = await open(address);
      await other.waitForLoadState("networkidle").catch(() => undefined);
      await look(state, other);
      await other.close();
    }
    // The door, the sheet, what is printed, the room’s screen, reading, home, a code, nowhere.
    expect([...titles].toSorted()).toHaveLength(8);
    process.stdout.write(`W01 ${states} states, ${wrong.length} findings\n`);
    expect(wrong).toEqual([]);
  });
});

/** Every section and every row of a page: what it says, but for the time, and where it stands. */
const standing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    // What is far from the screen has the size somebody thought it would have until it is laid out.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { content-visibility: visible !important }");
    document.adoptedStyleSheets.push(sheet);
    return [
      ...document.querySelectorAll<HTMLElement>(
        "main [data-section] .section, main .item, main .ranked, main .phase, main .person",
      ),
    ]
      .filter((each) => each.checkVisibility())
      .map((each) => {
        const { top, height } = each.getBoundingClientRect();
        const picked = each.matches(".item") ? (each.querySelector("[aria-pressed=true]") ? " picked" : "") : "";
        const words = each.querySelector(".item__meta")?.textContent ?? each.querySelector("h2")?.textContent ?? "";
        const timeless = words.replace(/ · (à l’instant|\d\d:\d\d)/gu, "");
        return `${each.className.replace(" item--new", "")} ${timeless}${picked}: ${Math.round(top + scrollY)}, ${Math.round(height)}`;
      });
  });

test("C45 what is seen first says the same as what takes its place, and nothing jumps", async () => {
  await ask(workshop, "PATCH", "/votes", { section: "solutions", open: true, size: 3 });
  const writer = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await writer.saved();
  addTerm(writer.doc, { term: "compteur", meaning: "ce qui mesure l’eau d’un logement" });
  await writer.saved();
  writer.destroy();
  const page = await sitDown(await stage.desk(), workshop.addresses.write, "Nadia");
  const other = await sitDown(await stage.desk(), workshop.addresses.write, "Nadia");
  for (const [desk, words] of [
    [page, "Réparer d’abord les fuites"],
    [other, "Relever les compteurs deux fois l’an"],
  ] as const) {
    const line = desk.locator("#section-problemes .capture__text");
    await line.fill(words);
    await line.press("Enter");
    await markSays(desk, "saved");
  }
  await page.locator("#section-solutions .pick").nth(1).click();
  await page.locator("#section-solutions .pick[aria-pressed=true]").waitFor();
  await page.locator(".item__meta", { hasText: /^Nadia/u }).waitFor();
  await markSays(page, "saved");
  const kept = await page.evaluate(() => Object.entries(localStorage));
  await Promise.all([page.close(), other.close()]);
  // The same person with a browser that has no program of ours: what keeps the stay can be held back from it.
  const context = await stage.desk();
  await context.addInitScript((entries) => {
    for (const [key, value] of entries) localStorage.setItem(key, value);
  }, kept);
  // Letters come when they come: they are another matter (C27).
  await context.route(/\.woff2$/, (route) => route.abort());
  const { promise, resolve } = Promise.withResolvers<void>();
  await context.route(/\/assets\/(stay|line)-/, async (route) => {
    await promise;
    await route.continue();
  });
  const again = await context.newPage();
  await again.goto(workshop.addresses.write, { waitUntil: "commit" });
  await again.locator("main .item").first().waitFor();
  const first = await standing(again);
  resolve();
  await markSays(again, "saved");
  await expect.poll(() => again.locator(".terms").count()).toBeGreaterThan(1);
  expect(first.filter((each) => each.includes("Vous"))).toHaveLength(1);
  expect(first).toEqual(await standing(again));
});
