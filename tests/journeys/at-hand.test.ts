/** What is said reaches whoever has a dialog open; nothing that was pressed, typed or focused is left behind by what closes. */
import type { Page } from "@playwright/test";
import { describe, expect, vi } from "vitest";
import { drawLate } from "../support/chromium.ts";
import { markSays, minutesOf, showsItems, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 90_000 });

const stage = setStage();
const { server } = stage;

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: active } = document;
    return `${active?.localName} ${(active?.getAttribute("aria-label") ?? active?.textContent ?? "").slice(0, 60)}`;
  });

const facilitate = async (page: Page): Promise<void> => {
  await page.locator(".beside").getByRole("button", { name: "Animer" }).click();
  await page.getByRole("dialog", { name: "Animer l’atelier" }).waitFor();
};

interface Node {
  nodeId: string;
  ignored: boolean;
  role?: { value?: string };
  name?: { value?: string };
  childIds?: string[];
}

/** What a screen reader finds in regions that speak. */
const audible = async (page: Page): Promise<string> => {
  const remote = await page.context().newCDPSession(page);
  const { nodes } = (await remote.send("Accessibility.getFullAXTree")) as { nodes: Node[] };
  await remote.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  return nodes
    .filter(({ role, ignored }) => !ignored && role?.value === "status")
    .map(({ childIds = [] }) => childIds.map((id) => byId.get(id)?.name?.value ?? "").join(""))
    .join(" ");
};

describe("over the page", () => {
  test("C9 what happens while a dialog is open is said and shown in it, with the way back", async () => {
    const workshop = await startWorkshop(server.url, "atelier-facilite");
    const { page, context } = await stage.seat(workshop.addresses.manage, "Nadia");
    await markSays(page, "saved");
    await page.getByRole("button", { name: "Inviter" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Liens et droits").click();
    await dialog.getByRole("button", { name: "Retirer le lien : Lire" }).click();
    await page.getByText("Le lien est retiré.").first().waitFor();
    // Within reach, though everything beside the dialog is not.
    await page.locator(".notices").getByRole("button", { name: "Annuler" }).click();
    await page.getByRole("button", { name: "Fermer", exact: true }).click();
    await facilitate(page);
    await context.setOffline(true);
    await expect.poll(() => audible(page)).toContain("Hors ligne");
  });

  test("K3 the clock's buttons keep the focus as they change", async () => {
    const workshop = await startWorkshop(server.url, "atelier-facilite");
    const { page } = await stage.seat(workshop.addresses.manage, "Nadia");
    await markSays(page, "saved");
    const controls = page.locator(".beside .timer__controls");
    await controls.getByRole("button", { name: /^Commencer/u }).press("Enter");
    await controls.getByRole("button", { name: "Pause" }).waitFor();
    await expect.poll(() => focused(page)).toMatch(/^button/u);
  });

  test("C31 K3 back from paper the focus is on the sheet", async () => {
    const workshop = await startWorkshop(server.url, "atelier-facilite");
    const { page } = await stage.seat(workshop.addresses.manage, "Nadia");
    await page.getByRole("button", { name: "Autres actions" }).click();
    await page.getByRole("menuitem", { name: "À imprimer pour la salle" }).click();
    await page.getByRole("button", { name: "Revenir à l’atelier" }).press("Enter");
    await page.locator("[data-sheet]").waitFor();
    await expect.poll(() => focused(page)).not.toMatch(/^body/u);
  });
});

/** As a phone draws that is busy with something else. */
const LATE_MS = 400;

test("K3 K5 however late frames come, the focus does not: who goes to a section or adds a group writes at once, and no letter goes astray", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const desk = await stage.desk({ width: 390, height: 844, phone: true });
  await drawLate(desk, LATE_MS);
  const page = await sitDown(desk, workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  await page.locator(".outline__link", { hasText: "Pistes" }).tap();
  await page.locator("#section-pistes .capture__text").focus();
  await page.keyboard.type("Un banc");
  // Whatever waits for a frame has had it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.keyboard.type(" sous le tilleul");
  await page.keyboard.press("Enter");
  await showsItems(page, ["Un banc sous le tilleul"]);
  // An Enter that ends the composing of a word adds nothing, also where it is told of after the end.
  const keys = await desk.newCDPSession(page);
  const endsWord = { type: "keyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: 229 } as const;
  await keys.send("Input.imeSetComposition", { text: "ばんち", selectionStart: 3, selectionEnd: 3 });
  await keys.send("Input.dispatchKeyEvent", endsWord);
  await keys.send("Input.insertText", { text: "番地" });
  await keys.send("Input.dispatchKeyEvent", endsWord);
  await expect.poll(() => page.locator("#section-pistes .capture__text").inputValue()).toBe("番地");
  await page.keyboard.press("Enter");
  await showsItems(page, ["Un banc sous le tilleul", "番地"]);
  await page.getByRole("button", { name: "Ajouter un groupe" }).press("Enter");
  await page.keyboard.type("Mise en œuvre");
  const groups = async (): Promise<string[]> =>
    (await minutesOf(server, workshop)).sections.flatMap((section) =>
      section.kind === "items" ? section.groups.map(({ text }) => text) : [],
    );
  await expect.poll(groups).toEqual(["Mise en œuvre"]);
});

test("C30 whoever has their name erased stays where they are", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page } = await stage.seat(workshop.addresses.write, "Céline");
  await markSays(page, "saved");
  await page.reload();
  await page.locator("[data-sheet]").waitFor();
  await markSays(page, "saved");
  await page.getByRole("button", { name: "Ce qui est gardé de moi" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Effacer mon nom" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.locator("[data-sheet]").waitFor();
});

// These four wait more than they do: they wait at once.
test.concurrent("C30 a code that is sent twice opens the workshop once", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const page = await (await stage.desk()).newPage();
  await page.goto(`${server.url}/j`);
  let asked = 0;
  await page.route("**/api/codes", async (route) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.getByLabel("Code").fill(workshop.code ?? "");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.getByLabel("Prénom", { exact: true }).waitFor();
  await page.waitForTimeout(1_500);
  expect([asked, await page.locator("#workshop").count()]).toEqual([1, 1]);
});

test.concurrent("J4 a screen that finds no server says so for as long as it takes, and comes by itself", async (context) => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const page = await (await stage.desk()).newPage();
  let asked = 0;
  let away = true;
  await page.route("**/sessions", (route) => {
    asked += 1;
    return away ? route.abort() : route.continue();
  });
  await page.goto(workshop.addresses.manage.replace("#", "/projector#"));
  await context.expect.poll(() => asked).toBeGreaterThan(1);
  await page.waitForTimeout(500);
  expect((await page.locator("#projector").innerText()).trim()).not.toBe("");
  away = false;
  await page.locator(".wall").waitFor();
});

test.concurrent("C8 what one takes away is made on the device, also on a first visit that loses its network", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { page, context } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await markSays(page, "offline");
  await page.getByRole("button", { name: "Exporter" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download", { timeout: 30_000 }),
    page.getByRole("dialog").getByRole("button", { name: /Texte/u }).first().click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.txt$/u);
});

test.concurrent("K4 C1 what stands in a field is saved when the page is left, and not called saved before", async (context) => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const { page } = await stage.seat(workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const field = page.getByLabel("Lieu", { exact: true });
  // Looked at right after each letter, in the page: a busy machine may take so long to ask that it is saved by then.
  await page.evaluate(() => {
    const marks: (string | undefined)[] = [];
    Object.assign(globalThis, { marks });
    const look = (): unknown => marks.push(document.querySelector<HTMLElement>("[data-saved]")?.dataset["saved"]);
    addEventListener("input", () => setTimeout(look));
  });
  await field.pressSequentially("Salle Bab");
  const all = await page.waitForFunction((letters) => {
    const { marks } = globalThis as unknown as { marks: string[] };
    return marks.length === letters && marks;
  }, "Salle Bab".length);
  const marks = (await all.jsonValue()) || [];
  expect(marks.map((mark) => mark === "saved")).toEqual(marks.map(() => false));
  await markSays(page, "saved");
  expect(JSON.stringify(await minutesOf(server, workshop))).toContain("Salle Bab");
  // The last letters, and away at once.
  await field.pressSequentially("ylone");
  const again = page.context().newPage();
  await page.evaluate(() => dispatchEvent(new Event("beforeunload")));
  await page.close();
  const back = await again;
  await back.goto(workshop.addresses.write);
  await markSays(back, "saved");
  const { expect: here } = context;
  await here.poll(() => back.getByLabel("Lieu", { exact: true }).inputValue()).toBe("Salle Babylone");
});

test("K16 on a phone what is left to choose stays in sight, and the state of the workshop is in the menu", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const { page } = await stage.seat(workshop.addresses.manage, "Nadia", { width: 390, height: 844, phone: true });
  await page.getByRole("navigation").getByRole("button", { name: "Propositions" }).click();
  const line = page.locator(".capture__text:visible");
  for (let each = 1; each <= 14; each += 1) {
    await line.fill(`Proposition ${each}`);
    await line.press("Enter");
  }
  await page.getByRole("button", { name: "Faire choisir les plus importants" }).click();
  await page.getByRole("button", { name: "Ouvrir le choix" }).click();
  const left = page.locator(".pick-bar__left");
  await left.waitFor();
  await page.locator(".item").last().scrollIntoViewIfNeeded();
  const seen = (): Promise<boolean[]> =>
    left.evaluate((bar) => {
      const { left: x, top, height } = bar.getBoundingClientRect();
      return [scrollY > 300, bar.contains(document.elementFromPoint(x + 4, top + height / 2))];
    });
  await expect.poll(seen).toEqual([true, true]);
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "Où en est l’atelier ?" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Fermé/u })
    .waitFor();
});

test("K3 C23 taking a workshop off the list hands the focus on, and so does bringing it back", async () => {
  const context = await stage.desk();
  await context.addInitScript(() => {
    const known = ["Un", "Deux"].map((title) => ({
      id: title,
      title,
      link: "secret",
      capability: "write",
      visited: "2017-02-28T09:00:00.000Z",
    }));
    localStorage.setItem("minutier:known", JSON.stringify(known));
  });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.getByRole("button", { name: "Retirer de la liste : Un" }).press("Enter");
  await expect.poll(() => focused(page)).toBe("button Retirer de la liste : Deux".replace(" :", "\u00A0:"));
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("button Annuler");
});
