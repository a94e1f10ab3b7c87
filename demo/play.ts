/** The play: a facilitated workshop of two hours, from coming in to closing, by twelve parts and a facilitator. */
import { gatherGroups, splitSection } from "../document/edit/groups.ts";
import { setItem } from "../document/edit/items.ts";
import { setPerson } from "../document/edit/people.ts";
import { confirmRanking } from "../document/edit/ranking.ts";
import { setTitle } from "../document/edit/title.ts";
import { setField } from "../document/edit/fields.ts";
import { plainText } from "../minutes/plain.ts";
import type { Item, ItemsSection, Minutes, Section, SectionKind } from "../minutes/value.ts";
import { CAST, FACILITATOR } from "./cast.ts";
import { Participant, type Pause, type Started } from "./participant.ts";

export interface Stage {
  /** Address of the server. */
  base: string;
  workshop: Started;
  /** The minutes as they shall stand at the end: the template's own example. */
  example: Minutes;
  pause: Pause;
  /** Told what happens, a sentence each. */
  tell: (what: string) => void;
}

const THINKING_MS = 9000;
const BETWEEN_MS = 4000;
const GROUPS = ["L’eau des maisons", "L’eau des champs et de la rivière"];
/** Of twelve with three picks each, these are the points that matter most; the rest is spread. */
const PICKS = 3;

type Of<Kind extends SectionKind> = Extract<Section, { kind: Kind }>;

const sectionOf = <Kind extends SectionKind>({ sections }: Minutes, kind: Kind, id?: string): Of<Kind> => {
  const isWanted = (each: Section): each is Of<Kind> => each.kind === kind && (id === undefined || each.id === id);
  const found = sections.find(isWanted);
  if (!found) throw new Error(`The example has no section of kind ${kind}${id ? ` called ${id}` : ""}.`);
  return found;
};

const byNumber = (items: readonly Item[]): Item[] => items.toSorted((a, b) => a.number - b.number);

/** Everybody writes at once, each their share, one line after the other. */
const captureAll = async (
  { pause }: Stage,
  writers: readonly Participant[],
  section: string,
  lines: readonly { words: string; group?: string }[],
): Promise<Map<string, string>> => {
  const ids = new Map<string, string>();
  const shares = writers.map((writer, index) => ({
    writer,
    share: lines.filter((_, at) => at % writers.length === index),
  }));
  await Promise.all(
    shares.map(async ({ writer, share }, index) => {
      await pause(index * 700);
      for (const { words, group } of share) {
        await pause(Math.random() * THINKING_MS);
        ids.set(words, await writer.capture(section, words, group));
      }
    }),
  );
  return ids;
};

/** Comes in one after the other, as at the door of a room. */
const comeIn = async ({ base, workshop, pause }: Stage): Promise<Participant[]> => {
  const all: Participant[] = [];
  for (const part of CAST) {
    all.push(await Participant.enter(base, workshop, { link: workshop.links.write, ...part }, pause));
    await pause(600);
  }
  return all;
};

const begin = async (facilitator: Participant, phase: number): Promise<void> => {
  const runsheet = sectionOf(facilitator.minutes, "runsheet");
  await facilitator.ask("POST", "/stage", { do: "begin", phase: runsheet.phases[phase]!.id });
};

const show = (facilitator: Participant, section: string): Promise<void> =>
  facilitator.ask("POST", "/stage", { do: "show", section, following: false });

const opening = async (
  { example, pause, tell }: Stage,
  facilitator: Participant,
  all: Participant[],
): Promise<void> => {
  tell("L’animatrice pose la question.");
  await begin(facilitator, 0);
  setTitle(facilitator.doc, example.title);
  const issue = sectionOf(example, "prose");
  await facilitator.write(issue.id, plainText(issue.body));
  const people = sectionOf(facilitator.minutes, "people");
  for (const [index, { sector }] of CAST.entries()) {
    setPerson(facilitator.doc, people.id, all[index]!.id, "sector", people.sectors[sector] ?? "");
  }
  const fields = sectionOf(example, "fields");
  for (const { id, value } of fields.fields) if (value !== "") setField(facilitator.doc, fields.id, id, value);
  await facilitator.saved();
  await pause(BETWEEN_MS);
};

const problems = async (stage: Stage, facilitator: Participant, all: Participant[]): Promise<void> => {
  const { example, pause, tell } = stage;
  const ranking = sectionOf(example, "ranking");
  const wanted = sectionOf(example, "items", ranking.source);
  tell("Les participants notent les problèmes.");
  await begin(facilitator, 1);
  await show(facilitator, wanted.id);
  const ids = await captureAll(
    stage,
    all,
    wanted.id,
    byNumber(wanted.items).map(({ text }) => ({ words: text })),
  );
  tell("Chacun choisit trois points.");
  await facilitator.ask("PATCH", "/votes", { section: wanted.id, open: true, size: PICKS });
  const favourites = ranking.ranked.map(({ text }) => ids.get(text)!);
  const others = [...ids.values()].filter((id) => !favourites.includes(id));
  await Promise.all(
    all.map(async (voter, index) => {
      // The first of the ranking are picked most, without two people picking quite the same.
      const likely = favourites.filter((_, place) => index < all.length - 2 * place);
      const picks = [...likely.toSorted(() => (index % 2) - 0.5), ...others.slice(index % others.length)].slice(
        0,
        PICKS,
      );
      for (const item of picks) {
        await pause(Math.random() * THINKING_MS);
        await voter.ask("POST", "/votes", { section: wanted.id, item });
      }
    }),
  );
  await facilitator.ask("PATCH", "/votes", { section: wanted.id, open: false });
  await pause(BETWEEN_MS);
  confirmRanking(facilitator.doc, ranking.id, favourites);
  await facilitator.saved();
};

const solutions = async (stage: Stage, facilitator: Participant, all: Participant[]): Promise<Map<number, string>> => {
  const { example, pause, tell } = stage;
  const [, wanted] = listsOf(example);
  tell("Deux groupes cherchent des solutions.");
  await begin(facilitator, 2);
  await show(facilitator, wanted.id);
  splitSection(facilitator.doc, wanted.id, GROUPS.length);
  const groups = sectionOf(facilitator.minutes, "items", wanted.id).groups.map(({ id }) => id);
  for (const [index, heading] of GROUPS.entries()) await facilitator.name(wanted.id, groups[index]!, heading);
  const lines = byNumber(wanted.items).map(({ text }, index) => ({
    words: text,
    group: groups[index % GROUPS.length]!,
  }));
  const ids = await captureAll(stage, all, wanted.id, lines);
  tell("Les groupes se rejoignent.");
  gatherGroups(facilitator.doc, wanted.id);
  await facilitator.saved();
  await pause(BETWEEN_MS);
  return new Map(wanted.items.map(({ number, text }) => [number, ids.get(text)!]));
};

const synthesis = async (
  { example, pause, tell }: Stage,
  facilitator: Participant,
  solved: ReadonlyMap<number, string>,
): Promise<void> => {
  const [, source, wanted] = listsOf(example);
  tell("On condense en trois propositions.");
  await begin(facilitator, 3);
  await show(facilitator, wanted.id);
  const numbers = new Map(source.items.map(({ id, number }) => [id, number]));
  for (const { text, from = [] } of byNumber(wanted.items)) {
    const item = await facilitator.capture(wanted.id, text);
    const raw = from.flatMap((id) => solved.get(numbers.get(id) ?? 0) ?? []);
    setItem(facilitator.doc, wanted.id, item, "from", raw.join("\n"));
    await facilitator.saved();
    await pause(BETWEEN_MS);
  }
};

/** Problems, solutions, synthesis. */
const listsOf = ({ sections }: Minutes): [ItemsSection, ItemsSection, ItemsSection] => {
  const [first, second, third] = sections.filter((section) => section.kind === "items");
  if (!first || !second || !third) throw new Error("The play needs a template with three lists.");
  return [first, second, third];
};

/** Plays it to the end; what was written is on the server's disk when it resolves. Throws what a participant was refused. */
export const play = async (stage: Stage): Promise<void> => {
  const { base, workshop, pause, tell } = stage;
  const link = workshop.links.manage;
  const facilitator = await Participant.enter(base, workshop, { link, name: FACILITATOR }, pause);
  tell("On entre dans la salle.");
  const all = await comeIn(stage);
  try {
    await opening(stage, facilitator, all);
    await problems(stage, facilitator, all);
    const solved = await solutions(stage, facilitator, all);
    await synthesis(stage, facilitator, solved);
    await facilitator.ask("POST", "/stage", { do: "stop" });
    tell("Le compte-rendu est écrit.");
  } finally {
    for (const each of [facilitator, ...all]) each.leave();
  }
};
