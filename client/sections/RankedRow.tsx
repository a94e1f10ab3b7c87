/** One ranked item: its place, its words as they stand in the source, and how to move it or take it out. */
import { confirmRanking, moveRank, rank, unrank } from "../../document/edit/ranking.ts";
import { LOCAL } from "../../document/listen.ts";
import type { RankedItem } from "../../minutes/value.ts";
import { StaticProse } from "../editor/StaticProse.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { shortText } from "./item-moves.ts";
import { Menu, MenuRoom, type MenuEntry } from "./Menu.tsx";
import { dropRow, grabRow, stepRow, type Rows } from "./rows.ts";
import { sectionNow } from "./section-now.ts";
import { memo, useMinutesLanguage } from "./steady.ts";

interface RankedProps {
  session: Session;
  section: string;
  ranked: RankedItem;
  place: number;
  /** The list it comes from shows numbers to find it by. */
  numbered: boolean;
  /** Others share its place. */
  tied: boolean;
  /** Whoever may move it, and take it out. */
  movable: boolean;
  /** They could, were it not for a freeze. */
  room: boolean;
}

/** Everything ranked, above the line and below, as one list. */
export const rankedRows = (session: Session, id: string): Rows => {
  const section = sectionNow(session, id, "ranking");
  const all = section ? [...section.ranked, ...section.overflow] : [];
  const ids = all.map((each) => each.id);
  const move: Rows["move"] = (item, to) =>
    session.doc.transact(() => {
      // Whoever moves what the picks have ranked settles it.
      if (section?.picked) confirmRanking(session.doc, id, ids, LOCAL);
      moveRank(session.doc, id, item, to, LOCAL);
    }, LOCAL);
  return { session, ids, move };
};

export const RankedRow = memo<RankedProps>(({ session, section, ranked, place, numbered, tied, movable, room }) => {
  const text = shortText(ranked);
  const remove = (): void => {
    // The way back puts it where it stood: before the one that took its place.
    const { ids } = rankedRows(session, section);
    const next = ids[ids.indexOf(ranked.id) + 1];
    if (sectionNow(session, section, "ranking")?.picked) confirmRanking(session.doc, section, ids);
    unrank(session.doc, section, ranked.id);
    session.notify(t("ranking-removed", { text }), () => {
      rank(session.doc, section, ranked.id, next === undefined ? {} : { before: next });
    });
  };
  const entries = (): MenuEntry[] => [
    { label: t("sections-move-up"), keys: "Alt+↑", act: () => stepRow(rankedRows(session, section), ranked.id, -1) },
    { label: t("sections-move-down"), keys: "Alt+↓", act: () => stepRow(rankedRows(session, section), ranked.id, 1) },
    { label: t("ranking-remove"), danger: true, act: remove },
  ];
  return (
    <li class="ranked" data-row={ranked.id}>
      <span class="item__mark">{place}.</span>
      <div class="item__text">
        <StaticProse prose={ranked.body} lang={useMinutesLanguage(session)} />
      </div>
      <span class="ranked__number">
        {tied && <span class="ranked__tied">{t("ranking-tied")}</span>}
        {ranked.votes !== undefined && ranked.votes > 0 && <span>{t("pick-votes", { count: ranked.votes })}</span>}
        {numbered && <span>{t("ranking-number", { number: ranked.number })}</span>}
      </span>
      {!movable && room && <MenuRoom />}
      {movable && (
        <Menu
          label={t("items-menu", { text })}
          entries={entries}
          onGrab={(event) =>
            grabRow(event, ".ranking", (row, drop) => dropRow(rankedRows(session, section), row, drop))
          }
        />
      )}
    </li>
  );
});
