/** What stands below the words of an item: who said it and when, where it comes from and where it went. */
import { isolated } from "../../minutes/direction.ts";
import { letter as letterOf } from "../../minutes/number.ts";
import { destinationOf, idsOf, provenanceOf } from "../../minutes/provenance.ts";
import type { Item, ItemsSection, Marker, Minutes } from "../../minutes/value.ts";
import { language, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { isJustNow, shortTime } from "./when.ts";

export const markOf = (marker: Marker, number: number): string =>
  marker === "bullet" ? "•" : marker === "letter" ? `${letterOf(number)})` : String(number);

/** Who else said what was brought together in one item, and its other numbers: ", Brice (B) · aussi n° 4". */
export const alsoSaid = ({ groups, marker }: ItemsSection, { merged = [] }: Item): string => {
  const letters = new Map(groups.map(({ id, letter }) => [id, letter]));
  const who = merged.flatMap(({ author, group }) => {
    const letter = letters.get(group ?? "");
    if (author === undefined) return [];
    return [letter === undefined ? isolated(author) : `${isolated(author)} (${letter})`];
  });
  const numbers =
    marker === "bullet" ? [] : merged.map(({ number }) => (marker === "letter" ? letterOf(number) : number));
  const also = numbers.length === 0 ? "" : ` · ${t("groups-also", { numbers: numbers.join(", ") })}`;
  return [...new Set(who)].map((each) => `, ${each}`).join("") + also;
};

/** Where each item comes from and where it went, in the words the exports use. Only for those of which there is something to say. */
export const originsIn = (minutes: Minutes): [string, string][] => {
  const all = minutes.sections.flatMap((section) => (section.kind === "items" ? section.items : []));
  const taken = new Set(all.flatMap(({ from = [] }) => from));
  return all.flatMap((item): [string, string][] => {
    // Most come from nowhere and went nowhere: looking through all of them for each would take long.
    if (!item.from && !idsOf(item).some((id) => taken.has(id))) return [];
    const said = [provenanceOf(item, minutes), destinationOf(item, minutes)].filter((each) => each !== "");
    return said.length > 0 ? [[item.id, said.join(" · ")]] : [];
  });
};

/** "corrigé par Nadia à 10:50" */
const correction = ({ corrected, correctedBy }: Item, session: Session): string | undefined => {
  if (corrected === undefined) return undefined;
  const time = shortTime(corrected, session.now(), language.value) ?? t("items-just-now");
  return t(correctedBy === undefined ? "capture-corrected" : "capture-corrected-by", { who: correctedBy ?? "", time });
};

export interface ItemMetaProps {
  session: Session;
  section: string;
  item: Item;
  /** Where it comes from and where it went: "d’après 4, 11". */
  origin: string;
  /** Who else said it, and the numbers it was captured under as well, to be put behind who said it. */
  also: string;
  /** The letter of its group, where the list is not shown by groups. */
  letter: string;
}

export const ItemMeta = ({ session, section, item, origin, also, letter }: ItemMetaProps) => {
  const { at, author, dictatedBy } = item;
  const now = session.now();
  // What came without a name, by a program or by somebody who gave none, still came from somebody.
  const who = session.isMine(section, item.id)
    ? t("items-you")
    : (author ?? (at === undefined ? "" : t("people-someone")));
  const parts = [
    isolated(who) + also,
    dictatedBy !== undefined && t("capture-dictated-by", { who: dictatedBy }),
    at !== undefined && (shortTime(at, now, language.value) ?? (isJustNow(at, now) && t("items-just-now"))),
    letter !== "" && t("groups-group", { letter }),
    correction(item, session),
  ].filter(Boolean);
  if (parts.length === 0 && origin === "") return null;
  return (
    <p class="item__meta">
      {parts.join(" · ")}
      {origin !== "" && (
        <span class="item__origin" lang={session.minutes.peek().language}>
          {parts.length > 0 && " · "}
          {origin}
        </span>
      )}
    </p>
  );
};
