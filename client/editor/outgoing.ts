/** Editor to Yjs: what one step did, as writes at flat indexes; each kept character stays the item it was. */
import type { Mark, Node } from "@tiptap/pm/model";
import { AddMarkStep, AttrStep, RemoveMarkStep, type Step } from "@tiptap/pm/transform";
import { MARK_KEYS, sameAttributes, type Attributes, type MarkKey } from "../../document/text/attributes.ts";
import { blockIndexAt, blockStart, indexAt, sameUnit, unitCount, unitsBetween, type Unit } from "./flat.ts";
import { attributesOf } from "./schema.ts";

/** One write. They apply one after the other, each at the indexes the ones before have made. */
export type Write =
  | { do: "delete"; at: number; length: number }
  | { do: "insert"; at: number; units: Unit[] }
  | { do: "format"; at: number; length: number; key: MarkKey; value: true | string | null }
  | { do: "attributes"; at: number; attributes: Attributes };

interface Hull {
  from: number;
  to: number;
  newTo: number;
}

/** The writes for one step from `before` to `after`: within the hull of what it touched, nothing kept is written. */
export const writesOf = (before: Node, after: Node, step: Step): Write[] => {
  const hull = whole(before, hullOf(before, after, step));
  const old = unitsBetween(before, hull.from, hull.to);
  const now = unitsBetween(after, hull.from, hull.newTo);
  const { prefix, suffix } = common(old, now);
  const gone = old.slice(prefix, old.length - suffix);
  let come = now.slice(prefix, now.length - suffix);
  let at = hull.from + prefix;
  const writes: Write[] = [];
  if (gone.length > 0) writes.push({ do: "delete", at, length: gone.length });
  const next = unitsBetween(before, hull.to - suffix, hull.to - suffix + 1)[0];
  const nextNow = unitsBetween(after, hull.newTo - suffix, hull.newTo - suffix + 1)[0];
  if (isBreak(come[0]) && isBreak(next) && isBreak(nextNow) && !gone.some(isBreak)) {
    // P6: Enter at the end. The old break stays with its block, the new one comes after it.
    if (!sameAttributes(next.attributes, come[0].attributes)) {
      writes.push({ do: "attributes", at, attributes: come[0].attributes });
    }
    come = [...come.slice(1), nextNow];
    at += 1;
  }
  if (come.length > 0) writes.push({ do: "insert", at, units: come });
  writes.push(...kept(old.slice(0, prefix), now.slice(0, prefix), hull.from));
  writes.push(...kept(old.slice(old.length - suffix), now.slice(now.length - suffix), hull.newTo - suffix));
  writes.push(...afterHull(before, after, hull));
  return writes;
};

const isBreak = (unit: Unit | undefined): unit is Unit & { attributes: Attributes; words?: undefined } =>
  unit !== undefined && unit.words === undefined;

/** The range of units a step touched, in the document before and in the one after. */
const hullOf = (before: Node, after: Node, step: Step): Hull => {
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
    const to = indexAt(before, step.to);
    return { from: indexAt(before, step.from), to, newTo: to };
  }
  if (step instanceof AttrStep) {
    const index = indexAt(before, step.pos) + before.resolve(step.pos + 1).parent.content.size;
    return { from: index, to: index + 1, newTo: index + 1 };
  }
  let from = Infinity;
  let to = -1;
  let newTo = -1;
  step.getMap().forEach((oldStart, oldEnd, _newStart, newEnd) => {
    from = Math.min(from, oldStart);
    to = Math.max(to, oldEnd);
    newTo = Math.max(newTo, newEnd);
  });
  if (to === -1) return { from: 0, to: unitCount(before), newTo: unitCount(after) };
  return { from: indexAt(before, from), to: indexAt(before, to), newTo: indexAt(after, newTo) };
};

/** P8: a hull that begins or ends inside a surrogate pair takes in the whole pair. */
const whole = (doc: Node, { from, to, newTo }: Hull): Hull => {
  const end = cutsPair(doc, to) ? 1 : 0;
  return { from: cutsPair(doc, from) ? from - 1 : from, to: to + end, newTo: newTo + end };
};

const cutsPair = (doc: Node, index: number): boolean => {
  const [high, low] = unitsBetween(doc, index - 1, index + 1);
  return isHigh(high) && isLow(low);
};

const isHigh = (unit: Unit | undefined): boolean => /^[\uD800-\uDBFF]$/u.test(unit?.words ?? "");
const isLow = (unit: Unit | undefined): boolean => /^[\uDC00-\uDFFF]$/u.test(unit?.words ?? "");

/** The common start first, then the common end; neither ends between the halves of a pair (P8). */
const common = (old: readonly Unit[], now: readonly Unit[]): { prefix: number; suffix: number } => {
  const least = Math.min(old.length, now.length);
  let prefix = 0;
  while (prefix < least && sameUnit(old[prefix] as Unit, now[prefix] as Unit)) prefix += 1;
  if (isHigh(old[prefix - 1]) && (prefix < old.length || prefix < now.length)) prefix -= 1;
  let suffix = 0;
  while (suffix < least - prefix && sameUnit(old.at(-1 - suffix) as Unit, now.at(-1 - suffix) as Unit)) suffix += 1;
  if (isLow(old[old.length - suffix])) suffix -= 1;
  return { prefix, suffix };
};

/** Marks and attributes of units that stay. */
const kept = (old: readonly Unit[], now: readonly Unit[], from: number): Write[] => {
  const writes: Write[] = [];
  for (const key of MARK_KEYS) {
    let run: Extract<Write, { do: "format" }> | undefined;
    for (const [i, unit] of now.entries()) {
      const was = old[i];
      if (unit.words === undefined || was?.words === undefined) continue;
      const value = valueOf(unit.marks, key);
      if (value === valueOf(was.marks, key)) continue;
      if (run && run.value === value && run.at + run.length === from + i) run.length += 1;
      else writes.push((run = { do: "format", at: from + i, length: 1, key, value }));
    }
  }
  for (const [i, unit] of now.entries()) {
    const was = old[i];
    if (!isBreak(unit) || !isBreak(was) || sameAttributes(unit.attributes, was.attributes)) continue;
    writes.push({ do: "attributes", at: from + i, attributes: unit.attributes });
  }
  return writes;
};

const valueOf = (marks: readonly Mark[], key: MarkKey): true | string | null => {
  const mark = marks.find((one) => one.type.name === key);
  if (!mark) return null;
  return key === "link" ? String(mark.attrs["href"]) : true;
};

/** The break after the range, when its block now stands otherwise: what a join leaves behind. */
const afterHull = (before: Node, after: Node, hull: Hull): Write[] => {
  if (hull.to >= unitCount(before) || hull.newTo >= unitCount(after)) return [];
  const block = blockIndexAt(after, hull.newTo);
  const attributes = attributesOf(after.child(block));
  if (sameAttributes(attributes, attributesOf(before.child(blockIndexAt(before, hull.to))))) return [];
  return [{ do: "attributes", at: blockStart(after, block) + after.child(block).content.size, attributes }];
};
