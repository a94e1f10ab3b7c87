/** One item: its mark, its words, who captured it when, and what can be done with it. */
import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type * as Y from "yjs";
import { itemOf, itemTextOf } from "../../document/layout.ts";
import { isolated } from "../../minutes/direction.ts";
import { letter } from "../../minutes/number.ts";
import type { Item, Marker } from "../../minutes/value.ts";
import { RichText } from "../editor/RichText.tsx";
import { StaticProse } from "../editor/StaticProse.tsx";
import { language, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { ActionDetails } from "./ActionDetails.tsx";
import { watchCorrection } from "./correcting.ts";
import { ItemMenu } from "./ItemMenu.tsx";
import { MenuRoom } from "./Menu.tsx";
import { shortText } from "./item-moves.ts";
import { PickButton } from "./PickButton.tsx";
import { mayPick, togglePick } from "./picking.ts";
import { memo, useMinutesLanguage } from "./steady.ts";
import { isJustNow, shortTime } from "./when.ts";

export interface ItemRowProps {
  session: Session;
  section: string;
  marker: Marker;
  actions: boolean;
  item: Item;
  /** The last one captured: highlighted while it is fresh. */
  newest: boolean;
  /** Where it comes from and where it went: "d’après 4, 11". */
  origin: string;
  /** Who else said it, and the numbers it was captured under as well, to be put behind who said it. */
  also: string;
  /** The letter of its group, where the list is not shown by groups. */
  letter: string;
  movable: boolean;
  /** Whether one picks here, or picked. */
  pick: "open" | "closed" | undefined;
  picked: boolean;
  votes: number | undefined;
}

const markOf = (marker: Marker, number: number): string =>
  marker === "bullet" ? "•" : marker === "letter" ? `${letter(number)})` : String(number);

/** True for a minute after `at`; draws once more when that is over. */
const useFresh = (at: string | undefined, session: Session): boolean => {
  const [, setOver] = useState(false);
  const fresh = at !== undefined && isJustNow(at, session.now());
  useEffect(() => {
    if (!fresh) return undefined;
    const left = 60_000 - (session.now().getTime() - new Date(at).getTime());
    const timer = setTimeout(() => setOver((over) => !over), Math.max(1000, Math.min(left, 60_000) + 50));
    return () => clearTimeout(timer);
  }, [at, fresh]);
  return fresh;
};

/** The live text of an item, once the document is there. */
export const itemText = (session: Session, section: string, id: string): Y.Text | undefined => {
  if (!session.ready.value) return undefined;
  return itemTextOf(session.doc, section, id);
};

/** "corrigé par Nadia à 10:50" */
const correction = ({ corrected, correctedBy }: Item, session: Session): string | undefined => {
  if (corrected === undefined) return undefined;
  const time = shortTime(corrected, session.now(), language.value) ?? t("items-just-now");
  return t(correctedBy === undefined ? "capture-corrected" : "capture-corrected-by", { who: correctedBy ?? "", time });
};

const ItemMeta: FunctionComponent<ItemRowProps & { fresh: boolean }> = (props) => {
  const { session, item, origin, also, letter: group, fresh, section } = props;
  const mine = session.ready.value && itemOf(session.doc, section, item.id)?.get("author") === session.visitor.value.id;
  const time =
    item.at && (shortTime(item.at, session.now(), language.value) ?? (fresh ? t("items-just-now") : undefined));
  // What came without a name, by a program or by somebody who gave none, still came from somebody.
  const who = mine ? t("items-you") : (item.author ?? (item.at === undefined ? undefined : t("people-someone")));
  const inGroup = group === "" ? undefined : t("groups-group", { letter: group });
  const said = item.dictatedBy === undefined ? undefined : t("capture-dictated-by", { who: item.dictatedBy });
  const parts = [`${isolated(who ?? "")}${also}`, said, time, inGroup, correction(item, session)].filter(Boolean);
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

export const ItemRow = memo<ItemRowProps>((props) => {
  const { session, section, marker, item } = props;
  const fresh = useFresh(item.at, session);
  const text = itemText(session, section, item.id);
  const minutesLanguage = useMinutesLanguage(session);
  const [detailing, setDetailing] = useState(false);
  const label = t("items-one", { number: item.number });
  const words = useRef<string>(undefined);
  return (
    <li class={`item${fresh && props.newest ? " item--new" : ""}`} data-row={item.id} id={`item-${item.id}`}>
      <span class={`item__mark item__mark--${marker}`}>{markOf(marker, item.number)}</span>
      <div class="item__body">
        <div class="item__text" {...watchCorrection(session, section, item.id, words)}>
          {text ? (
            <RichText session={session} text={text} place={`items:${section}:${item.id}`} label={label} />
          ) : (
            <StaticProse prose={item.body} lang={minutesLanguage} />
          )}
        </div>
        <div class="item__foot">
          <ItemMeta {...props} fresh={fresh} />
          {props.actions && (
            <ActionDetails session={session} section={section} item={item} open={detailing} setOpen={setDetailing} />
          )}
        </div>
      </div>
      {props.pick && (
        <PickButton
          text={shortText(item)}
          picked={props.picked}
          votes={props.votes}
          toggle={props.pick === "open" && mayPick(session) ? () => togglePick(session, section, item) : undefined}
        />
      )}
      {session.canWrite.value ? (
        <ItemMenu
          session={session}
          section={section}
          item={item}
          movable={props.movable}
          label={t("items-menu", { text: shortText(item) })}
          detail={props.actions ? () => setDetailing(true) : undefined}
        />
      ) : (
        session.frozen.value && <MenuRoom />
      )}
    </li>
  );
});
