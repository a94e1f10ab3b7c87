/** The editor comes as a file of its own: whoever touches a text before it is there loses neither the touch nor a letter. */
import type { Page } from "@playwright/test";
import { expect } from "vitest";
import * as Y from "yjs";
import { LiveClient } from "../support/clients.ts";
import { markSays, minutesOf, sitDown } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

const stage = setStage();
const { server } = stage;

/** A page whose editor waits until `open` is called; `refuse` makes the network refuse it instead. */
const slowDesk = async (workshop: Started) => {
  const desk = await stage.desk();
  let refused = false;
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  await desk.route("**/editing-*.js", async (route) => {
    if (refused) return route.abort();
    await gate;
    await route.continue();
  });
  const page = await sitDown(desk, workshop.addresses.write, "Nadia");
  return { desk, page, open, refuse: (now: boolean) => (refused = now) };
};

const issue = (page: Page) => page.getByRole("textbox", { name: "Problématique" }).first();

const bodyOf = async (workshop: Started): Promise<unknown> => {
  const { sections } = await minutesOf(server, workshop);
  const section = sections.find(({ id }) => id === "sujet");
  return section?.kind === "prose" ? section.body.map(({ kind, spans }) => [kind, spans[0]?.text]) : undefined;
};

const TYPED = [
  ["bullet", "un mot"],
  ["bullet", "puis un autre"],
];

test("E9 what is typed before the editor is there is in the text when it comes", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { desk, page, open } = await slowDesk(workshop);
  await issue(page).click();
  await page.keyboard.type("- un mot\npuis un");
  open();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.type(" autre");
  await page.locator('[data-saved="saving"]').waitFor({ state: "detached" });
  await markSays(page, "saved");
  await expect.poll(() => bodyOf(workshop)).toEqual(TYPED);
  await desk.close();
});

test("E9 whoever went on elsewhere meanwhile is not called back", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { desk, page, open } = await slowDesk(workshop);
  await issue(page).click();
  await page.keyboard.type("- un mot\npuis un autre");
  await page.locator(".capture__text").focus();
  open();
  await expect.poll(() => bodyOf(workshop)).toEqual(TYPED);
  await expect.poll(() => issue(page).innerText()).toContain("un mot");
  expect(await page.locator(".capture__text").evaluate((each) => each === document.activeElement)).toBe(true);
  await desk.close();
});

test("E9 where the editor cannot be fetched the words stay, and the next touch tries again", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const { desk, page, open, refuse } = await slowDesk(workshop);
  refuse(true);
  await page.reload();
  await page.locator("[data-sheet]").waitFor();
  await issue(page).click();
  await page.keyboard.type("- un mot\n");
  await page.getByRole("region", { name: "Messages" }).getByText("Le serveur ne répond pas").waitFor();
  refuse(false);
  open();
  await issue(page).click();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.type("puis un autre");
  await expect.poll(() => bodyOf(workshop)).toEqual(TYPED);
  await desk.close();
});

test("E9 a text that moves away from under a press wakes where it was pressed, and not where the press was another's", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const other = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await other.saved();
  const above = other.doc.getText("prose:sujet");
  const talk = other.doc.getText("prose:discussion");
  talk.insert(0, "Une place vide.");
  const desk = await stage.desk({ width: 1440, height: 4_000 });
  const page = await sitDown(desk, workshop.addresses.write, "Nadia");
  await markSays(page, "saved");
  const line = page.getByText("Une place vide.");
  const grow = async (): Promise<void> => {
    const before = (await line.boundingBox())!.y;
    for (let count = 0; count < 12; count += 1) {
      above.insertEmbed(0, new Y.Map([["kind", "paragraph"]]));
      above.insert(0, "Où passent les élèves quand il pleut ?");
    }
    await expect.poll(async () => (await line.boundingBox())!.y).toBeGreaterThan(before + 200);
  };

  // Whoever comes in is listed above, which moves the line as well.
  await page.locator(".section--people", { hasText: "Nadia" }).waitFor();
  await line.hover({ position: { x: 2, y: 8 } });
  await page.mouse.down();
  await grow();
  await page.mouse.up();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.type("Ici : ");
  await expect.poll(() => talk.toString()).toContain("Ici : Une place vide.");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");

  // A press that was drawn elsewhere meant something else.
  await line.hover({ position: { x: 2, y: 8 } });
  await page.mouse.down();
  await grow();
  await page.mouse.move(300, 40);
  await page.mouse.up();
  await page.locator(".capture__text").click();
  expect(await page.locator(".ProseMirror-focused").count()).toBe(0);
  other.destroy();
  await desk.close();
});

test("E9 a press on words that somebody else writes in meanwhile wakes the text", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const other = new LiveClient({ url: server.live }, workshop.id, workshop.links.write);
  await other.saved();
  const text = other.doc.getText("prose:sujet");
  text.insert(0, "D’abord ceci.");
  const page = await stage.seat(workshop.addresses.write, "Nadia").then((seat) => seat.page);
  await markSays(page, "saved");

  // A menu that opens takes the lifting of the button for itself.
  const talk = page.getByRole("textbox", { name: "Éléments principaux" });
  const said = other.doc.getText("prose:discussion");
  await talk.hover();
  await page.mouse.down({ button: "right" });
  said.insert(0, "Le temps.");
  await talk.getByText("Le temps.").waitFor();
  await page.mouse.up({ button: "right" });
  await page.locator(".capture__text").focus();
  // A finger that scrolls the page asks for nothing, and the next focus is not its own.
  await talk.dispatchEvent("pointerdown", { button: 0, pointerId: 7 });
  await talk.dispatchEvent("pointerup", { pointerId: 8 });
  said.insert(0, "Un peu. ");
  other.doc.getText("title").insert(0, " couvert");
  await page.locator(".paper__title", { hasText: "couvert" }).waitFor();
  expect(await talk.innerText()).toBe("Le temps.");
  await talk.dispatchEvent("pointercancel", { pointerId: 7 });
  await talk.getByText("Un peu. Le temps.").waitFor();
  await talk.focus();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.press("Escape");

  await issue(page).locator("p").first().hover();
  await page.mouse.down();
  // So much that the line is taken for another.
  text.insert(0, "Où passent les élèves quand il pleut, et qui s’en occupe après l’étude ? ");
  other.doc.getText("title").insert(0, "Le préau");
  // What came before it has been taken in.
  await page.locator(".paper__title", { hasText: "Le préau" }).waitFor();
  await page.mouse.up();
  await page.locator(".ProseMirror-focused").waitFor();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" Voilà.");
  await expect.poll(() => text.toString()).toContain("D’abord ceci. Voilà.");
  other.destroy();
});
