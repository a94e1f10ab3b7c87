/** Sums of a run sheet against the planned duration, the phases in their order, and where they lead. */
import { minutesOf } from "./field.ts";
import { progress } from "./progress.ts";
import type { Minutes, Phase, RunsheetSection, Section } from "./value.ts";

/** Groups work at the same time: a phase counts once, however many groups it has. */
export function totalMinutes(section: RunsheetSection): number {
  return section.phases.reduce((sum, phase) => sum + phase.minutes, 0);
}

/** The first duration written down in a fields section, in minutes. */
export function plannedMinutes(minutes: Minutes): number | undefined {
  for (const section of minutes.sections) {
    if (section.kind !== "fields") continue;
    for (const field of section.fields) {
      const planned = field.type === "duration" ? minutesOf(field.value) : undefined;
      if (planned !== undefined) return planned;
    }
  }
  return undefined;
}

/** Minutes over (positive) or left (negative) against the planned duration; undefined where none is written down. */
export function difference(section: RunsheetSection, minutes: Minutes): number | undefined {
  const planned = plannedMinutes(minutes);
  return planned === undefined ? undefined : totalMinutes(section) - planned;
}

/** So long before the end of the whole everybody is offered to go on to the synthesis, unless the run sheet says otherwise. */
export const CLOSING_MINUTES = 15;

const runsheets = ({ sections }: Minutes): RunsheetSection[] =>
  sections.filter((section) => section.kind === "runsheet");

/** All phases, in their order. */
export const phasesOf = (minutes: Minutes): Phase[] => runsheets(minutes).flatMap(({ phases }) => phases);

/** Minutes before the end at which the synthesis is offered; 0: never. */
export const closingOf = (minutes: Minutes): number => runsheets(minutes)[0]?.closing ?? CLOSING_MINUTES;

/** A phase and where it stands among the others. */
export interface Standing {
  phase: Phase;
  /** From 1. */
  position: number;
  count: number;
  before?: Phase;
  next?: Phase;
  /** Minutes of the phases that come after it. */
  after: number;
}

/** Undefined where no phase has this id. */
export function phaseIn(minutes: Minutes, id: string | null): Standing | undefined {
  const phases = phasesOf(minutes);
  const at = phases.findIndex((phase) => phase.id === id);
  const phase = phases[at];
  if (!phase) return undefined;
  const [before, next] = [phases[at - 1], phases[at + 1]];
  const after = phases.slice(at + 1).reduce((sum, each) => sum + each.minutes, 0);
  return { phase, position: at + 1, count: phases.length, after, ...(before && { before }), ...(next && { next }) };
}

/** Where the room comes together at the end: the items that condense others, else the last list, else the last text. */
export function synthesisIn({ sections }: Minutes): Section | undefined {
  const lists = sections.filter((section) => section.kind === "items");
  const condensing = lists.findLast(({ items }) => items.some(({ from }) => from !== undefined));
  const text = sections.findLast(({ kind }) => kind === "prose" || kind === "ranking");
  return condensing ?? (lists.length > 1 ? lists.at(-1) : (text ?? lists.at(-1)));
}

/** What nobody has begun yet and a reader would miss. */
export const emptySections = ({ sections }: Minutes): Section[] =>
  sections.filter(
    (section) => section.kind !== "notice" && section.kind !== "runsheet" && progress(section) === "empty",
  );
