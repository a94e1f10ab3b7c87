/** Yjs to editor: what a transaction did to the text, as one patch of the document. */
import { DEFAULTS } from "../../document/text/attributes.ts";
import type { Region } from "../../document/text/compare.ts";
import { marksFor, unitsOfWords, type Unit } from "./flat.ts";
import type { Patch, Replacement } from "./patch.ts";

/**
 * The patch for a document of `count` units, which shows the text as it stood before those regions changed.
 * A text without a last break is shown with one all the same; `length` and `open` tell how the text stands now.
 * @returns undefined when the lengths disagree: then only reading the whole text tells the truth.
 */
export const patchOf = (
  count: number,
  regions: readonly Region[],
  length: number,
  open: boolean,
): Patch | undefined => {
  const patch: Patch = { marks: [], replacements: [], attributes: new Map() };
  let grown = 0;
  for (const region of regions) grown = addRegion(patch, region, grown);
  const before = length - grown;
  const shown = count - before;
  if (shown !== 0 && shown !== 1) return undefined;
  finish(patch, before, length, shown === 1, open);
  return patch;
};

/** Adds one region, given by how much the text had grown before it; gives by how much it has grown after it. */
const addRegion = (patch: Patch, region: Region, grown: number): number => {
  let old = region.from;
  let now = region.from + grown;
  for (const stretch of region.stretches) {
    switch (stretch.did) {
      case "keep":
        old += stretch.length;
        now += stretch.length;
        break;
      case "mark":
        patch.marks.push({ from: old, to: old + stretch.length, marks: marksFor(stretch.marks) });
        old += stretch.length;
        now += stretch.length;
        break;
      case "keep-break":
        patch.attributes.set(now, stretch.attributes);
        old += 1;
        now += 1;
        break;
      case "delete":
        at(patch, old).to += stretch.length;
        old += stretch.length;
        break;
      case "insert": {
        const units = unitsOfWords(stretch.words.toWellFormed(), marksFor(stretch.marks));
        at(patch, old).units.push(...units);
        now += units.length;
        break;
      }
      case "insert-break":
        at(patch, old).units.push({ attributes: stretch.attributes });
        patch.attributes.set(now, stretch.attributes);
        now += 1;
    }
  }
  return now - old;
};

/** The replacement that ends at `index`, begun there if there is none. */
const at = (patch: Patch, index: number): Replacement => {
  const last = patch.replacements.at(-1);
  if (last?.to === index) return last;
  const begun: Replacement = { from: index, to: index, units: [] };
  patch.replacements.push(begun);
  return begun;
};

/**
 * The break that is shown at the end of an open text comes, goes, or becomes a real one: the first of those that arrive there,
 * so that whoever stands in the last line stays in it when somebody else begins another (P6).
 */
const finish = (patch: Patch, before: number, length: number, wasOpen: boolean, open: boolean): void => {
  if (open) patch.attributes.set(length, DEFAULTS);
  const end = patch.replacements.at(-1);
  const first = wasOpen && end?.to === before ? end.units.findIndex(isBreak) : -1;
  if (end && first >= 0) {
    const [, ...more] = end.units.splice(first);
    if (open) more.push({ attributes: DEFAULTS });
    if (more.length > 0) patch.replacements.push({ from: before + 1, to: before + 1, units: more });
    return;
  }
  if (wasOpen === open) return;
  if (wasOpen) at(patch, before).to += 1;
  else at(patch, before).units.push({ attributes: DEFAULTS });
};

const isBreak = (unit: Unit): boolean => unit.words === undefined;
