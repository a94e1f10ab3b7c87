/** One item: its mark, its words, who captured it when, and what can be done with it. */
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type * as Y from "yjs";
import { itemOf, itemTextOf } from "../../document/layout.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import { letter } from "../../minutes/number.ts";
import type { Item, Marker } from "../../minutes/value.ts";
import { RichText } from "../editor/RichText.tsx";
import { StaticProse } from "../editor/StaticProse.tsx";
import { language, t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { ActionDetails } from "./ActionDetails.tsx";
import { ItemMenu } from "./ItemMenu.tsx";
import { shortText } from "./item-moves.ts";
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
  /** The items it condenses, "4, 11". */
  from: string;
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

const ItemMeta: FunctionComponent<ItemRowProps & { fresh: boolean }> = ({ session, item, from, fresh, section }) => {
  const mine = session.ready.value && itemOf(session.doc, section, item.id)?.get("author") === session.visitor.value.id;
  const time =
    item.at && (shortTime(item.at, session.now(), language.value) ?? (fresh ? t("items-just-now") : undefined));
  const condenses = from && `${WORDS[session.minutes.peek().language].condenses} ${from}`;
  // What came without a name, by a program or by somebody who gave none, still came from somebody.
  const who = mine ? t("items-you") : (item.author ?? (item.at === undefined ? undefined : t("people-someone")));
  const parts = [who, time, condenses].filter(Boolean);
  return parts.length > 0 ? <p class="item__meta">{parts.join(" · ")}</p> : null;
};

export const ItemRow = memo<ItemRowProps>((props) => {
  const { session, section, marker, item } = props;
  const fresh = useFresh(item.at, session);
  const text = itemText(session, section, item.id);
  const minutesLanguage = useMinutesLanguage(session);
  const [detailing, setDetailing] = useState(false);
  const label = t("items-one", { number: item.number });
  return (
    <li class={`item${fresh && props.newest ? " item--new" : ""}`} data-row={item.id} id={`item-${item.id}`}>
      <span class={`item__mark item__mark--${marker}`}>{markOf(marker, item.number)}</span>
      <div class="item__body">
        <div class="item__text">
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
      {session.canWrite.value && (
        <ItemMenu
          session={session}
          section={section}
          item={item}
          label={t("items-menu", { text: shortText(item) })}
          detail={props.actions ? () => setDetailing(true) : undefined}
        />
      )}
    </li>
  );
});
