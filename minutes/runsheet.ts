/** Sums of a run sheet, and how they compare with the planned duration. */
import { minutesOf } from "./field.ts";
import type { Minutes, RunsheetSection } from "./value.ts";

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
