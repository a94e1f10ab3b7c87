/** The handle of an item: dragged it moves it, pressed it lists every place it can go, and where it comes from. */
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import type { Item } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { DictatedBy } from "./DictatedBy.tsx";
import { moveByDrop, moveByKey, moveTo, otherGroups, removeWithUndo } from "./item-moves.ts";
import { groupName } from "./lanes.ts";
import { Menu, type MenuEntry } from "./Menu.tsx";
import { Provenance } from "./Provenance.tsx";
import { grabRow } from "./rows.ts";
import { takeUpByDrop } from "./synthesis.ts";

interface ItemMenuProps {
  session: Session;
  section: string;
  item: Item;
  label: string;
  /** The list is shown as it is arranged: an item can be moved in it. */
  movable: boolean;
  /** Opens owner, due date and status, where items have them. */
  detail: (() => void) | undefined;
}

/** The items of the other lists: what is dropped on one of them is taken up by it. */
const takersBeside = (root: HTMLElement): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(".items .item[data-row]")].filter((row) => !root.contains(row));

/** Asked when the menu opens: a row must not be drawn again for what happens elsewhere (K1). */
const hasOtherLists = (session: Session, section: string): boolean =>
  session.minutes.peek().sections.some((each) => each.kind === "items" && each.id !== section);

export const ItemMenu: FunctionComponent<ItemMenuProps> = ({ session, section, item, label, movable, detail }) => {
  const [choosing, setChoosing] = useState<"from" | "into" | "dictated">();
  const entries = (): MenuEntry[] => [
    ...(movable
      ? [
          { label: t("sections-move-up"), keys: "Alt+↑", act: () => moveByKey(session, section, item.id, -1) },
          { label: t("sections-move-down"), keys: "Alt+↓", act: () => moveByKey(session, section, item.id, 1) },
        ]
      : []),
    ...otherGroups(session, section, item).map((group) => ({
      label: group === "" ? t("items-leave-group") : t("items-to-group", { group: groupName(group) }),
      act: () => moveTo(session, section, item.id, { group: group === "" ? "" : group.id }),
    })),
    ...(detail ? [{ label: t("items-action-add"), act: detail }] : []),
    { label: t("capture-dictated"), act: () => setChoosing("dictated") },
    { label: t("items-condenses-choose"), act: () => setChoosing("from") },
    ...(hasOtherLists(session, section) ? [{ label: t("synthesis-into-choose"), act: () => setChoosing("into") }] : []),
    { label: t("sections-remove"), danger: true, act: () => removeWithUndo(session, section, item) },
  ];
  return (
    <>
      <Menu
        label={label}
        entries={entries}
        onGrab={(event) =>
          grabRow(
            event,
            ".items",
            (row, drop) => {
              if (movable) moveByDrop(session, section, row, drop);
            },
            { takers: takersBeside, give: (row, taker) => takeUpByDrop(session, row, taker) },
          )
        }
      />
      {choosing === "dictated" && (
        <DictatedBy session={session} section={section} item={item} close={() => setChoosing(undefined)} />
      )}
      {choosing && choosing !== "dictated" && (
        <Provenance
          session={session}
          section={section}
          item={item}
          way={choosing}
          close={() => setChoosing(undefined)}
        />
      )}
    </>
  );
};
