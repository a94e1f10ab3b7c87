/** A section of items: numbered, lettered or bulleted, in groups A) B) where it has them, captured below. */
import type { FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import { addGroup } from "../../document/edit/items.ts";
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

/** The number of every item of the workshop, by its id. */
const numbersOf = (minutes: Minutes): [string, number][] =>
  minutes.sections.flatMap((section) =>
    section.kind === "items" ? section.items.map(({ id, number }): [string, number] => [id, number]) : [],
  );

/** Numbers of the items this one condenses, as one text, so that a row is drawn again only when they change. */
const condensed = (numbers: ReadonlyMap<string, number>, { from = [] }: Item): string =>
  from.flatMap((id) => numbers.get(id) ?? []).join(", ");

/** Id of the item captured last: the one that is highlighted for a while. */
const newestOf = ({ items }: ItemsSection): string | undefined =>
  items.reduce<Item | undefined>((last, item) => ((item.at ?? "") > (last?.at ?? "") ? item : last), undefined)?.id;

const LaneView: FunctionComponent<ItemsProps & { lane: Lane; numbers: ReadonlyMap<string, number> }> = ({
  session,
  section,
  lane: { group, items },
  numbers,
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
          from={condensed(numbers, item)}
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
  const numbers = new Map(usePart(session, numbersOf));
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
        <LaneView key={lane.group?.id ?? ""} session={session} section={section} lane={lane} numbers={numbers} />
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
