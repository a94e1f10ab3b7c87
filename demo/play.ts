/** The play: a facilitated workshop of two hours, from coming in to closing, by twelve parts and a facilitator. */
import { addItem, setItem } from "../document/edit/items.ts";
import { setPerson } from "../document/edit/people.ts";
import { setTitle } from "../document/edit/title.ts";
import { setField } from "../document/edit/fields.ts";
import { plainText } from "../minutes/plain.ts";
import type { Item, ItemsSection, Minutes, Section, SectionKind } from "../minutes/value.ts";
import { CAST, FACILITATOR } from "./cast.ts";
import { directing } from "./directing.ts";
import { linkFor, Participant, type Pause, type Started } from "./participant.ts";
import type { Director, Player } from "./player.ts";

/** What a play is made of, in this order; each can be looked at when it is over. */
export type Scene = "opening" | "problems" | "picks" | "groups" | "solutions" | "synthesis";

export interface Stage {
  /** Address of the server. */
  base: string;
  workshop: Started;
  /** The minutes as they shall stand at the end: the template's own example. */
  example: Minutes;
  pause: Pause;
  /** Told what happens, a sentence each. */
  tell: (what: string) => void;
  /** Who writes and picks, and is in the room already; the twelve parts come in by themselves unless told. */
  players?: readonly Player[];
  /** Who only picks. */
  voters?: readonly Pick<Player, "pick">[];
  /** Who directs; the facilitator's own program unless told. */
  director?: Director;
  /** Called after each scene; the next begins when it resolves. */
  after?: (scene: Scene) => Promise<void>;
}

/** Everybody of a play that is under way. */
interface Troupe {
  facilitator: Participant;
  director: Director;
  all: readonly Player[];
}

const THINKING_MS = 9000;
const BETWEEN_MS = 4000;
const GROUPS = ["L’eau des maisons", "L’eau des champs et de la rivière"];
/** Of twelve with three picks each, these are the points that matter most; the rest is spread. */
const PICKS = 3;
/** Two groups say the same: this solution, counted from 0. */
const SAID_TWICE = 2;

type Of<Kind extends SectionKind> = Extract<Section, { kind: Kind }>;

const sectionOf = <Kind extends SectionKind>({ sections }: Minutes, kind: Kind, id?: string): Of<Kind> => {
  const isWanted = (each: Section): each is Of<Kind> => each.kind === kind && (id === undefined || each.id === id);
  const found = sections.find(isWanted);
  if (!found) throw new Error(`The example has no section of kind ${kind}${id ? ` called ${id}` : ""}.`);
  return found;
};

const byNumber = (items: readonly Item[]): Item[] => items.toSorted((a, b) => a.number - b.number);

/** Everybody writes at once, each their share, one line after the other. Gives the items by their words. */
const captureAll = async (
  { pause }: Stage,
  { facilitator, all }: Troupe,
  section: string,
  lines: readonly { words: string; group?: string }[],
): Promise<Map<string, Item>> => {
  const shares = all.map((player, index) => ({ player, share: lines.filter((_, at) => at % all.length === index) }));
  await Promise.all(
    shares.map(async ({ player, share }, index) => {
      if (share.length > 0) await pause(index * 700);
      for (const { words, group } of share) {
        await pause(Math.random() * THINKING_MS);
        await player.capture(section, words, group);
      }
    }),
  );
  const found = (minutes: Minutes): Map<string, Item> =>
    new Map(sectionOf(minutes, "items", section).items.map((item) => [item.text, item]));
  await facilitator.sees((minutes) => lines.every(({ words }) => found(minutes).has(words)));
  return found(facilitator.minutes);
};

/** So many come in one after the other, by the code, as at the door of a room. */
export const comeIn = async (
  { base, workshop, pause }: Pick<Stage, "base" | "workshop" | "pause">,
  many = CAST.length,
): Promise<Participant[]> => {
  const all: Participant[] = [];
  for (let count = 0; count < many; count += 1) {
    const { name, organisation } = CAST[count % CAST.length]!;
    const again = count < CAST.length ? "" : ` ${1 + Math.floor(count / CAST.length)}`;
    const link = await linkFor(base, workshop.code);
    all.push(await Participant.enter(base, workshop, { link, name: name + again, organisation }, pause));
    await pause(600);
  }
  return all;
};

const opening = async ({ example, pause, tell }: Stage, { facilitator, director }: Troupe): Promise<void> => {
  tell("L’animatrice pose la question.");
  await director.begin(sectionOf(facilitator.minutes, "runsheet").phases[0]!);
  setTitle(facilitator.doc, example.title);
  const issue = sectionOf(example, "prose");
  await facilitator.write(issue.id, plainText(issue.body));
  const { id: list, sectors, people } = sectionOf(facilitator.minutes, "people");
  for (const { id, organisation } of people) {
    const part = CAST.find((each) => each.organisation === organisation);
    if (part) setPerson(facilitator.doc, list, id, "sector", sectors[part.sector] ?? "");
  }
  const fields = sectionOf(example, "fields");
  for (const { id, value } of fields.fields) if (value !== "") setField(facilitator.doc, fields.id, id, value);
  await facilitator.saved();
  await pause(BETWEEN_MS);
};

const problems = async (stage: Stage, troupe: Troupe): Promise<void> => {
  const { example, tell } = stage;
  const { facilitator, director } = troupe;
  const wanted = sectionOf(example, "items", sectionOf(example, "ranking").source);
  tell("Les participants notent les problèmes.");
  await director.begin(sectionOf(facilitator.minutes, "runsheet").phases[1]!);
  await director.show(wanted);
  const lines = byNumber(wanted.items).map(({ text }) => ({ words: text }));
  await captureAll(stage, troupe, wanted.id, lines);
};

const picks = async (stage: Stage, { facilitator, director, all }: Troupe): Promise<void> => {
  const { example, pause, tell, voters = [] } = stage;
  const ranking = sectionOf(example, "ranking");
  const section = sectionOf(facilitator.minutes, "items", ranking.source);
  tell("Chacun choisit trois points.");
  await director.openPick(section, PICKS);
  const favourites = ranking.ranked.flatMap(({ text }) => section.items.filter((item) => item.text === text));
  const others = section.items.filter((item) => !favourites.includes(item));
  const room = [...all, ...voters];
  await Promise.all(
    room.map(async (voter, index) => {
      // The first of the ranking are picked most, without two people picking quite the same.
      const likely = favourites.filter((_, place) => index < room.length - 2 * place);
      const from = index % others.length;
      const rest = [...others.slice(from), ...others.slice(0, from)];
      const chosen = [...likely.toSorted(() => (index % 2) - 0.5), ...rest];
      for (const item of chosen.slice(0, PICKS)) {
        await pause(Math.random() * THINKING_MS);
        await voter.pick(section.id, item);
      }
    }),
  );
  await director.closePick(section);
  await pause(BETWEEN_MS);
  await director.confirm(
    ranking,
    favourites.map(({ id }) => id),
  );
};

/** Two groups, each with its share; once they have said everything, one says again what the other said, one leaves a line empty. */
const groups = async (stage: Stage, troupe: Troupe): Promise<void> => {
  const { example, tell } = stage;
  const { facilitator, director, all } = troupe;
  const [, wanted] = listsOf(example);
  tell("Deux groupes cherchent des solutions.");
  await director.begin(sectionOf(facilitator.minutes, "runsheet").phases[2]!);
  await director.show(wanted);
  await director.split(wanted, GROUPS.length);
  const split = (minutes: Minutes): string[] => sectionOf(minutes, "items", wanted.id).groups.map(({ id }) => id);
  await facilitator.sees((minutes) => split(minutes).length === GROUPS.length);
  const ids = split(facilitator.minutes);
  for (const [index, heading] of GROUPS.entries()) await facilitator.name(wanted.id, ids[index]!, heading);
  const groupOf = (index: number): string => ids[index % ids.length]!;
  const texts = byNumber(wanted.items).map(({ text }) => text);
  await captureAll(
    stage,
    troupe,
    wanted.id,
    texts.map((words, index) => ({ words, group: groupOf(index) })),
  );
  const again = texts[SAID_TWICE]!.toLowerCase();
  await all[(SAID_TWICE + 1) % all.length]!.capture(wanted.id, again, groupOf(SAID_TWICE + 1));
  addItem(facilitator.doc, wanted.id, { at: new Date().toISOString(), author: facilitator.id, group: groupOf(0) });
  await facilitator.saved();
  // Saved is not yet seen: whoever gathers must have every letter of what is said twice.
  await facilitator.sees((minutes) => {
    const { items } = sectionOf(minutes, "items", wanted.id);
    return items.length === texts.length + 2 && items.some(({ text }) => text === again);
  });
};

const solutions = async ({ example, pause, tell }: Stage, { facilitator, director }: Troupe): Promise<void> => {
  const [, wanted] = listsOf(example);
  tell("Les groupes se rejoignent.");
  await director.gather(wanted);
  const there = (minutes: Minutes): number => sectionOf(minutes, "items", wanted.id).items.length;
  await facilitator.sees((minutes) => there(minutes) === wanted.items.length);
  await pause(BETWEEN_MS);
};

const synthesis = async ({ example, pause, tell }: Stage, { facilitator, director }: Troupe): Promise<void> => {
  const [, source, wanted] = listsOf(example);
  tell("On condense en trois propositions.");
  await director.begin(sectionOf(facilitator.minutes, "runsheet").phases[3]!);
  await director.show(wanted);
  const words = new Map(source.items.map(({ id, text }) => [id, text]));
  const solved = new Map(
    sectionOf(facilitator.minutes, "items", source.id).items.map(({ id, text }) => [text, id] as const),
  );
  for (const { text, from = [] } of byNumber(wanted.items)) {
    const item = await facilitator.capture(wanted.id, text);
    const raw = from.flatMap((id) => solved.get(words.get(id) ?? "") ?? []);
    setItem(facilitator.doc, wanted.id, item, "from", raw.join("\n"));
    await facilitator.saved();
    await pause(BETWEEN_MS);
  }
};

const SCENES: readonly [Scene, (stage: Stage, troupe: Troupe) => Promise<void>][] = [
  ["opening", opening],
  ["problems", problems],
  ["picks", picks],
  ["groups", groups],
  ["solutions", solutions],
  ["synthesis", synthesis],
];

/** Problems, solutions, synthesis. */
const listsOf = ({ sections }: Minutes): [ItemsSection, ItemsSection, ItemsSection] => {
  const [first, second, third] = sections.filter((section) => section.kind === "items");
  if (!first || !second || !third) throw new Error("The play needs a template with three lists.");
  return [first, second, third];
};

/** Plays it to the end; what was written is on the server's disk when it resolves. Throws what a participant was refused. */
export const play = async (stage: Stage): Promise<void> => {
  const { base, workshop, pause, tell, after } = stage;
  const link = workshop.links.manage;
  const facilitator = await Participant.enter(base, workshop, { link, name: FACILITATOR }, pause);
  const director = stage.director ?? directing(facilitator);
  tell("On entre dans la salle.");
  const parts = stage.players ? [] : await comeIn(stage);
  const troupe = { facilitator, director, all: stage.players ?? parts };
  try {
    for (const [name, scene] of SCENES) {
      await scene(stage, troupe);
      await after?.(name);
    }
    await director.stop();
    tell("Le compte-rendu est écrit.");
  } finally {
    for (const each of [facilitator, ...parts]) each.leave();
  }
};
