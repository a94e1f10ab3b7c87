/** Where items stand on the screen (without a group first, then group by group), and where a move takes one. */
import type { Group, Item, ItemsSection } from "../../minutes/value.ts";

export interface Lane {
  group: Group | undefined;
  items: Item[];
}

/** A place an item can be moved to: beside another, or at the end of a group (`group: ""`: of none). */
export interface ItemPlace {
  before?: string;
  after?: string;
  group: string;
}

export const groupName = (group: Group): string => `${group.letter}) ${group.text}`;

/** Every item once. The lane without a group is always there, so that something can be dropped into it. */
export const lanes = (section: ItemsSection): Lane[] => {
  const known = new Set(section.groups.map(({ id }) => id));
  return [
    { group: undefined, items: section.items.filter(({ group }) => group === undefined || !known.has(group)) },
    ...section.groups.map((group) => ({ group, items: section.items.filter((item) => item.group === group.id) })),
  ];
};

/** One step up or down, across the border of a group where the lane ends; undefined at the very ends. */
export const stepPlace = (section: ItemsSection, id: string, by: -1 | 1): ItemPlace | undefined => {
  const all = lanes(section);
  const at = all.findIndex(({ items }) => items.some((item) => item.id === id));
  const lane = all[at];
  if (!lane) return undefined;
  const index = lane.items.findIndex((item) => item.id === id);
  const neighbour = lane.items[index + by];
  const group = lane.group?.id ?? "";
  if (neighbour) return by < 0 ? { before: neighbour.id, group } : { after: neighbour.id, group };
  const next = all[at + by];
  if (!next) return undefined;
  const edge = by < 0 ? next.items.at(-1) : next.items[0];
  const there = next.group?.id ?? "";
  if (!edge) return { group: there };
  return by < 0 ? { after: edge.id, group: there } : { before: edge.id, group: there };
};

/** Where something dropped beside a row lands; the row is an item or the heading of a group. */
export const dropPlace = (section: ItemsSection, row: string, side: "before" | "after"): ItemPlace | undefined => {
  const all = lanes(section);
  const headed = all.findIndex(({ group }) => group?.id === row);
  if (headed > 0) {
    // Below a heading is the start of its group, above it the end of the one before.
    const lane = all[side === "after" ? headed : headed - 1];
    const edge = lane?.items.at(side === "after" ? 0 : -1)?.id;
    const beside = edge === undefined ? {} : side === "after" ? { before: edge } : { after: edge };
    return { group: lane?.group?.id ?? "", ...beside };
  }
  const lane = all.find(({ items }) => items.some((item) => item.id === row));
  if (!lane) return undefined;
  const group = lane.group?.id ?? "";
  return side === "before" ? { before: row, group } : { after: row, group };
};
