/** In the room: a facilitator on a phone, participants, the screen on the wall; time, calls, and what is written, seen by all. */
import type { Page } from "@playwright/test";
import { describe, expect, vi } from "vitest";
import { violationsOn } from "../support/audit.ts";
import { capture, markSays, minutesOf, showsItems } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { lags, lagWords, noteShowing, noteTyping, rareLetters } from "../support/lag.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const PHONE = { width: 390, height: 844, phone: true };
const WALL = { width: 1920, height: 1080 };
/** J3 measures with more of them. */
const KEYS = Number(process.env["KEYS"] ?? 12);
const RHYTHM_MS = 120;
const room = setStage();

const wallOf = async (address: string, sight: object = WALL): Promise<Page> => {
  const page = await (await room.desk(sight)).newPage();
  await page.goto(address);
  await page.locator(".wall").waitFor();
  return page;
};
/** The projector of the link behind an address of the workshop. */
const projector = (address: string): string => address.replace("#", "/projector#");
const play = async ({ id, links }: Started, command: object): Promise<void> => {
  const answer = await fetch(`${room.server.url}/api/workshops/${id}/stage`, {
    method: "POST",
    headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
    body: JSON.stringify(command),
  });
  expect(answer.status).toBe(200);
};
const accessible = async (page: Page): Promise<void> => {
  const violations = await violationsOn(page);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
};
const facilitate = async (page: Page): Promise<void> => {
  await page.locator(".strip").getByRole("button", { name: "Animer" }).click();
  await page.getByRole("dialog", { name: "Animer l’atelier" }).waitFor();
};
const closeDialog = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Fermer", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
};
/** What is left by the clock a page shows, in seconds. */
const leftOn = (page: Page): Promise<number> =>
  page
    .locator(".clock__left:visible")
    .first()
    .evaluate((clock) => Number(clock.getAttribute("data-left")));

describe("G the room looks at one thing", () => {
  test("J1 J2 J3 the wall: what is typed, where the facilitator points, the code from the back of the room", async () => {
    const workshop = await startWorkshop(room.server.url, "atelier-facilite");
    const { page: nadia } = await room.seat(workshop.addresses.write, "Nadia");
    const { page: brice } = await room.seat(workshop.addresses.manage, "Brice", PHONE);
    // The address of what the whole room sees lets nobody manage.
    await brice.getByRole("button", { name: "Autres actions" }).click();
    const opening = brice.context().waitForEvent("page");
    await brice.getByRole("menuitem", { name: "Projeter" }).click();
    const screen = await opening;
    await screen.locator(".wall__code").waitFor();
    expect(screen.url()).toBe(projector(workshop.addresses.write));
    await screen.close();
    const wall = await wallOf(projector(workshop.addresses.manage));
    const asked: string[] = [];
    wall.on("request", (request) => asked.push(request.url()));

    const line = nadia.locator("#section-solutions .capture__text");
    await line.fill("Réparer d’abord les fuites");
    await line.press("Enter");
    await wall.locator('[data-shown="solutions"] .wall__row--new', { hasText: "Réparer d’abord les fuites" }).waitFor();
    await expect.poll(() => wall.locator(".wall__people").innerText()).toBe("2 personnes ici");
    await wall.locator('[data-line="saved"]').waitFor();

    // From the facilitator's phone: everybody goes there, whoever is typing is asked.
    await line.fill("une phrase commencée");
    await facilitate(brice);
    await brice.getByRole("combobox", { name: "Montrer une section" }).selectOption({ label: "Problèmes et enjeux" });
    await brice.getByRole("button", { name: "À tout le monde" }).click();
    await wall.locator('[data-shown="problemes"]').waitFor();
    const call = nadia.getByRole("region", { name: "Suivre l’animateur" });
    await call.getByText("L’animateur montre :").waitFor();
    expect(await line.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await line.inputValue()).toBe("une phrase commencée");
    await accessible(nadia);
    await call.getByRole("button", { name: "Y aller" }).click();
    await call.getByText("Vous suivez l’animateur :").waitFor();
    await call.getByRole("button", { name: "Ne plus suivre" }).click();
    await call.getByRole("button", { name: "Y aller" }).waitFor();

    // On this screen alone, by the keyboard; what the facilitator shows next takes it along again.
    await wall.keyboard.press("ArrowRight");
    await wall.locator('[data-shown="priorites"]').waitFor();
    await wall.keyboard.press("ArrowLeft");
    await wall.locator('[data-shown="problemes"]').waitFor();
    await brice.getByRole("button", { name: "Ne plus montrer" }).click();
    await wall.locator('[data-shown="solutions"]').waitFor();
    await closeDialog(brice);
    await accessible(brice);

    const code = wall.locator(".wall__code");
    expect((await code.innerText()).replace(/\s/u, "")).toBe(workshop.code);
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
      [3840, 2160],
    ] as const) {
      await wall.setViewportSize({ width, height });
      const seen = (): Promise<unknown[]> =>
        code.evaluate((element) => {
          // Capitals of this face are two thirds of its size.
          const capital = Number.parseFloat(getComputedStyle(element).fontSize) * 0.66;
          const { right, bottom } = element.getBoundingClientRect();
          const { scrollWidth, scrollHeight } = document.documentElement;
          const inside = [right <= innerWidth, bottom <= innerHeight];
          return [capital / innerHeight >= 0.04, ...inside, scrollWidth, scrollHeight];
        });
      // Letters take the size of the screen with its next frame.
      await expect.poll(seen).toEqual([true, true, true, width, height]);
    }
    await wall.keyboard.press("d");
    await wall.locator('html[data-theme="dark"]').waitFor();
    await accessible(wall);
    expect(asked.filter((url) => /editing-/u.test(url))).toEqual([]);
  });

  test("J3 every letter stands on the wall while it is being typed, in the section it is typed in", async () => {
    const workshop = await startWorkshop(room.server.url, "atelier-facilite");
    const { page: nadia } = await room.seat(workshop.addresses.write, "Nadia");
    const wall = await wallOf(projector(workshop.addresses.manage));
    const letters = rareLetters(0, KEYS);
    await noteTyping(nadia);
    await noteShowing(wall, ".wall__body");
    await nadia.locator("#section-problematique .rich-text__still").click();
    await nadia.locator("#section-problematique [contenteditable=true]").waitFor();
    for (const letter of letters) {
      await nadia.keyboard.insertText(letter);
      await nadia.waitForTimeout(RHYTHM_MS);
    }
    const body = wall.locator('[data-shown="problematique"] .wall__body');
    await expect.poll(async () => (await body.innerText()).trim()).toBe(letters.join(""));
    expect(await body.locator("[data-fresh]").innerText()).toContain(letters.at(-1));
    const took = await lags([nadia], wall);
    expect(took).toHaveLength(KEYS);
    if (process.env["KEYS"]) process.stdout.write(`J3 ${KEYS} keys on the wall: ${lagWords(took)}\n`);
  });

  test("J4 a reading link projects without the code, comes back after kill -9, and reads without a script", async () => {
    const workshop = await startWorkshop(room.server.url, "propositions-en-direct");
    const { page: nadia } = await room.seat(workshop.addresses.write, "Nadia");
    const wall = await wallOf(`${workshop.addresses.read}/projector`);
    await capture(nadia, "Avant la panne");
    await wall.getByText("Avant la panne").waitFor();
    expect(await wall.locator(".wall__code, .wall__join").count()).toBe(0);
    expect((await wall.content()).includes(workshop.code)).toBe(false);
    await room.server.kill();
    await wall.locator('[data-line="lost"]').waitFor();
    await room.server.start();
    await wall.locator('[data-line="saved"]').waitFor();
    await capture(nadia, "Après la panne");
    await wall.getByText("Après la panne").waitFor();
    expect(await wall.evaluate(() => Object.keys(localStorage))).toEqual([]);

    const still = await (await room.desk({ scripts: false })).newPage();
    await still.goto(`${workshop.addresses.read}/projector`);
    await still.getByRole("link", { name: "Lire le compte-rendu sans JavaScript" }).click();
    await still.getByText("Après la panne").waitFor();
  });

  test("J5 more than a screen holds: letters grow smaller, then what is new is scrolled to", async () => {
    const workshop = await startWorkshop(room.server.url, "propositions-en-direct");
    const add = (text: string): Promise<Response> =>
      fetch(`${room.server.url}/api/workshops/${workshop.id}/items`, {
        method: "POST",
        headers: { authorization: `Bearer ${workshop.links.write}`, "content-type": "application/json" },
        body: JSON.stringify({ section: "propositions", text }),
      });
    await add("La première");
    const wall = await wallOf(projector(workshop.addresses.write), { width: 1280, height: 720 });
    const body = wall.locator(".wall__body");
    const size = (): Promise<number> => body.evaluate((box) => Number.parseFloat(getComputedStyle(box).fontSize));
    await wall.getByText("La première").waitFor();
    const large = await size();
    await Promise.all(Array.from({ length: 24 }, (_, i) => add(`Une proposition parmi d’autres, la ${i}`)));
    await add("Une proposition parmi d’autres, la 24");
    const last = wall.getByText("la 24");
    await last.waitFor();
    await expect.poll(size).toBeLessThan(large);
    await expect
      .poll(() =>
        last.evaluate(
          (row) => row.getBoundingClientRect().bottom <= innerHeight && row.getBoundingClientRect().top > 0,
        ),
      )
      .toBe(true);
  });
});

describe("G the room has one clock", () => {
  test("G2 C35 every screen shows the same time, whatever its own clock says; pause, a minute more, next", async () => {
    const workshop = await startWorkshop(room.server.url, "atelier-facilite");
    const { page: brice } = await room.seat(workshop.addresses.manage, "Brice", PHONE);
    const late = await (await room.desk({ clock: -47 * 60_000 })).newPage();
    await late.goto(workshop.addresses.write);
    await late.getByRole("button", { name: "Entrer sans donner de nom" }).click();
    await late.locator("[data-sheet]").waitFor();
    const early = await (await room.desk({ ...WALL, clock: 3 * 3_600_000 })).newPage();
    await early.goto(projector(workshop.addresses.write));
    await early.locator(".wall").waitFor();

    await facilitate(brice);
    await brice.getByRole("button", { name: "Commencer : Présentation de la problématique" }).click();
    const screens = [brice, late, early];
    for (const screen of screens) await screen.locator(".clock__left:visible").first().waitFor();
    const moment = async (): Promise<number[]> => {
      const begun = performance.now();
      const all = await Promise.all(screens.map(leftOn));
      // On a machine that takes its time, one screen is asked later than another.
      return all.map((left) => left + (performance.now() - begun > 900 ? Number.NaN : 0));
    };
    await expect
      .poll(async () => {
        const all = await moment();
        return Math.max(...all) - Math.min(...all) <= 1 && all.every((left) => left > 14 * 60 && left <= 15 * 60);
      })
      .toBe(true);

    await brice.getByRole("button", { name: "Pause", exact: true }).click();
    for (const screen of screens) await screen.locator(".clock--still:visible").first().waitFor();
    const [still] = await moment();
    await brice.getByRole("button", { name: "+ 1 min" }).click();
    await expect.poll(moment).toEqual([still! + 60, still! + 60, still! + 60]);
    await brice.getByRole("button", { name: "Phase suivante : Problèmes et enjeux" }).click();
    for (const screen of screens) {
      await expect
        .poll(() => screen.locator(".clock__phase:visible").first().innerText())
        .toMatch(/phase 2 sur 4 · problèmes et enjeux/iu);
    }
    await room.server.kill();
    await room.server.start();
    await early.locator('[data-line="saved"]').waitFor();
    await expect.poll(() => leftOn(early)).toBeGreaterThan(40 * 60);
    await accessible(brice);
  });

  test("M20 C37 near the end everybody is offered the synthesis with what is still empty; no caret moves; each may say no", async () => {
    const workshop = await startWorkshop(room.server.url, "atelier-facilite");
    const { page: nadia } = await room.seat(workshop.addresses.write, "Nadia");
    const { page: celine } = await room.seat(workshop.addresses.manage, "Céline", PHONE);
    await capture(nadia, "Un cinquième de l’eau se perd");
    const line = nadia.locator("#section-solutions .capture__text");
    await line.fill("une phrase");
    await line.evaluate((box) => (box as HTMLTextAreaElement).setSelectionRange(3, 7));
    await nadia.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const before = await line.evaluate((box) => [scrollY, box.getBoundingClientRect().top]);
    await play(workshop, { do: "begin", phase: "p4" });
    const offer = nadia.getByRole("region", { name: "Passer à la synthèse" });
    await offer.getByText("Il reste 15 minutes en tout.").waitFor();
    await offer.getByRole("button", { name: "Problématique soumise aux participants" }).waitFor();
    expect(await offer.getByRole("button", { name: "Problèmes et enjeux" }).count()).toBe(0);
    const after = await line.evaluate((box) => {
      const { selectionStart, selectionEnd, value } = box as HTMLTextAreaElement;
      const { top } = box.getBoundingClientRect();
      return { held: box === document.activeElement, selectionStart, selectionEnd, value, at: [scrollY, top] };
    });
    expect(after).toEqual({ held: true, selectionStart: 3, selectionEnd: 7, value: "une phrase", at: before });
    await accessible(nadia);
    await offer.getByRole("button", { name: "Plus tard" }).click();
    await offer.waitFor({ state: "detached" });
    const mine = celine.getByRole("region", { name: "Passer à la synthèse" });
    await mine.waitFor();
    const inSight = (): Promise<boolean[]> =>
      mine.evaluate((call, width) => {
        const { left, right } = call.getBoundingClientRect();
        return [left >= 0, right <= width];
      }, PHONE.width);
    await expect.poll(inSight).toEqual([true, true]);
    await mine.getByRole("button", { name: "Y amener tout le monde" }).click();
    await mine.waitFor({ state: "detached" });
    await nadia.getByRole("region", { name: "Suivre l’animateur" }).getByText("Synthèse").waitFor();
  });
});

/** More than a line of a phone: it would be broken otherwise if what stands beside it went away. */
const LONG = "Avant le gel, une proposition qui tient sur plus d’une ligne d’un téléphone";

describe("G the facilitator calls", () => {
  test("G3 G7 C38 B06 a hand in one tap; writing frozen, what is offline kept aside, the thaw merges it", async () => {
    const workshop = await startWorkshop(room.server.url, "propositions-en-direct");
    const { page: nadia, context } = await room.seat(workshop.addresses.write, "Nadia", PHONE);
    const { page: celine } = await room.seat(workshop.addresses.manage, "Céline", PHONE);
    const wall = await wallOf(projector(workshop.addresses.write));
    await nadia.getByRole("button", { name: "Lever la main" }).click();
    await wall.locator(".wall__hands").getByText("Nadia").waitFor();
    await nadia.getByRole("button", { name: "Main levée : à vous" }).waitFor();
    await facilitate(celine);
    await celine.getByRole("button", { name: "Baisser la main de Nadia" }).click();
    await nadia.getByRole("button", { name: "Lever la main" }).waitFor();
    // The button pressed is gone: the focus is at what stands around it.
    const focused = (page: Page): Promise<string> =>
      page.evaluate(() => {
        const { activeElement: at } = document;
        return at?.id || (at?.textContent.trim() ?? "");
      });
    await expect.poll(() => focused(celine)).toBe("Fermer");

    await nadia
      .locator("nav.outline")
      .getByRole("button", { name: /Propositions/u })
      .click();
    await capture(nadia, LONG);
    await markSays(nadia, "saved");
    await context.setOffline(true);
    await markSays(nadia, "offline");
    await capture(nadia, "Hors ligne pendant le gel");
    const line = nadia.locator(".capture__text").first();
    await line.fill("à moitié");
    await showsItems(nadia, [LONG, "Hors ligne pendant le gel"]);
    const tops = (): Promise<number[]> =>
      nadia
        .locator("h2:visible, .item:visible")
        .evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().top)));
    await nadia.locator(".item:visible .menu__button").first().focus();
    const before = await tops();
    await celine.getByRole("dialog").getByRole("button", { name: "10 min" }).last().click();
    await celine.getByRole("button", { name: "Reprendre l’écriture" }).first().waitFor();
    await wall.getByText("Écriture gelée").waitFor();
    await context.setOffline(false);
    await markSays(nadia, "read-only");
    await nadia.getByText("l’animateur a gelé l’écriture un moment").waitFor();
    // What one reads stays where it is.
    await expect.poll(tops).toEqual(before);
    await expect.poll(() => line.evaluate((box) => (box as HTMLTextAreaElement).readOnly)).toBe(true);
    expect(await line.inputValue()).toBe("à moitié");
    const texts = async (): Promise<string[]> =>
      (await minutesOf(room.server, workshop)).sections.flatMap((section) =>
        section.kind === "items" ? section.items.map(({ text }) => text) : [],
      );
    expect(await texts()).toEqual([LONG]);
    // Whoever was at a control that is away is still where it was.
    await expect
      .poll(() => nadia.evaluate(() => document.activeElement?.closest("section")?.id))
      .toBe("section-propositions");
    await closeDialog(celine);
    await celine.getByRole("button", { name: "Reprendre l’écriture" }).press("Enter");
    await expect.poll(() => focused(celine)).toBe("Animer");
    await markSays(nadia, "saved");
    expect(await texts()).toEqual([LONG, "Hors ligne pendant le gel"]);
    expect(await line.inputValue()).toBe("à moitié");
    await line.press("Enter");
    await wall.getByText("à moitié").waitFor();
  });
});
