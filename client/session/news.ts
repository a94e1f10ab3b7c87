/** What just happened: new items and people found by comparing what stands there now with what stood there before. */
import { effect } from "@preact/signals";
import { itemOf } from "../../document/layout.ts";
import { t } from "../language.ts";
import type { Notices } from "./notices.ts";
import type { Present, Session } from "./session.ts";

/** More new items than this at once (somebody came back online) are told as a number. */
const ONE_BY_ONE = 3;
/** Whoever is found in the room within this time was there before us. */
const ARRIVING = 2_000;

type Watched = Pick<Session, "doc" | "minutes" | "ready" | "present" | "visitor" | "now">;

/** Tells `notices` until the returned function is called. What was there at the start is no news. */
export const watchNews = (session: Watched, notices: Notices): (() => void) => {
  const { doc, minutes, ready, present, visitor, now } = session;
  let seen: Set<string> | undefined;
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
      for (const item of others.slice(-ONE_BY_ONE)) {
        notices.tell(
          item.author ?? t("people-someone"),
          t("news-item", { number: item.number, section: section.heading }),
          now(),
        );
      }
      const [only] = others;
      notices.announce(
        others.length === 1 && only
          ? t("news-item-said", {
              who: only.author ?? t("people-someone"),
              number: only.number,
              section: section.heading,
            })
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
