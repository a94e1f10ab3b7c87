/** What just happened: new items and people found by comparing what stands there now with what stood there before. */
import { effect, signal } from "@preact/signals";
import type { Signal } from "../../document/signal.ts";
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
/** Whoever comes back within this time, or whom a broken line took away, has not arrived. */
const RETURNING = 5 * 60_000;

/** So long a line waits for the name of who wrote it: the list of names follows newcomers a moment later. */
const NAMING = 3_000;

type Watched = Pick<Session, "doc" | "minutes" | "ready" | "present" | "visitor" | "visitors" | "now">;

/** "a ajouté la piste n° 3"; without a figure where the list shows none. */
const added = (section: ItemsSection, item: Item, count: number): string => {
  if (count > 1) return t("news-items", { count, noun: nounOf(section, "many") });
  if (section.marker === "bullet") return t("news-item-unnumbered", { noun: nounOf(section, "one") });
  const number = section.marker === "letter" ? letter(item.number) : item.number;
  return t("news-item", { number, noun: nounOf(section, "the") });
};

/** What is said when somebody else has gone back to a moment. */
export const restoredBy = (
  { visitor, name }: Extract<Signal, { signal: "restored" }>,
  names: ReadonlyMap<string, string>,
): string => {
  const who = names.get(visitor) || t("people-someone");
  return name === "" ? t("history-others-one", { who }) : t("history-others", { who, name });
};

/** Tells `notices` until the returned function is called. What was there at the start is no news. */
export const watchNews = (session: Watched, notices: Notices): (() => void) => {
  const { doc, minutes, ready, present, visitor, visitors, now } = session;
  let seen: Set<string> | undefined;
  const streaks = new Map<string, { count: number; at: number }>();
  let places = new Map<string, string>();
  const left = new Map<string, number>();
  const again = signal(0);
  let naming: ReturnType<typeof setTimeout> | undefined;

  const authorOf = (section: ItemsSection, item: Item): unknown => itemOf(doc, section.id, item.id)?.get("author");
  /** From the list itself: the value follows it a frame later. */
  const nameOf = (section: ItemsSection, item: Item): string => {
    const author = authorOf(section, item);
    const known = typeof author === "string" ? visitors.peek().get(author)?.name : undefined;
    return known || item.author || t("people-someone");
  };
  /** Whether its author is somebody whose name is still on its way; asks again when it should have come. */
  const awaitsName = (section: ItemsSection, item: Item): boolean => {
    const author = authorOf(section, item);
    if (typeof author !== "string" || visitors.peek().get(author)?.name) return false;
    const waits = item.at !== undefined && now().getTime() - Date.parse(item.at) < NAMING;
    if (waits) naming ??= setTimeout(() => ((naming = undefined), (again.value += 1)), NAMING);
    return waits;
  };

  const items = effect(() => {
    const { sections } = minutes.value;
    void again.value;
    void visitors.value;
    if (!ready.value) return;
    const first = seen === undefined;
    const known = (seen ??= new Set());
    for (const section of sections) {
      if (section.kind !== "items") continue;
      const fresh = section.items.filter(
        (item) => !known.has(item.id) && item.text.trim() !== "" && (first || !awaitsName(section, item)),
      );
      for (const item of fresh) known.add(item.id);
      const others = fresh.filter((item) => authorOf(section, item) !== visitor.peek().id);
      if (first || others.length === 0) continue;
      for (const item of others) {
        const who = nameOf(section, item);
        const author = authorOf(section, item);
        const by = typeof author === "string" ? author : undefined;
        const about = `items:${section.id}:${by ?? who}`;
        const at = now();
        const before = streaks.get(about);
        const count = before && at.getTime() - before.at < PAUSE ? before.count + 1 : 1;
        streaks.set(about, { count, at: at.getTime() });
        notices.tell({ who, visitor: by, what: added(section, item, count), at }, about);
      }
      const [only] = others;
      notices.announce(
        others.length === 1 && only
          ? t("news-item-said", { who: nameOf(section, only), what: added(section, only, 1) })
          : t("news-items-said", { count: others.length, section: section.heading }),
      );
    }
  });

  /** Somebody still at the door, without a name, has not come in yet. */
  const isIn = (each: Present): boolean => each.name !== "" || each.section !== undefined;
  let settled = false;
  const settling = setTimeout(() => (settled = true), ARRIVING);
  const stand = (each: Present): string => `${each.section ?? ""} ${each.name}`;
  const move = (each: Present): void => {
    const who = each.name || t("people-someone");
    const section = minutes.peek().sections.find(({ id }) => id === each.section);
    const told = { who, visitor: each.visitor, at: now() };
    if (section)
      notices.tell({ ...told, what: t("news-writes", { section: section.heading }) }, `place:${each.visitor}`);
    else if (settled && !places.has(each.visitor) && Date.now() - (left.get(each.visitor) ?? 0) > RETURNING) {
      notices.tell({ ...told, what: t("news-here") }, `place:${each.visitor}`);
      notices.announce(t("news-here-said", { who }));
    }
  };
  const people = effect(() => {
    const inside = present.value.filter(isIn);
    for (const each of inside) {
      if (each.visitor === visitor.peek().id || (places.has(each.visitor) && places.get(each.visitor) === stand(each)))
        continue;
      move(each);
    }
    for (const visitorId of places.keys()) left.set(visitorId, Date.now());
    places = new Map(inside.map((each) => [each.visitor, stand(each)]));
  });

  return () => {
    clearTimeout(settling);
    clearTimeout(naming);
    items();
    people();
  };
};
