/** One item: its mark, its words, who captured it when, and what can be done with it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type * as Y from "yjs";
import { itemTextOf } from "../../document/layout.ts";
import type { Marker } from "../../minutes/value.ts";
import { RichText } from "../editor/RichText.tsx";
import { StaticProse } from "../editor/StaticProse.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { ActionDetails } from "./ActionDetails.tsx";
import { watchCorrection } from "./correcting.ts";
import { ItemMenu } from "./ItemMenu.tsx";
import { ItemMeta, markOf, type ItemMetaProps } from "./ItemMeta.tsx";
import { MenuRoom } from "./Menu.tsx";
import { shortText } from "./item-moves.ts";
import { PickButton } from "./PickButton.tsx";
import { mayPick, togglePick } from "./picking.ts";
import { memo, useMinutesLanguage } from "./steady.ts";
import { isJustNow } from "./when.ts";

export interface ItemRowProps extends ItemMetaProps {
  marker: Marker;
  actions: boolean;
  /** The last one captured: highlighted while it is fresh. */
  newest: boolean;
  movable: boolean;
  /** Whether one picks here, or picked. */
  pick: "open" | "closed" | undefined;
  picked: boolean;
  votes: number | undefined;
}

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
          <ItemMeta {...props} />
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
