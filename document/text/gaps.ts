/** What stands between two units of a text: markers and tombstones, and which marks are in effect at each spot. */
import { MARKS, type Marks } from "../../minutes/value.ts";
import { NO_MARKS, withMark, type MarkKey } from "./attributes.ts";
import { contentOf, isLive, liveLength, nextItem, previousItem, type Item } from "./internals.ts";

/** A place between two items, and what a character put there would look like. */
export interface Spot {
  left: Item | null;
  marks: Marks;
}

/** The marks in effect right after an item. They end at every break (P2), so the walk goes no further than its line. */
export const marksAfter = (item: Item | null): Marks => {
  const known = new Map<MarkKey, true | string | null>();
  for (let at = item; at !== null && known.size < MARKS.length; at = previousItem(at)) {
    if (!isLive(at)) continue;
    const content = contentOf(at);
    if (content.is === "break" || (content.is === "words" && content.words.includes("\n"))) break;
    if (content.is === "format" && !known.has(content.key)) known.set(content.key, content.value);
  }
  let marks = NO_MARKS;
  for (const [key, value] of known) if (value !== null) marks = withMark(marks, key, value);
  return marks;
};

/** The spots between the unit that ends with `left` and the next unit: right after `left`, and after each marker. */
export const spotsAfter = (left: Item | null, first: Item | null): Spot[] => {
  let marks = marksAfter(left);
  const spots: Spot[] = [{ left, marks }];
  for (let item = left === null ? first : nextItem(left); item !== null; item = nextItem(item)) {
    if (liveLength(item) > 0) break;
    const content = contentOf(item);
    if (!isLive(item) || content.is !== "format") continue;
    marks = withMark(marks, content.key, content.value);
    spots.push({ left: item, marks });
  }
  return spots;
};

/** The keys in which two sets of marks differ. */
export const differing = (a: Marks, b: Marks): MarkKey[] => MARKS.filter((key) => a[key] !== b[key]);

/** The spot that needs fewest markers to carry `marks`; the leftmost of equals. */
export const nearest = (spots: readonly Spot[], marks: Marks): Spot => {
  let best = spots[0] as Spot;
  for (const spot of spots) {
    if (differing(spot.marks, marks).length < differing(best.marks, marks).length) best = spot;
  }
  return best;
};
