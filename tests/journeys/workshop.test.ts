/** The workshop page as people use it: the door, the panels, a phone, the keyboard alone, ears instead of eyes. */
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, describe, expect, vi } from "vitest";
import { violationsOn } from "../support/audit.ts";
import { launchChromium } from "../support/chromium.ts";
import { test } from "../support/in-browser.ts";
import { capture, itemsKept, markSays, minutesOf, newDesk, showsItems, sitDown, type Sight } from "../support/desk.ts";
import { startWorkshop, TestServer } from "../support/server.ts";

// Two browsers and a server on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

let server: TestServer;
let browser: Browser;
const contexts: BrowserContext[] = [];

const context = async (sight?: Sight): Promise<BrowserContext> => {
  const desk = await newDesk(browser, sight);
  contexts.push(desk);
  return desk;
};
const seat = async (address: string, name: string, sight?: Sight): Promise<Page> =>
  sitDown(await context(sight), address, name);

const accessible = async (page: Page): Promise<void> => {
  const violations = await violationsOn(page);
  expect(
    violations.map(({ id, nodes }) => [id, nodes.map(({ target, html }) => [target, html.slice(0, 120)])]),
  ).toEqual([]);
};
const menu = async (page: Page, entry: string): Promise<void> => {
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
};

beforeAll(async () => {
  [server, browser] = await Promise.all([new TestServer().start(), launchChromium()]);
});
afterEach(async () => {
  for (const each of contexts.splice(0)) await each.close();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
});

describe("the door", () => {
  test("asks for a first name once, offers the organisations already here, and says who will read", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const first = await context();
    const page = await first.newPage();
    await page.goto(workshop.addresses.write);
    await page.getByText("lu par toutes les personnes").waitFor();
    await accessible(page);
    await page.getByLabel("Prénom").fill("Nadia");
    await page.getByLabel("Organisation").fill("Ville de Rennes");
    await page.keyboard.press("Enter");
    await page.locator("[data-sheet]").waitFor();

    const other = await (await context()).newPage();
    await other.goto(workshop.addresses.write);
    await other.getByLabel("Organisation").waitFor();
    const offered = (): Promise<(string | null)[]> =>
      other.locator("datalist option").evaluateAll((all) => all.map((each) => each.getAttribute("value")));
    await expect.poll(offered).toEqual(["Ville de Rennes"]);

    await page.reload();
    await page.locator("[data-sheet]").waitFor();
    expect(await page.getByLabel("Prénom", { exact: true }).count()).toBe(0);
  });

  test("can be skipped; the first keystroke asks again, once, without taking the focus", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await (await context()).newPage();
    await page.goto(workshop.addresses.write);
    await page.getByRole("button", { name: "Entrer sans donner de nom" }).click();
    const line = page.locator(".capture__text").first();
    await line.pressSequentially("sans nom");
    const reminder = page.getByRole("region", { name: "Voulez-vous signer" });
    await reminder.waitFor();
    expect(await line.inputValue()).toBe("sans nom");
    await line.press("Enter");
    await reminder.getByLabel("Prénom").fill("Céline");
    await reminder.getByRole("button", { name: "Signer" }).click();
    await reminder.waitFor({ state: "detached" });
    await markSays(page, "saved");
    const [item] = (await minutesOf(server, workshop)).sections.flatMap((each) =>
      each.kind === "items" ? each.items : [],
    );
    expect(item?.author).toBe("Céline");
  });

  test("says what is wrong when nothing opens, with a next step", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await (await context()).newPage();
    await page.goto(`${server.url}/w/${workshop.id}#wrong`);
    await page.getByRole("alert").waitFor();
    await expect.poll(() => page.getByRole("alert").innerText()).toMatch(/\S{3}/);
    await page.getByRole("link", { name: "Entrer un code" }).waitFor();
    await accessible(page);
  });
});

describe("the desk", () => {
  test("C9 what others add is said politely and stands in the news, with where they are", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const [brice, nadia] = await Promise.all([
      seat(workshop.addresses.write, "Brice"),
      seat(workshop.addresses.write, "Nadia"),
    ]);
    await capture(nadia, "une piste");
    await brice.locator(".news").getByText("a ajouté une piste").waitFor();
    await brice.waitForFunction(() =>
      document.querySelector("[data-spoken]")?.textContent.includes("Nadia a ajouté une piste."),
    );
    await brice.locator(".outline").getByText("ici : Nadia").waitFor();
    await brice.getByRole("button", { name: /2 personnes ici/ }).click();
    await brice.getByRole("dialog").getByText("Nadia").waitFor();
    await expect.poll(() => brice.getByRole("dialog").getByRole("listitem").count()).toBe(2);
    await accessible(brice);
  });

  test("C12 the skip link and the outline leave the secret in the address", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await seat(workshop.addresses.write, "Nadia");
    const before = page.url();
    await page.locator("a.skip").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("main");
    await page.locator(".outline__link").nth(4).click();
    await page.waitForFunction(() => document.activeElement?.closest("[data-section]") !== null);
    expect(page.url()).toBe(before);
  });

  test("exports what stands there, in every format, under a name people recognise", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await seat(workshop.addresses.write, "Nadia");
    await capture(page, "Œuvrer à l’été");
    await markSays(page, "saved");
    await page.getByRole("button", { name: "Exporter" }).click();
    await accessible(page);
    for (const [label, extension] of [
      ["Markdown", "md"],
      ["Page HTML", "html"],
      ["Texte", "txt"],
      ["Tableur", "csv"],
      ["JSON", "json"],
    ]) {
      const waiting = page.waitForEvent("download");
      await page
        .getByRole("dialog")
        .getByRole("button", { name: new RegExp(`^${label}`) })
        .click();
      const download = await waiting;
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${extension}$`));
      let text = "";
      for await (const chunk of await download.createReadStream()) text += String(chunk);
      expect(text).toContain("Œuvrer à l’été");
    }
    const address = await page.getByLabel("Adresse de lecture").inputValue();
    expect((await fetch(address)).status).toBe(200);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("C5 a manager gives a link, sees who came through it, withdraws it, and the page there says so", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const manager = await seat(workshop.addresses.manage, "Brice");
    await manager.getByRole("button", { name: "Inviter" }).click();
    const dialog = manager.getByRole("dialog");
    await dialog.getByText("Liens et droits").click();
    await dialog.getByLabel("Pour qui").fill("Presse");
    await dialog.getByRole("button", { name: "Donner un lien" }).click();
    const address = await dialog.getByLabel("Presse · Écrire").inputValue();
    await accessible(manager);
    const guest = await seat(address, "Nadia");
    await markSays(guest, "saved");
    await dialog.getByRole("button", { name: "Retirer le lien : Presse" }).click();
    await markSays(guest, "read-only");
    await guest.getByText("ce lien n’ouvre plus l’atelier").first().waitFor();
    await expect.poll(() => guest.locator(".capture__text").count()).toBe(0);
    await accessible(guest);
  });

  test("C5 a manager closes the workshop and takes it back", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const [manager, writer] = await Promise.all([
      seat(workshop.addresses.manage, "Brice"),
      seat(workshop.addresses.write, "Nadia"),
    ]);
    await markSays(writer, "saved");
    await manager.getByRole("button", { name: /En direct/ }).click();
    await manager.getByRole("dialog").getByRole("button", { name: /Fermé/ }).click();
    await markSays(writer, "read-only");
    await expect.poll(() => writer.locator(".beside").count()).toBe(0);
    await manager.locator(".notices").getByRole("button", { name: "Annuler" }).click();
    await markSays(writer, "saved");
  });

  test("a workshop is duplicated with its text, and its structure kept as a template", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await seat(workshop.addresses.write, "Nadia");
    await capture(page, "à reprendre");
    await markSays(page, "saved");
    await menu(page, "Dupliquer…");
    await page.getByRole("button", { name: /La structure et le texte/ }).click();
    const address = await page.getByLabel("Adresse pour l’organiser").inputValue();
    await page.keyboard.press("Escape");
    const copy = await seat(address, "Nadia");
    await showsItems(copy, ["à reprendre"]);
    await menu(page, "Dupliquer…");
    await page.getByRole("button", { name: /Garder comme modèle/ }).click();
    await page.getByText("Le modèle est prêt").waitFor();
    const template = await (await context()).newPage();
    await template.goto(await page.getByLabel("Adresse pour l’organiser").inputValue());
    await template.getByText("Vous modifiez la structure").waitFor();
    await accessible(template);
    await template.getByRole("button", { name: "Revenir au texte" }).click();
    await template.getByText("Vous modifiez la structure").waitFor({ state: "detached" });
    const templates = (await (await fetch(`${server.url}/api/templates`)).json()) as unknown[];
    expect(templates).toHaveLength(6);
  });

  test("somebody changes their name, the language of the interface and its colours", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await seat(workshop.addresses.write, "Nadya");
    await menu(page, "Changer mon nom");
    await page.getByRole("dialog").getByLabel("Prénom").fill("Nadia");
    await page.getByRole("dialog").getByRole("button", { name: "Garder ce nom" }).click();
    await page.locator(".people-here").getByText("Nadia").waitFor();
    await menu(page, "English");
    await page.getByRole("button", { name: "Export", exact: true }).waitFor();
    await page.locator('html[lang="en"]').waitFor();
    // The words of the minutes stay French; what surrounds them speaks English.
    expect(await page.getByRole("heading", { name: "Problématique" }).getAttribute("lang")).toBe("fr");
    expect(
      await page.getByRole("button", { name: "Add a group" }).evaluate((each) => each.closest("[lang]")?.tagName),
    ).toBe("HTML");
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Light colours" }).click();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Dark colours" }).click();
    await page.locator('html[data-theme="dark"]').waitFor();
    await accessible(page);
  });
});

describe("a phone", () => {
  test("C11 shows one section at a time, the mark and the head-count always, and has everything in its menu", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await seat(workshop.addresses.manage, "Nadia", { width: 390, height: 844, phone: true });
    await markSays(page, "saved");
    const visible = (): Promise<string[]> =>
      page
        .locator(".paper__slot")
        .evaluateAll((all) =>
          all.filter((each) => each.getClientRects().length > 0).map((each) => each.getAttribute("data-section") ?? ""),
        );
    await expect.poll(visible).toHaveLength(1);
    const [first] = await visible();
    await page.locator(".outline__link").nth(4).tap();
    await page.waitForFunction((id) => {
      const shown = [...document.querySelectorAll(".paper__slot")].find((each) => each.getClientRects().length > 0);
      return shown?.getAttribute("data-section") !== id;
    }, first);
    await expect.poll(visible).toHaveLength(1);
    await capture(page, "depuis un téléphone");
    await markSays(page, "saved");
    expect(await itemsKept(server, workshop)).toEqual(["depuis un téléphone"]);
    await accessible(page);
    await page.getByRole("button", { name: "Autres actions" }).click();
    for (const entry of [
      "Inviter",
      "Exporter",
      "Qui est là",
      "Changer mon nom",
      "Modifier la structure",
      "Dupliquer…",
    ]) {
      await page.getByRole("menuitem", { name: entry }).waitFor();
    }
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 320, height: 640 });
    for (const part of [page.locator("[data-saved]"), page.getByRole("button", { name: /personne ici/ })]) {
      const inSight = async (): Promise<boolean | null> => {
        const box = await part.boundingBox();
        return box && box.x >= 0 && box.x + box.width <= 320 && box.width > 0;
      };
      await expect.poll(inSight).toBe(true);
    }
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

describe("the keyboard alone", () => {
  test("enters, walks to a section, adds, undoes, exports and leaves the panel where it came from", async () => {
    const workshop = await startWorkshop(server.url, "forum-ouvert");
    const page = await (await context()).newPage();
    await page.goto(workshop.addresses.write);
    await page.getByLabel("Prénom").waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.type("Nadia");
    await page.keyboard.press("Enter");
    await page.locator("[data-sheet]").waitFor();
    await markSays(page, "saved");
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const active = document.activeElement;
        return `${active?.getAttribute("aria-label") ?? ""} ${active?.textContent ?? ""}`.trim();
      });
    const tabTo = async (name: RegExp, key = "Tab"): Promise<void> => {
      for (let step = 0; step < 80; step += 1) {
        if (name.test(await focused())) return;
        await page.keyboard.press(key);
      }
      throw new Error(`no way to ${name} by ${key}; at: ${await focused()}`);
    };
    await tabTo(/^Pistes d/);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.closest("[data-section]") !== null);
    await tabTo(/^Ajouter à/);
    await page.keyboard.type("par le clavier");
    await page.keyboard.press("Enter");
    await showsItems(page, ["par le clavier"]);
    await tabTo(/^Exporter/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(focused).toMatch(/^Exporter/);
    await page.keyboard.press("Control+z");
    await showsItems(page, []);
  });
});
