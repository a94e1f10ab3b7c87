/** Taking items up in a synthesis: box by box, or by dropping one on another. */
import { setItem } from "../../document/edit/items.ts";
import { idsOf } from "../../minutes/provenance.ts";
import type { Item, ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { shortText } from "./item-moves.ts";
import { sectionsNow } from "./section-now.ts";

export interface Taker {
  section: string;
  item: string;
}

const itemsSections = (session: Session): ItemsSection[] =>
  sectionsNow(session).filter((section): section is ItemsSection => section.kind === "items");

const itemNow = (session: Session, id: string): { section: string; item: Item } | undefined =>
  itemsSections(session)
    .flatMap((section) => section.items.map((item) => ({ section: section.id, item })))
    .find(({ item }) => item.id === id);

/** Notes, or no longer, that `taker` was made from `source`. */
export const takeUp = (session: Session, taker: Taker, source: Item, on: boolean): void => {
  const section = itemsSections(session).find(({ id }) => id === taker.section);
  const from = section?.items.find(({ id }) => id === taker.item)?.from ?? [];
  // What was merged into it was named by its own id.
  const others = from.filter((each) => !idsOf(source).includes(each));
  const next = on ? [...others, source.id] : others;
  setItem(session.doc, taker.section, taker.item, "from", next);
};

/** An item was dropped on one of another list: says so, with a way back. */
export const takeUpByDrop = (session: Session, source: string, onto: string): void => {
  const [dropped, taker] = [itemNow(session, source), itemNow(session, onto)];
  if (!dropped || !taker || idsOf(dropped.item).some((each) => taker.item.from?.includes(each))) return;
  session.undo.stopCapturing();
  const place = { section: taker.section, item: onto };
  takeUp(session, place, dropped.item, true);
  session.notify(t("synthesis-taken", { text: shortText(dropped.item), into: shortText(taker.item) }), () =>
    takeUp(session, place, dropped.item, false),
  );
};
