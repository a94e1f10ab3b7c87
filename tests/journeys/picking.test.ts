/** A room that chooses: phones pick while two scribes capture, the ranking fills itself, groups come back, proposals say where they come from. */
import type { Locator, Page } from "@playwright/test";
import { expect } from "vitest";
import type { ItemsSection } from "../../minutes/value.ts";
import { violationsOn } from "../support/audit.ts";
import { markSays, minutesOf, sitDown, type Sight } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

const PHONE: Sight = { width: 390, height: 844, phone: true };

const stage = setStage();
const { server } = stage;

const desk = async (address: string, name: string, sight?: Sight): Promise<Page> => {
  const context = await stage.desk(sight);
  const page = await sitDown(context, address, name);
  page.setDefaultTimeout(30_000);
  await markSays(page, "saved");
  return page;
};

/** A phone with a link that only votes is asked for no name. */
const phone = async (address: string): Promise<Page> => {
  const context = await stage.desk(PHONE);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  await page.locator("[data-sheet]").waitFor();
  return page;
};

const sectionOf = (page: Page, id: string): Locator => page.locator(`[id="section-${id}"]`);
const goTo = (page: Page, heading: string): Promise<void> =>
  page.getByRole("navigation").getByRole("button", { name: heading }).click();

const capture = async (page: Page, section: string, lines: readonly string[]): Promise<void> => {
  const line = sectionOf(page, section).locator(".capture__text");
  for (const text of lines) {
    await line.fill(text);
    await line.press("Enter");
  }
};
/** As they are seen, also where they are far from the screen and not laid out. */
const wordsIn = async (page: Page, section: string): Promise<string[]> =>
  (await sectionOf(page, section).locator(".item__text").allTextContents()).map((each) => each.replaceAll(/ +/gu, " "));
const itemsOf = async (workshop: Started, id: string): Promise<ItemsSection> => {
  const { sections } = await minutesOf(server, workshop);
  return sections.find((section): section is ItemsSection => section.id === id)!;
};
const exported = async ({ id, links }: Started, format: string): Promise<string> => {
  const headers = { authorization: `Bearer ${links.read}` };
  return (await fetch(`${server.url}/api/workshops/${id}/minutes.${format}`, { headers })).text();
};
const calm = async (page: Page): Promise<void> => {
  const violations = await violationsOn(page);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
};
/** As long as a loaded machine may take. */
const PATIENCE = { timeout: 30_000 };
/** The middle of something, once it stands still: whoever presses has looked where it is. */
const middleOf = async (place: Locator): Promise<[x: number, y: number]> => {
  let box = await place.boundingBox();
  const stands = async (): Promise<boolean> => {
    const before = box;
    box = await place.boundingBox();
    return box !== null && box.x === before?.x && box.y === before.y;
  };
  await expect.poll(stands, PATIENCE).toBe(true);
  return [box!.x + box!.width / 2, box!.y + box!.height / 2];
};
const look = async (page: Page, name: string): Promise<void> => {
  const folder = process.env["PICTURES"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

test("K16 K10 phones pick while two scribes capture: every screen agrees, the ranking fills itself, ties are settled by hand", async () => {
  const at = await startWorkshop(server.url, "atelier-facilite");
  const [facilitator, scribe, voter, other] = await Promise.all([
    desk(at.addresses.manage, "Céline"),
    desk(at.addresses.write, "Brice"),
    phone(at.addresses.vote),
    phone(at.addresses.vote),
  ]);
  const problems = ["Les fuites", "Le prix", "Les compteurs", "La sécheresse"];
  await Promise.all([
    capture(facilitator, "problemes", problems.slice(0, 2)),
    capture(scribe, "problemes", problems.slice(2)),
  ]);
  const picks = (page: Page): Locator => sectionOf(page, "problemes").locator(".pick");
  await goTo(voter, "Problèmes et enjeux");
  await goTo(other, "Problèmes et enjeux");
  expect(await picks(voter).count()).toBe(0);

  const section = sectionOf(facilitator, "problemes");
  await section.getByRole("button", { name: "Faire choisir les plus importants" }).click();
  await section.getByLabel("Combien de points chacun").fill("2");
  await look(facilitator, "pick-opening");
  await section.getByRole("button", { name: "Ouvrir le choix" }).click();

  await voter.getByText("Il vous en reste 2.").waitFor();
  await calm(voter);
  const pick = (page: Page, text: string): Locator => page.getByRole("button", { name: `Choisir : ${text}` });
  // While they pick, two go on capturing.
  const more = Promise.all([
    capture(facilitator, "problemes", ["L’arrosage", "Les piscines"]),
    capture(scribe, "problemes", ["Les égouts", "Les sols"]),
  ]);
  await pick(voter, "Les fuites").tap();
  await pick(voter, "Le prix").tap();
  await voter.getByText("Tous vos choix sont faits.").waitFor();
  await pick(other, "Les fuites").tap();
  await more;
  await pick(other, "Les compteurs").tap();
  await pick(voter, "La sécheresse").tap();
  await voter.getByText("Vos 2 choix sont faits : retirez-en un pour en faire un autre.").first().waitFor();
  await pick(voter, "Le prix").tap();
  await voter.getByText("Il vous en reste 1.").first().waitFor();
  await pick(voter, "La sécheresse").tap();
  await look(voter, "pick-phone");
  const tally = async (): Promise<[string, number][]> =>
    (await itemsOf(at, "problemes")).items.flatMap(({ text, votes }) => (votes ? [[text, votes]] : []));
  await expect
    .poll(async () => new Map(await tally()), PATIENCE)
    .toEqual(
      new Map([
        ["Les fuites", 2],
        ["Les compteurs", 1],
        ["La sécheresse", 1],
      ]),
    );

  // A list that moves between the press and the release takes the press along; everything that comes has come before.
  await expect.poll(() => wordsIn(facilitator, "problemes"), PATIENCE).toHaveLength(8);
  const button = pick(facilitator, "Les compteurs");
  await facilitator.mouse.move(...(await middleOf(button)));
  await facilitator.mouse.down();
  const moveBy = (pixels: number): Promise<void> =>
    section.locator(".items__list").evaluate((list: HTMLElement, by) => {
      list.style.translate = `0 ${by}px`;
    }, pixels);
  await moveBy(90);
  await facilitator.mouse.up();
  await moveBy(0);
  await section.locator('.pick[aria-pressed="true"]').waitFor();
  await button.click();
  await section.locator('.pick[aria-pressed="true"]').waitFor({ state: "detached" });

  // A page that comes back finds its picks.
  await voter.reload();
  await voter.locator("[data-sheet]").waitFor();
  await goTo(voter, "Problèmes et enjeux");
  await expect.poll(() => voter.locator('.pick[aria-pressed="true"]').count(), PATIENCE).toBe(2);
  await voter.getByText("Tous vos choix sont faits.").waitFor();

  // Chronological by the order of the server, the same on every screen.
  const kept = (await itemsOf(at, "problemes")).items;
  expect(kept.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const page of [facilitator, scribe, voter, other])
    await expect.poll(() => wordsIn(page, "problemes"), PATIENCE).toEqual(kept.map(({ text }) => text));
  const ranking = sectionOf(facilitator, "priorites");
  await ranking.locator(".ranked[data-row]").nth(2).waitFor();
  await expect.poll(() => ranking.locator(".ranked__tied").count(), PATIENCE).toBe(2);
  await section.getByRole("button", { name: "Terminer le choix" }).click();
  await ranking.getByText("Rempli par les choix, à confirmer.").waitFor();
  await look(facilitator, "ranking");
  await calm(facilitator);
  const order = await ranking.locator(".ranked[data-row] .item__text").allTextContents();
  expect(order[0]).toBe("Les fuites");
  // Whoever moves one settles the tie.
  await ranking.locator(".ranked[data-row]").nth(2).locator(".menu__button").focus();
  await facilitator.keyboard.press("Alt+ArrowUp");
  await ranking.getByRole("button", { name: "Revenir à l’ordre des choix" }).waitFor();
  await expect
    .poll(() => ranking.locator(".ranked[data-row] .item__text").allTextContents(), PATIENCE)
    .toEqual([order[0], order[2], order[1]]);
  await markSays(facilitator, "saved");
  const text = await exported(at, "txt");
  expect(text).toContain(
    `1. Les fuites\n   2 choix\n2. ${order[2]}\n   1 choix\n3. ${order[1]}\n   1 choix\n\nSolutions\n`,
  );
  await expect.poll(() => picks(voter).count(), PATIENCE).toBe(0);
  await look(facilitator, "picked");
}, 240_000);

test("K17 K18 K19 groups by their own address come back in one action; a proposal dropped on says where it comes from", async () => {
  const at = await startWorkshop(server.url, "atelier-facilite");
  const facilitator = await desk(at.addresses.manage, "Céline");
  const solutions = sectionOf(facilitator, "solutions");
  await solutions.getByRole("button", { name: "Répartir en groupes" }).click();
  await solutions.getByLabel("Nombre de groupes").fill("3");
  await solutions.getByRole("button", { name: "Répartir", exact: true }).click();
  await markSays(facilitator, "saved");
  const { groups } = await itemsOf(at, "solutions");
  expect(groups.map(({ letter }) => letter)).toEqual(["A", "B", "C"]);
  await solutions.getByRole("button", { name: "Adresses des groupes" }).click();
  await facilitator.locator(".group-card .qr").nth(2).waitFor();
  await look(facilitator, "group-addresses");
  const [wall] = await Promise.all([
    facilitator.context().waitForEvent("page"),
    facilitator.getByRole("link", { name: "Projeter ce groupe" }).first().click(),
  ]);
  // A page that another one stands in front of draws once a second.
  await facilitator.bringToFront();
  await facilitator.keyboard.press("Escape");

  // What the codes of A and B hold.
  const join = (index: number): string => `${server.url}/j/${at.code}#&group=solutions:${groups[index]!.id}`;
  const [brice, nadia] = await Promise.all([desk(join(0), "Brice", PHONE), desk(join(1), "Nadia", PHONE)]);
  await sectionOf(brice, "solutions")
    .getByRole("button", { name: "Voir seulement le groupe A)", pressed: true })
    .waitFor();
  await Promise.all([
    capture(brice, "solutions", ["Un compteur par logement", "Des citernes"]),
    capture(nadia, "solutions", ["un compteur par  logement.", "Une alerte"]),
  ]);
  await look(brice, "group-phone");
  await expect.poll(() => wordsIn(brice, "solutions"), PATIENCE).toEqual(["Un compteur par logement", "Des citernes"]);
  await expect.poll(() => wordsIn(facilitator, "solutions"), PATIENCE).toHaveLength(4);
  // The wall of group A shows group A alone.
  const onWall = (): Promise<string[]> => wall.locator(".wall__words").allInnerTexts();
  await expect.poll(onWall, PATIENCE).toEqual(["Un compteur par logement", "Des citernes"]);
  await look(wall, "group-wall");

  await solutions.getByRole("button", { name: "Réunir les groupes" }).click();
  await expect.poll(() => wordsIn(facilitator, "solutions"), PATIENCE).toHaveLength(3);
  await facilitator.getByText("Groupes réunis. 1 doublon fusionné. 1 vide retiré.").first().waitFor();
  await facilitator.getByText("Annuler", { exact: true }).click();
  await expect.poll(() => wordsIn(facilitator, "solutions"), PATIENCE).toHaveLength(4);
  await solutions.getByRole("button", { name: "Réunir les groupes" }).click();
  await expect.poll(() => wordsIn(brice, "solutions"), PATIENCE).toHaveLength(3);
  await markSays(facilitator, "saved");
  const together = (await itemsOf(at, "solutions")).items;
  const twin = together.find(({ merged }) => merged)!;
  expect(new Set([twin.author, ...twin.merged!.map(({ author }) => author)])).toEqual(new Set(["Brice", "Nadia"]));

  // By the order of capture, and back: a view.
  await solutions.getByLabel("Ordre").selectOption("captured");
  const captured = together.toSorted((a, b) => a.number - b.number).map(({ text }) => text.replaceAll(/\s+/g, " "));
  await expect.poll(() => wordsIn(facilitator, "solutions"), PATIENCE).toEqual(captured);
  await solutions.getByLabel("Ordre").selectOption("arranged");

  await capture(facilitator, "synthese", ["Mesurer et prévenir"]);
  const proposal = sectionOf(facilitator, "synthese").locator(".item").first();
  await proposal.waitFor();
  await markSays(facilitator, "saved");
  const alert = solutions.locator(".item", { hasText: "Une alerte" });
  await alert.hover();
  await facilitator.mouse.move(...(await middleOf(alert.locator(".menu__button"))));
  await facilitator.mouse.down();
  await facilitator.mouse.move(...(await middleOf(proposal)), { steps: 8 });
  await facilitator.mouse.up();
  const number = together.find(({ text }) => text === "Une alerte")!.number;
  await proposal.getByText(`d’après ${number}`).waitFor();
  await alert.getByText("repris dans la proposition 1").waitFor();
  // The same by keyboard and on a phone: box by box, from the other side.
  const row = sectionOf(nadia, "solutions").locator(".item", { hasText: "compteur" });
  await row.locator(".menu__button").tap();
  await nadia.getByRole("menuitem", { name: "Reprendre dans…" }).click();
  await nadia.getByRole("checkbox", { name: "1. Mesurer et prévenir" }).check();
  await look(nadia, "into-phone");
  await nadia.getByRole("button", { name: "Terminé" }).click();
  const sources = [number, twin.number].toSorted((a, b) => a - b).join(", ");
  await proposal.getByText(`d’après ${sources}`).waitFor();
  await look(facilitator, "synthesis");
  await calm(facilitator);
  await markSays(nadia, "saved");
  for (const format of ["md", "html", "txt", "csv", "json"]) {
    const words = (await exported(at, format)).replaceAll(/<[^>]*>|[*_"]/g, "");
    expect(words).toContain(`d’après ${sources}`);
    expect(words.match(/repris dans la proposition 1/g)).toHaveLength(2);
  }
}, 240_000);

test("K3 whoever opens a choice and writes on is not called back when the server has answered", async () => {
  const at = await startWorkshop(server.url, "propositions-en-direct");
  const facilitator = await desk(at.addresses.manage, "Céline");
  await capture(facilitator, "propositions", ["Un banc"]);
  await markSays(facilitator, "saved");
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  await facilitator.route("**/votes", async (route) => {
    await answered;
    await route.continue();
  });
  const list = sectionOf(facilitator, "propositions");
  await list.getByRole("button", { name: "Faire choisir les plus importants" }).click();
  await list.getByRole("button", { name: "Ouvrir le choix" }).click();
  const line = list.locator(".capture__text");
  await line.click();
  await facilitator.keyboard.type("Un til");
  answer();
  await list.locator(".items__form").waitFor({ state: "detached" });
  await facilitator.keyboard.type("leul");
  await list.locator(".pick-bar").waitFor();
  expect(await line.inputValue()).toBe("Un tilleul");
}, 120_000);
