/** Moving items and groups as the person at this device asks: one edit, one announcement, always a way back. */
import { moveGroup, moveItem, removeItem, restoreItem, setItem } from "../../document/edit/items.ts";
import { plainText } from "../../minutes/plain.ts";
import type { Group, Item, ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import type { Drop } from "./drag.ts";
import { sectionNow } from "./section-now.ts";
import { dropPlace, groupName, lanes, stepPlace, type ItemPlace } from "./lanes.ts";

/** The first words of an item, to name it in menus and messages. */
export const shortText = (item: Pick<Item, "body">): string => {
  const text = plainText(item.body).replaceAll("\n", " ").trim();
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text || "…";
};

const announcePlace = (session: Session, section: ItemsSection, id: string, place: ItemPlace): void => {
  const all = lanes(section);
  const lane = all.find(({ group }) => (group?.id ?? "") === place.group);
  const rest = (lane?.items ?? []).filter((item) => item.id !== id);
  const beside = rest.findIndex((item) => item.id === (place.before ?? place.after));
  if (beside < 0 && lane?.group) return session.announce(t("items-now-in", { group: groupName(lane.group) }));
  const position = beside < 0 ? rest.length + 1 : beside + (place.before === undefined ? 2 : 1);
  const args = { position, count: rest.length + 1, group: lane?.group ? groupName(lane.group) : "" };
  session.announce(t(lane?.group ? "items-moved-group" : "sections-moved", args));
};

/** Puts an item at `place` and says where it now stands. */
export const moveTo = (session: Session, section: string, id: string, place: ItemPlace): void => {
  const before = sectionNow(session, section, "items");
  if (!before) return;
  moveItem(session.doc, section, id, place);
  announcePlace(session, before, id, place);
};

const moveGroupBy = (session: Session, section: ItemsSection, at: number, by: -1 | 1): void => {
  const group = section.groups[at];
  const beside = section.groups[at + by];
  if (!group) return;
  if (!beside) return session.announce(t(by < 0 ? "sections-is-first" : "sections-is-last"));
  moveGroup(session.doc, section.id, group.id, by < 0 ? { before: beside.id } : { after: beside.id });
  session.announce(t("sections-moved", { position: at + by + 1, count: section.groups.length }));
};

/** One step of an item or a group with Alt+↑ or Alt+↓; says so at the very ends. */
export const moveByKey = (session: Session, section: string, id: string, by: -1 | 1): void => {
  const now = sectionNow(session, section, "items");
  const group = now?.groups.findIndex((each) => each.id === id) ?? -1;
  if (now && group >= 0) return moveGroupBy(session, now, group, by);
  if (!now?.items.some((item) => item.id === id)) return;
  const place = stepPlace(now, id, by);
  if (place) moveTo(session, section, id, place);
  else session.announce(t(by < 0 ? "sections-is-first" : "sections-is-last"));
};

export const moveByDrop = (session: Session, section: string, id: string, { row, side }: Drop): void => {
  const now = sectionNow(session, section, "items");
  const place = now && dropPlace(now, row, side);
  if (place) moveTo(session, section, id, place);
};

/** The groups an item can go to; "" is none, where it stands in one. */
export const otherGroups = (session: Session, section: string, item: Item): (Group | "")[] => {
  const groups = sectionNow(session, section, "items")?.groups ?? [];
  const others = groups.filter(({ id }) => id !== item.group);
  return others.length < groups.length ? ["", ...others] : others;
};

export const removeWithUndo = (session: Session, section: string, item: Pick<Item, "id" | "body">): void => {
  removeItem(session.doc, section, item.id);
  session.notify(t("items-removed", { text: shortText(item) }), () => restoreItem(session.doc, section, item.id));
};

/** Writes one entry of an item; "" takes it away. */
export const writeItem = (
  session: Session,
  section: string,
  id: string,
  key: "owner" | "due" | "status",
  value: string,
): void => setItem(session.doc, section, id, key, value);
