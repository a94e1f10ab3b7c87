/** Real open-space minutes, written through the interface as people write them, then exported and read without a script. */
import type { Locator, Page } from "@playwright/test";
import { beforeAll, expect, vi } from "vitest";
import { markSays, minutesOf } from "../support/desk.ts";
import { test } from "../support/in-browser.ts";
import { startWorkshop, type Started } from "../support/server.ts";
import { setStage } from "../support/stage.ts";

vi.setConfig({ testTimeout: 120_000 });

const TITLE = "Où accueillir les élèves l’été, à l’école ou ailleurs ?";
const NOTICE = "Cet espace de co-écriture reste à votre disposition pour continuer à parler de ce sujet :";
const LABELS = [
  "Compte-rendu de l'atelier",
  "Problématique",
  "Initiateur",
  "Participants",
  "Éléments principaux de la discussion",
  "Pistes d'actions",
  "Quels éléments vous ont manqué pour avancer dans la discussion (points de blocage) ?",
];
const ISSUE = [
  "Les écoles ferment huit semaines : que deviennent les élèves ?",
  "Faut-il un lieu unique ?",
  "Réponse : non, trois lieux proches valent mieux qu’un grand.",
];
const DISCUSSION: [indent: number, words: string][] = [
  [0, "Peu d’études d’impact, et aucune sur l’été"],
  [0, "Ça coûte 12 € par élève et par jour, soit 3,5 % du budget"],
  [1, "hors transport (« navette »)"],
  [1, "à Noël : 9 €"],
  [2, "sauf la semaine du 24"],
  [0, "Où trouver des aînés disponibles dès juillet ?"],
];
const GROUPS: { letter: string; heading: string; items: { words: string; nested: string[] }[] }[] = [
  {
    letter: "A",
    heading: "Mise en œuvre",
    items: [
      { words: "Utiliser l’existant et l’améliorer", nested: ["la cour d’école", "le préau, s’il pleut"] },
      { words: "Créer un groupe de 5 à 7 élèves", nested: [] },
    ],
  },
  {
    letter: "B",
    heading: "Financement à long terme",
    items: [{ words: "Réunir État, région & communes", nested: ["avant le 1er février 2018"] }],
  },
];
const BLOCKERS = ["Le nombre d’élèves concernés : ± 350 ?", "Quelqu’un de la mairie pour nous dire ce qu’il en coûte."];
const PEOPLE: [name: string, organisation: string][] = [
  ["Brice", "Conseil de quartier"],
  ["Céline", "Médiathèque « L’Œil »"],
  ["Nadia", ""],
];

const stage = setStage();
const { server } = stage;
let workshop: Started;

beforeAll(async () => {
  workshop = await startWorkshop(server.url, "forum-ouvert");
});

const sectionOf = (page: Page, id: string): Locator => page.locator(`[id="section-${id}"]`);

const openText = async (text: Locator): Promise<void> => {
  await text.click();
  await text.page().locator(".ProseMirror-focused").waitFor();
};

/** A list as it is typed: Tab and Shift+Tab for the depth. */
const typeList = async (page: Page, lines: readonly [indent: number, words: string][]): Promise<void> => {
  let depth = 0;
  for (const [index, [indent, words]] of lines.entries()) {
    if (index === 0) await page.keyboard.type("- ");
    else await page.keyboard.press("Enter");
    for (; depth < indent; depth += 1) await page.keyboard.press("Tab");
    for (; depth > indent; depth -= 1) await page.keyboard.press("Shift+Tab");
    await page.keyboard.type(words);
  }
};

const addPerson = async (page: Page, section: string, [name, organisation]: [string, string]): Promise<void> => {
  const form = sectionOf(page, section).getByRole("form");
  await form.getByLabel("Prénom ou nom").fill(name);
  await form.getByLabel("Organisation").fill(organisation);
  await form.getByLabel("Organisation").press("Enter");
};

const write = async (page: Page): Promise<void> => {
  await openText(page.getByRole("textbox", { name: "Titre", exact: true }));
  await page.keyboard.type(TITLE);
  await openText(page.getByRole("textbox", { name: "Problématique" }));
  await page.keyboard.type(ISSUE.join("\n"));
  await addPerson(page, "initiateur", ["Céline", ""]);
  for (const person of PEOPLE) await addPerson(page, "participants", person);
  await openText(page.getByRole("textbox", { name: "Éléments principaux de la discussion" }));
  await typeList(page, DISCUSSION);
  const pistes = sectionOf(page, "pistes");
  for (const { letter, heading, items } of GROUPS) {
    await pistes.getByRole("button", { name: "Ajouter un groupe" }).click();
    // A new group is named at once: nobody has to touch it first.
    await pistes.locator(`.ProseMirror-focused[aria-label="Titre du groupe ${letter}"]`).waitFor();
    await page.keyboard.type(heading);
    await page.keyboard.press("Enter");
    const group = pistes.getByLabel("Groupe de ce qui est ajouté");
    await group.selectOption({ label: `${letter}) ${heading}` });
    for (const { words, nested } of items) {
      const line = pistes.locator(".capture__text");
      await line.click();
      await page.keyboard.type(words);
      await page.keyboard.press("Enter");
      const item = pistes.locator(".item", { hasText: words });
      await item.waitFor();
      if (nested.length === 0) continue;
      await openText(item.getByRole("textbox"));
      await page.keyboard.press("Control+End");
      await page.keyboard.press("Enter");
      await typeList(
        page,
        nested.map((each): [number, string] => [0, each]),
      );
      await page.keyboard.press("Escape");
    }
  }
  await openText(page.getByRole("textbox", { name: "Quels éléments vous ont manqué" }));
  await page.keyboard.type(BLOCKERS.join("\n"));
  await markSays(page, "saved");
};

/** Spaces as people see them. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/gu, " ");

const exported = async (extension: string): Promise<string> => {
  const answer = await fetch(`${server.url}/r/${workshop.links.read}/minutes.${extension}`);
  expect(answer.status).toBe(200);
  return plain(await answer.text());
};

/** Every line that was written, in the order of the minutes. */
const ALL = [
  TITLE,
  ...ISSUE,
  ...DISCUSSION.map(([, words]) => words),
  ...GROUPS.flatMap(({ letter, heading, items }) => [
    `${letter}) ${heading}`,
    ...items.flatMap(({ words, nested }) => [words, ...nested]),
  ]),
  ...BLOCKERS,
  NOTICE,
];

const expectAll = (text: string): void => {
  for (const words of [...LABELS, ...ALL, "Médiathèque « L’Œil »", "Conseil de quartier"])
    expect(text).toContain(words);
  const places = ALL.map((words) => text.indexOf(words));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
};

test("W06 written by hand: every label, number, letter and accent, in each format and on the reading page", async () => {
  const { page } = await stage.seat(workshop.addresses.manage, "Céline");
  await markSays(page, "saved");
  await write(page);
  const minutes = await minutesOf(server, workshop);
  expect(minutes.title).toBe(TITLE);
  expect(minutes.sections.find(({ id }) => id === "discussion")).toMatchObject({
    body: DISCUSSION.map(([indent, words]) => ({
      kind: "bullet",
      ...(indent ? { indent } : {}),
      spans: [{ text: words }],
    })),
  });

  const markdown = await exported("md");
  expectAll(markdown.replaceAll("\\", ""));
  expect(markdown).toContain(`# ${TITLE}\n`);
  for (const label of LABELS.slice(1)) expect(markdown).toContain(`\n## ${label}\n`);
  expect(markdown).toContain("\n### A) Mise en œuvre\n");
  expect(markdown).toContain("\n- Ça coûte 12 € par élève et par jour, soit 3,5 % du budget\n  - hors transport");
  expect(markdown).toContain("\n  - à Noël : 9 €\n    - sauf la semaine du 24\n");
  expect(markdown).toContain("\n- Utiliser l’existant et l’améliorer\n  - la cour d’école\n");

  expectAll(await exported("txt"));
  expect(JSON.parse(await exported("json"))).toMatchObject({
    title: TITLE,
    subtitle: "Compte-rendu de l'atelier",
    sections: [
      { id: "sujet" },
      { id: "initiateur", people: [{ name: "Céline" }] },
      { people: PEOPLE.map(([name]) => ({ name })) },
      { id: "discussion" },
      {
        groups: GROUPS.map(({ letter, heading }) => ({ letter, text: heading })),
        items: GROUPS.flatMap(({ items }) =>
          items.map(({ words, nested }) => ({ text: [words, ...nested].join("\n") })),
        ),
      },
      { id: "blocages" },
      { text: NOTICE },
    ],
  });

  // Without a script, both pages are laid out by the browser, and read by what they show; the style sheet of the one
  // sets a label in capitals.
  const bare = await stage.desk({ scripts: false });
  const reader = await bare.newPage();
  const shown = async (open: () => Promise<unknown>): Promise<string> => {
    await open();
    const article = reader.locator("article");
    expectAll(plain((await article.textContent()) ?? ""));
    return plain(await article.innerText()).toLowerCase();
  };
  const reading = await shown(() => reader.goto(workshop.addresses.read));
  const html = await exported("html");
  expect(await shown(() => reader.goto("about:blank").then(() => reader.setContent(html)))).toBe(reading);
  expect(html).toContain('<html lang="fr">');
});
