/** What just happened: new items and people found by comparing what stands there now with what stood there before. */
import { effect } from "@preact/signals";
import { itemOf } from "../../document/layout.ts";
import { letter } from "../../minutes/number.ts";
import type { Item, ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { nounOf } from "../sections/noun.ts";
import type { Notices } from "./notices.ts";
import type { Present, Session } from "./session.ts";

/** What one person adds to a section without a longer break than this is told as one thing. */
const PAUSE = 120_000;
/** Whoever is found in the room within this time was there before us. */
const ARRIVING = 2_000;

type Watched = Pick<Session, "doc" | "minutes" | "ready" | "present" | "visitor" | "now">;

/** "a ajouté la piste n° 3"; without a figure where the list shows none. */
const added = (section: ItemsSection, item: Item, count: number): string => {
  if (count > 1) return t("news-items", { count, noun: nounOf(section, "many") });
  if (section.marker === "bullet") return t("news-item-unnumbered", { noun: nounOf(section, "one") });
  const number = section.marker === "letter" ? letter(item.number) : item.number;
  return t("news-item", { number, noun: nounOf(section, "the") });
};

/** Tells `notices` until the returned function is called. What was there at the start is no news. */
export const watchNews = (session: Watched, notices: Notices): (() => void) => {
  const { doc, minutes, ready, present, visitor, now } = session;
  let seen: Set<string> | undefined;
  const streaks = new Map<string, { count: number; at: number }>();
  let places = new Map<string, string | undefined>();

  const items = effect(() => {
    const { sections } = minutes.value;
    if (!ready.value) return;
    const first = seen === undefined;
    const known = (seen ??= new Set());
    for (const section of sections) {
      if (section.kind !== "items") continue;
      const fresh = section.items.filter((item) => !known.has(item.id) && item.text.trim() !== "");
      for (const item of fresh) known.add(item.id);
      const others = fresh.filter((item) => itemOf(doc, section.id, item.id)?.get("author") !== visitor.peek().id);
      if (first || others.length === 0) continue;
      for (const item of others) {
        const who = item.author ?? t("people-someone");
        const about = `items:${section.id}:${who}`;
        const at = now();
        const before = streaks.get(about);
        const count = before && at.getTime() - before.at < PAUSE ? before.count + 1 : 1;
        streaks.set(about, { count, at: at.getTime() });
        notices.tell(who, added(section, item, count), at, about);
      }
      const [only] = others;
      notices.announce(
        others.length === 1 && only
          ? t("news-item-said", { who: only.author ?? t("people-someone"), what: added(section, only, 1) })
          : t("news-items-said", { count: others.length, section: section.heading }),
      );
    }
  });

  /** Somebody still at the door, without a name, has not come in yet. */
  const isIn = (each: Present): boolean => each.name !== "" || each.section !== undefined;
  let settled = false;
  const settling = setTimeout(() => (settled = true), ARRIVING);
  const move = (each: Present): void => {
    const who = each.name || t("people-someone");
    const section = minutes.peek().sections.find(({ id }) => id === each.section);
    if (section) notices.tell(who, t("news-writes", { section: section.heading }), now(), `place:${each.visitor}`);
    else if (settled && !places.has(each.visitor)) {
      notices.tell(who, t("news-here"), now(), `place:${each.visitor}`);
      notices.announce(t("news-here-said", { who }));
    }
  };
  const people = effect(() => {
    const inside = present.value.filter(isIn);
    for (const each of inside) {
      if (each.visitor === visitor.peek().id || (places.has(each.visitor) && places.get(each.visitor) === each.section))
        continue;
      move(each);
    }
    places = new Map(inside.map((each) => [each.visitor, each.section]));
  });

  return () => {
    clearTimeout(settling);
    items();
    people();
  };
};
