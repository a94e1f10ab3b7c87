/** The most important points, ranked by picks or by hand from an items section: slots, what fell below the line, a chooser. */
import type { FunctionComponent, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { rank } from "../../document/edit/ranking.ts";
import { isTied } from "../../minutes/tally.ts";
import type { Item, ItemsSection, RankedItem, RankingSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { useKeptFocus } from "./focus.ts";
import { asFields } from "./held.ts";
import { shortText } from "./item-moves.ts";
import { RankedRow, rankedRows } from "./RankedRow.tsx";
import { RankingBar } from "./RankingBar.tsx";
import { altArrow, stepRow } from "./rows.ts";
import { usePart } from "./steady.ts";

interface RankingProps {
  session: Session;
  section: RankingSection;
}

/** The list one chooses from. */
const useSource = (session: Session, section: RankingSection): ItemsSection | undefined =>
  usePart(session, ({ sections }) => sections.filter((each) => each.kind === "items")).find(
    ({ id }) => id === section.source,
  );

/** What can still be chosen, in the order of capture. */
const candidates = (source: ItemsSection | undefined, section: RankingSection): Item[] => {
  if (!source) return [];
  const taken = new Set([...section.ranked, ...section.overflow].map(({ id }) => id));
  return source.items.filter(({ id }) => !taken.has(id)).toSorted((a, b) => a.number - b.number);
};

const Chooser: FunctionComponent<RankingProps & { items: Item[] }> = ({ session, section, items }) => {
  const full = section.ranked.length >= section.size;
  const held = !session.canWrite.value;
  const choose = ({ currentTarget: select }: TargetedEvent<HTMLSelectElement>): void => {
    const item = items.find(({ id }) => id === select.value);
    select.value = "";
    if (!item || held) return;
    session.undo.stopCapturing();
    rank(session.doc, section.id, item.id);
    const position = section.ranked.length + section.overflow.length + 1;
    session.announce(t("ranking-chosen", { text: shortText(item), position }));
  };
  return (
    <select
      class="input ranking__chooser"
      aria-label={t(full ? "ranking-choose-below" : "ranking-choose", { heading: section.heading })}
      aria-disabled={held || undefined}
      value=""
      onChange={choose}
    >
      <option value="">{t(full ? "ranking-choose-below-short" : "ranking-choose-short")}</option>
      {items.map((item) => (
        <option key={item.id} value={item.id}>
          {item.number}. {shortText(item)}
        </option>
      ))}
    </select>
  );
};

/** Empty slots are shown while writing, and never exported. */
export const RankingBody: FunctionComponent<RankingProps> = ({ session, section }) => {
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  const canWrite = session.canWrite.value;
  const frozen = session.frozen.value;
  const source = useSource(session, section);
  const items = candidates(source, section);
  const numbered = source?.marker === "number";
  // What the picks have ranked is settled by whoever facilitates; after that, as ever, by all who write.
  const movable = canWrite && (!section.picked || session.capability.value === "manage");
  const all = [...section.ranked, ...section.overflow];
  const row = (ranked: RankedItem, index: number) => (
    <RankedRow
      key={ranked.id}
      session={session}
      section={section.id}
      ranked={ranked}
      place={ranked.place ?? index + 1}
      numbered={numbered}
      tied={isTied(ranked, all)}
      movable={movable}
      room={frozen && !section.picked}
    />
  );
  const empty = Math.max(0, section.size - section.ranked.length);
  return (
    <div
      class="ranking"
      ref={root}
      onKeyDown={(event) => {
        const move = movable ? altArrow(event) : undefined;
        if (move) stepRow(rankedRows(session, section.id), move.row, move.by);
      }}
    >
      <RankingBar session={session} section={section} pick={source?.pick} />
      <ol class="ranking__list" role="list">
        {section.ranked.map(row)}
        {asFields(session) &&
          Array.from({ length: empty }, (_, index) => (
            <li key={`slot-${section.ranked.length + index}`} class="ranked ranked--empty">
              <span class="item__mark">{section.ranked.length + index + 1}.</span>
              {index === 0 && items.length > 0 && !source?.pick?.open ? (
                <Chooser session={session} section={section} items={items} />
              ) : (
                <span class="soft">…</span>
              )}
            </li>
          ))}
      </ol>
      {asFields(session) && items.length === 0 && section.ranked.length === 0 && (
        <p class="soft small">{t("ranking-nothing-to-choose")}</p>
      )}
      {section.overflow.length > 0 && (
        <>
          <h3 class="overline ranking__line">{t("ranking-below")}</h3>
          <ol class="ranking__list ranking__list--below" role="list" start={section.size + 1}>
            {section.overflow.map((ranked, index) => row(ranked, section.ranked.length + index))}
          </ol>
        </>
      )}
      {asFields(session) && empty === 0 && items.length > 0 && (
        <Chooser session={session} section={section} items={items} />
      )}
      {!asFields(session) && section.ranked.length === 0 && <p class="soft">{t("sections-nothing-yet")}</p>}
    </div>
  );
};
