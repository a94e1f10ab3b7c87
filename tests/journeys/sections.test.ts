/** Every template filled by two people through the interface, and what the server then holds and exports. */
import type { Locator, Page } from "@playwright/test";
import { expect } from "vitest";
import type { Section } from "../../minutes/value.ts";
import { violationsOn } from "../support/audit.ts";
import { test } from "../support/in-browser.ts";
import { markSays, minutesOf, sitDown, type Sight } from "../support/desk.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

const stage = setStage();
const { server } = stage;

const desk = async (address: string, name: string, sight?: Sight): Promise<Page> => {
  const context = await stage.desk(sight);
  const page = await sitDown(context, address, name);
  await markSays(page, "saved");
  return page;
};

const sectionOf = (page: Page, id: string): Locator => page.locator(`[id="section-${id}"]`);

/** Writes in a rich text as somebody does who clicks into it. */
const write = async (page: Page, section: string, label: string | RegExp, text: string): Promise<void> => {
  // A text that is awake already stands in front of its still: on a slow machine it is, by the focus it was given.
  await sectionOf(page, section).getByLabel(label).filter({ visible: true }).last().click();
  await page.keyboard.type(text);
};

const capture = async (page: Page, section: string, ...lines: string[]): Promise<void> => {
  const line = sectionOf(page, section).locator(".capture__text");
  for (const text of lines) {
    await line.fill(text);
    await line.press("Enter");
  }
};

const addPerson = async (page: Page, section: string, name: string, organisation: string, sector?: string) => {
  const form = sectionOf(page, section).getByRole("form");
  if (sector) await form.getByLabel("Secteur").selectOption(sector);
  await form.getByLabel("Prénom ou nom").fill(name);
  await form.getByLabel("Organisation").fill(organisation);
  await form.getByLabel("Organisation").press("Enter");
};

/** What the server holds of a section, once everything shown is saved. */
const kept = async (workshop: Started, id: string, ...pages: Page[]): Promise<Section | undefined> => {
  await Promise.all(pages.map((page) => markSays(page, "saved")));
  return (await minutesOf(server, workshop)).sections.find((section) => section.id === id);
};

const exported = async ({ id, links }: Started, extension: string): Promise<string> => {
  const answer = await fetch(`${server.url}/api/workshops/${id}/minutes.${extension}`, {
    headers: { authorization: `Bearer ${links.read}` },
  });
  expect(answer.status).toBe(200);
  return (await answer.text()).replaceAll("\u00A0", " ");
};

test("a facilitated workshop, from the participants to the synthesis", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const [nadia, brice] = await Promise.all([
    desk(workshop.addresses.write, "Nadia"),
    desk(workshop.addresses.write, "Brice"),
  ]);
  await addPerson(nadia, "participants", "", "Union de consommateurs", "Société Civile");
  await addPerson(brice, "participants", "Céline", "Commune", "Administrations publiques");
  await sectionOf(nadia, "participants").getByText("Céline").waitFor();
  // The two of them are listed by having come in.
  await expect.poll(() => sectionOf(nadia, "participants").locator(".people__count strong").textContent()).toBe("4");
  const people = await kept(workshop, "participants", nadia, brice);
  expect(people?.kind === "people" && people.people).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ organisation: "Union de consommateurs", sector: "Société Civile" }),
      expect.objectContaining({ name: "Céline", organisation: "Commune", sector: "Administrations publiques" }),
    ]),
  );

  const format = sectionOf(nadia, "format");
  await format.getByLabel("Date", { exact: true }).fill("28 février 2017");
  await format.getByLabel("Lieu", { exact: true }).fill("Salle Babylone");
  await format.getByLabel("Nombre de facilitateurs", { exact: true }).fill("2");
  await format.getByLabel("Nombre de facilitateurs", { exact: true }).press("Enter");
  await expect
    .poll(() => kept(workshop, "format", nadia))
    .toMatchObject({
      fields: [{ value: "2017-02-28" }, { value: "Salle Babylone" }, { value: "120" }, { value: "2" }],
    });

  const deroule = sectionOf(brice, "deroule");
  await deroule.getByText("c’est la durée prévue").waitFor();
  await deroule.getByLabel("Durée").first().fill("20");
  await deroule.getByLabel("Durée").first().press("Enter");
  await sectionOf(nadia, "deroule").getByText("5 min de trop").waitFor();

  await capture(nadia, "problemes", "Un cinquième de l’eau se perd", "Personne ne sait combien il consomme");
  await capture(brice, "problemes", "L’eau de pluie part à l’égout");
  await sectionOf(brice, "problemes").locator(".item").nth(2).waitFor();
  const chooser = sectionOf(brice, "priorites").getByRole("combobox");
  await chooser.selectOption({ label: "3. L’eau de pluie part à l’égout" });
  await sectionOf(nadia, "priorites").locator(".ranked:not(.ranked--empty)", { hasText: "pluie" }).waitFor();
  await sectionOf(nadia, "priorites").getByRole("combobox").selectOption({ label: "1. Un cinquième de l’eau se perd" });
  await expect
    .poll(() => kept(workshop, "priorites", nadia, brice))
    .toMatchObject({
      ranked: [{ text: "L’eau de pluie part à l’égout" }, { text: "Un cinquième de l’eau se perd" }],
      overflow: [],
      size: 6,
    });

  await capture(nadia, "solutions", "Des compteurs par logement", "Des citernes", "Chercher les fuites");
  await capture(nadia, "synthese", "Mesurer et réparer");
  await sectionOf(nadia, "synthese")
    .getByRole("button", { name: /Déplacer/u })
    .click();
  await nadia.getByRole("menuitem", { name: "Reprend d’autres points…" }).click();
  const solutions = nadia.getByRole("dialog").getByRole("group", { name: "Solutions" });
  await solutions.getByLabel("1. Des compteurs").check();
  await solutions.getByLabel("3. Chercher les fuites").check();
  await nadia.keyboard.press("Escape");
  await sectionOf(brice, "synthese").getByText("d’après 1, 3").waitFor();

  await markSays(nadia, "saved");
  const markdown = await exported(workshop, "md");
  for (const words of ["28 février 2017", "Salle Babylone", "Nombre : 4", "Des citernes", "Mesurer et réparer"]) {
    expect(markdown).toContain(words);
  }
  // Six slots, two filled: the empty ones are not exported.
  expect(markdown.slice(markdown.indexOf("Choisissez les trois"), markdown.indexOf("## Solutions"))).not.toContain(
    "3.",
  );
}, 90_000);

test("proposals noted live: two people capture at once, number and order stay", async () => {
  const workshop = await startWorkshop(server.url, "propositions-en-direct");
  const [nadia, brice] = await Promise.all([
    desk(workshop.addresses.write, "Nadia"),
    desk(workshop.addresses.write, "Brice"),
  ]);
  const numbers = Array.from({ length: 6 }, (_, n) => n + 1);
  await Promise.all([
    capture(nadia, "propositions", ...numbers.map((n) => `Nadia ${n}`)),
    capture(brice, "propositions", ...numbers.map((n) => `Brice ${n}`)),
  ]);
  await sectionOf(nadia, "propositions").locator(".item").nth(11).waitFor();
  await sectionOf(brice, "propositions").locator(".item").nth(11).waitFor();
  const propositions = await kept(workshop, "propositions", nadia, brice);
  const items = propositions?.kind === "items" ? propositions.items : [];
  expect(items.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 12 }, (_, n) => n + 1),
  );
  for (const name of ["Nadia", "Brice"]) {
    const own = items.filter(({ author }) => author === name).toSorted((a, b) => a.number - b.number);
    expect(own.map(({ text }) => text)).toEqual(numbers.map((n) => `${name} ${n}`));
  }
  const fiche = sectionOf(brice, "fiche");
  await fiche.getByLabel("Nombre de participants", { exact: true }).fill("plus de 40");
  await fiche.getByLabel("Nombre de participants", { exact: true }).press("Enter");
  await expect
    .poll(() => kept(workshop, "fiche", brice))
    .toMatchObject({ fields: expect.arrayContaining([expect.objectContaining({ id: "participants", value: ">40" })]) });
  expect(await exported(workshop, "txt")).toContain("Plus de 40");
}, 60_000);

test("open-space minutes: bullets, groups A) B) with their headings, and the notice", async () => {
  const workshop = await startWorkshop(server.url, "forum-ouvert");
  const [nadia, brice] = await Promise.all([
    desk(workshop.addresses.write, "Nadia"),
    desk(workshop.addresses.write, "Brice"),
  ]);
  await write(
    nadia,
    "discussion",
    "Éléments principaux de la discussion",
    "- Penser le modèle financier\nPeu d’études d’impact",
  );
  await addPerson(brice, "initiateur", "Brice", "");
  await sectionOf(brice, "pistes").getByRole("button", { name: "Ajouter un groupe" }).click();
  // A new group is named at once: nobody has to touch it first.
  await brice.locator('.ProseMirror-focused[aria-label="Titre du groupe A"]').waitFor();
  await brice.keyboard.type("Mise en œuvre");
  await sectionOf(nadia, "pistes").getByText("Mise en œuvre").first().waitFor();
  const group = sectionOf(nadia, "pistes").getByLabel("Groupe de ce qui est ajouté");
  await group.selectOption({ label: "A) Mise en œuvre" });
  await capture(nadia, "pistes", "Utiliser l’existant et l’améliorer");
  await expect
    .poll(() => kept(workshop, "pistes", nadia, brice))
    .toMatchObject({
      groups: [{ letter: "A", text: "Mise en œuvre" }],
      items: [{ text: "Utiliser l’existant et l’améliorer" }],
    });
  expect(await kept(workshop, "discussion", nadia)).toMatchObject({
    body: [
      { kind: "bullet", spans: [{ text: "Penser le modèle financier" }] },
      { kind: "bullet", spans: [{ text: "Peu d’études d’impact" }] },
    ],
  });
  const markdown = await exported(workshop, "md");
  for (const words of [
    "- Penser le modèle financier",
    "A) Mise en œuvre",
    "Utiliser l’existant et l’améliorer",
    "Brice",
  ]) {
    expect(markdown).toContain(words);
  }
  await sectionOf(nadia, "suite").getByRole("img", { name: /QR/u }).waitFor();
}, 60_000);

test("K11 the structure of a blank workshop is made, seen at once by the others, and read-only links see no control", async () => {
  const workshop = await startWorkshop(server.url, "vierge");
  const [nadia, brice] = await Promise.all([
    desk(workshop.addresses.manage, "Nadia"),
    desk(workshop.addresses.write, "Brice"),
  ]);
  await nadia.getByRole("button", { name: "Autres actions" }).click();
  await nadia.getByRole("menuitem", { name: "Modifier la structure" }).click();
  await nadia.getByRole("button", { name: /^Liste de points/u }).click();
  await nadia.locator(".structure__heading").last().fill("Pistes");
  await nadia.locator(".structure__heading").last().press("Enter");
  await brice.getByRole("heading", { name: "Pistes" }).waitFor();
  await brice.locator(".capture__text").last().fill("Une piste");
  await brice.locator(".capture__text").last().press("Enter");
  await Promise.all([markSays(nadia, "saved"), markSays(brice, "saved")]);
  const context = await stage.desk();
  const reader = await context.newPage();
  await reader.goto(workshop.addresses.read);
  await reader.getByText("Une piste").waitFor();
  expect(await reader.locator("main").locator("input, textarea, select, [contenteditable=true]").count()).toBe(0);
}, 60_000);

test("K11 a template answer on this server is edited in the same place, and the next workshop starts from it", async () => {
  const { id, links } = await startWorkshop(server.url, "propositions-en-direct");
  const answer = await fetch(`${server.url}/api/workshops/${id}/duplicates`, {
    method: "POST",
    headers: { authorization: `Bearer ${links.manage}`, "content-type": "application/json" },
    body: JSON.stringify({ text: false, kind: "template", title: "Comité de quartier" }),
  });
  const template = (await answer.json()) as Started;
  // A template has no door: whoever keeps it comes to work on its structure.
  const context = await stage.desk();
  const page = await context.newPage();
  await page.goto(template.addresses.manage);
  await page.locator(".structure").first().waitFor();
  const contexte = sectionOf(page, "contexte").locator(".structure");
  await contexte.getByLabel("Titre de la section").fill("Pourquoi nous sommes là");
  await contexte.getByLabel(/^Consigne/u).fill("Deux phrases suffisent.");
  await contexte.getByRole("button", { name: /^Descendre la section/u }).click();
  await sectionOf(page, "methode").getByRole("button", { name: "Retirer la section", exact: true }).click();
  await sectionOf(page, "methode").waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Déroulé/u }).click();
  await page.locator(".section--runsheet").waitFor();
  await markSays(page, "saved");
  const next = await startWorkshop(server.url, template.id);
  const { sections } = await minutesOf(server, next);
  expect(sections.map(({ heading }) => heading)).toEqual([
    "La rencontre",
    "Objectif",
    "Pourquoi nous sommes là",
    "Propositions",
    "Publication",
    "Déroulé",
  ]);
  expect(sections[2]?.guidance).toBe("Deux phrases suffisent.");
}, 60_000);

/** What axe finds on the page as it stands. */
const audit = async (page: Page): Promise<unknown> => {
  const violations = await violationsOn(page);
  return violations.map(({ id, nodes }) => [id, nodes.map(({ target, failureSummary }) => [target, failureSummary])]);
};

/** Puts a person or an item into a section, where it takes one. */
const fill = async (page: Page, id: string): Promise<void> => {
  if (await sectionOf(page, id).locator(".capture__text").isVisible()) await capture(page, id, "Un point");
  const name = sectionOf(page, id).getByLabel("Prénom ou nom");
  if (await name.isVisible()) await addPerson(page, id, "Céline", "Commune");
};

/** Controls of the sheet too small for a thumb. */
const small = (page: Page): Promise<string[]> =>
  page.locator("main").evaluate((main) =>
    [...main.querySelectorAll<HTMLElement>("button, input:not([aria-hidden]), textarea, select")]
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 44 || box.width < 44))
      .map(({ control, box }) => `${control.className} ${Math.round(box.width)}×${Math.round(box.height)}`),
  );

test("axe finds nothing in any section on a phone, and every control is large enough for a thumb", async () => {
  const workshop = await startWorkshop(server.url, "atelier-facilite");
  const page = await desk(workshop.addresses.write, "Nadia", { width: 390, height: 844, phone: true });
  for (const [index, { id }] of (await minutesOf(server, workshop)).sections.entries()) {
    await page.locator(".outline__link").nth(index).click();
    await sectionOf(page, id).waitFor();
    await fill(page, id);
    expect([id, await audit(page)]).toEqual([id, []]);
    expect([id, await small(page)]).toEqual([id, []]);
  }
}, 90_000);

test("axe finds nothing on a computer: filled, with a menu open, with every form open, in structure", async () => {
  const workshop = await startWorkshop(server.url, "retour-suites");
  const page = await desk(workshop.addresses.write, "Nadia");
  for (const { id } of (await minutesOf(server, workshop)).sections) await fill(page, id);
  expect(await audit(page)).toEqual([]);
  await sectionOf(page, "suites")
    .getByRole("button", { name: /Déplacer/u })
    .click();
  expect(await audit(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await sectionOf(page, "suites").locator(".action__line").click();
  expect(await audit(page)).toEqual([]);
  await page.getByRole("button", { name: "Autres actions" }).click();
  await page.getByRole("menuitem", { name: "Modifier la structure" }).click();
  await page.locator(".structure").first().waitFor();
  expect(await audit(page)).toEqual([]);
}, 90_000);
