/** A section of items: numbered, lettered or bulleted, in groups A) B) where it has them, captured below. */
import type { FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import { addGroup } from "../../document/edit/items.ts";
import { sources } from "../../minutes/formats/items.ts";
import type { Item, ItemsSection, Minutes } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { CaptureLine } from "./CaptureLine.tsx";
import { focusWhenDrawn, useKeptFocus } from "./focus.ts";
import { GroupHeading } from "./GroupHeading.tsx";
import { ItemRow } from "./ItemRow.tsx";
import { moveByKey } from "./item-moves.ts";
import { lanes, type Lane } from "./lanes.ts";
import { altArrow } from "./rows.ts";
import { usePart } from "./steady.ts";

interface ItemsProps {
  session: Session;
  section: ItemsSection;
}

/** What each item condenses, in the words the exports use: "4, 11". Only for those that condense something. */
const condensedBy = (minutes: Minutes): [string, string][] =>
  minutes.sections.flatMap((section) =>
    section.kind === "items"
      ? section.items.flatMap((item): [string, string][] => (item.from ? [[item.id, sources(item, minutes)]] : []))
      : [],
  );

/** Id of the item captured last: the one that is highlighted for a while. */
const newestOf = ({ items }: ItemsSection): string | undefined =>
  items.reduce<Item | undefined>((last, item) => ((item.at ?? "") > (last?.at ?? "") ? item : last), undefined)?.id;

const LaneView: FunctionComponent<ItemsProps & { lane: Lane; condensed: ReadonlyMap<string, string> }> = ({
  session,
  section,
  lane: { group, items },
  condensed,
}) => {
  const newest = newestOf(section);
  const list = items.length > 0 && (
    <ol class="items__list" role="list">
      {items.map((item) => (
        <ItemRow
          key={item.id}
          session={session}
          section={section.id}
          marker={section.marker}
          actions={section.actions}
          item={item}
          newest={item.id === newest}
          from={condensed.get(item.id) ?? ""}
        />
      ))}
    </ol>
  );
  if (!group) return list || null;
  return (
    <div class="items__group" role="group" aria-label={`${group.letter}) ${group.text}`}>
      <GroupHeading session={session} section={section.id} group={group} />
      {list}
    </div>
  );
};

export const ItemsBody: FunctionComponent<ItemsProps> = ({ session, section }) => {
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  const condensed = new Map(usePart(session, condensedBy));
  const canWrite = session.canWrite.value;
  const newGroup = (): void => {
    const id = addGroup(session.doc, section.id);
    session.announce(t("items-group-added"));
    const heading = `[data-row="${CSS.escape(id)}"] .group__text [tabindex]`;
    focusWhenDrawn(() => root.current?.querySelector<HTMLElement>(heading));
  };
  return (
    <div
      class="items"
      ref={root}
      onKeyDown={(event) => {
        const move = canWrite ? altArrow(event) : undefined;
        if (move) moveByKey(session, section.id, move.row, move.by);
      }}
    >
      {lanes(section).map((lane) => (
        <LaneView key={lane.group?.id ?? ""} session={session} section={section} lane={lane} condensed={condensed} />
      ))}
      {section.items.length === 0 && !canWrite && <p class="soft">{t("sections-nothing-yet")}</p>}
      {canWrite && section.grouped && (
        <button type="button" class="button button--quiet items__new-group" onClick={newGroup}>
          {t("items-group-add")}
        </button>
      )}
      <CaptureLine session={session} section={section} />
    </div>
  );
};
