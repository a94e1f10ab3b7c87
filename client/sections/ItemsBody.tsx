/** A section of items: numbered, lettered or bulleted, in groups A) B) where it has them, captured below. */
import type { FunctionComponent } from "preact";
import { useRef, useState } from "preact/hooks";
import { addGroup } from "../../document/edit/items.ts";
import type { Item, ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { CaptureLine } from "./CaptureLine.tsx";
import { focusWhenDrawn } from "./drawn.ts";
import { useKeptFocus } from "./focus.ts";
import { groupHere } from "./group-here.ts";
import { GroupHeading } from "./GroupHeading.tsx";
import { GroupsBar, GroupsSplitting } from "./GroupsBar.tsx";
import { asFields } from "./held.ts";
import { alsoSaid, originsIn } from "./ItemMeta.tsx";
import { ItemRow } from "./ItemRow.tsx";
import { ItemsOrder, lanesIn, orderIn, type Order } from "./ItemsOrder.tsx";
import { moveByKey } from "./item-moves.ts";
import type { Lane } from "./lanes.ts";
import { PickBar } from "./PickBar.tsx";
import { changePick, mayPick, usePicks, type Picks } from "./picking.ts";
import { PickOpening } from "./PickOpening.tsx";
import { altArrow } from "./rows.ts";
import { usePart } from "./steady.ts";

interface ItemsProps {
  session: Session;
  section: ItemsSection;
}

/** Id of the item captured last: the one that is highlighted for a while. */
const newestOf = ({ items }: ItemsSection): string | undefined =>
  items.reduce<Item | undefined>((last, item) => ((item.at ?? "") > (last?.at ?? "") ? item : last), undefined)?.id;

interface LaneProps extends ItemsProps {
  lane: Lane;
  origins: ReadonlyMap<string, string>;
  picks: Picks;
  /** The list is shown in another order than its own. */
  sorted: boolean;
}

const LaneView: FunctionComponent<LaneProps> = ({
  session,
  section,
  lane: { group, items },
  origins,
  picks,
  sorted,
}) => {
  const newest = newestOf(section);
  const letters = new Map(sorted ? section.groups.map(({ id, letter }) => [id, letter]) : []);
  const pick = section.pick && (section.pick.open ? "open" : "closed");
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
          origin={origins.get(item.id) ?? ""}
          also={alsoSaid(section, item)}
          letter={letters.get(item.group ?? "") ?? ""}
          movable={!sorted}
          pick={pick}
          picked={picks.mine.has(item.id)}
          votes={picks.votes(item)}
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
  const origins = new Map(usePart(session, originsIn));
  const picks = usePicks(session, section);
  const [chosen, setOrder] = useState<Order>("arranged");
  const here = groupHere(section);
  const order = here ? "arranged" : orderIn(section, chosen);
  const shown = lanesIn(section, order).filter(({ group }) => !here || group?.id === here.id);
  const sorted = order !== "arranged";
  const canWrite = session.canWrite.value;
  const newGroup = (): void => {
    const id = addGroup(session.doc, section.id);
    session.announce(t("items-group-added"));
    const heading = `[data-row="${CSS.escape(id)}"] .group__text [tabindex]`;
    focusWhenDrawn(session, () => root.current?.querySelector<HTMLElement>(heading));
  };
  return (
    <div
      class="items"
      ref={root}
      onKeyDown={(event) => {
        const move = canWrite && !sorted ? altArrow(event) : undefined;
        if (move) moveByKey(session, section.id, move.row, move.by);
      }}
    >
      <GroupsBar session={session} section={section} />
      <PickBar
        pick={section.pick}
        left={mayPick(session) ? picks.left : undefined}
        change={
          session.capability.value === "manage" ? (change) => void changePick(session, section.id, change) : undefined
        }
      />
      {!here && <ItemsOrder section={section} order={order} choose={setOrder} />}
      {shown.map((lane) => (
        <LaneView
          key={lane.group?.id ?? ""}
          session={session}
          section={section}
          lane={lane}
          origins={origins}
          picks={picks}
          sorted={sorted}
        />
      ))}
      {section.items.length === 0 && !asFields(session) && <p class="soft">{t("sections-nothing-yet")}</p>}
      <div class="items__acts">
        {asFields(session) && section.grouped && !here && (
          <button
            type="button"
            class="button button--quiet items__act"
            aria-disabled={!canWrite || undefined}
            onClick={() => canWrite && newGroup()}
          >
            {t("items-group-add")}
          </button>
        )}
        <PickOpening session={session} section={section} />
        <GroupsSplitting session={session} section={section} />
      </div>
      <CaptureLine session={session} section={section} />
    </div>
  );
};
