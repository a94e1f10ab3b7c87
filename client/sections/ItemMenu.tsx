/** The handle of an item: dragged it moves it, pressed it lists every place it can go, and what it condenses. */
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import type { Item } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { Condenses } from "./Condenses.tsx";
import { moveByDrop, moveByKey, moveTo, otherGroups, removeWithUndo } from "./item-moves.ts";
import { groupName } from "./lanes.ts";
import { Menu, type MenuEntry } from "./Menu.tsx";
import { grabRow } from "./rows.ts";

interface ItemMenuProps {
  session: Session;
  section: string;
  item: Item;
  label: string;
  /** Opens owner, due date and status, where items have them. */
  detail: (() => void) | undefined;
}

export const ItemMenu: FunctionComponent<ItemMenuProps> = ({ session, section, item, label, detail }) => {
  const [condensing, setCondensing] = useState(false);
  const entries = (): MenuEntry[] => [
    { label: t("sections-move-up"), keys: "Alt+↑", act: () => moveByKey(session, section, item.id, -1) },
    { label: t("sections-move-down"), keys: "Alt+↓", act: () => moveByKey(session, section, item.id, 1) },
    ...otherGroups(session, section, item).map((group) => ({
      label: group === "" ? t("items-leave-group") : t("items-to-group", { group: groupName(group) }),
      act: () => moveTo(session, section, item.id, { group: group === "" ? "" : group.id }),
    })),
    ...(detail ? [{ label: t("items-action-add"), act: detail }] : []),
    { label: t("items-condenses-choose"), act: () => setCondensing(true) },
    { label: t("sections-remove"), danger: true, act: () => removeWithUndo(session, section, item) },
  ];
  return (
    <>
      <Menu
        label={label}
        entries={entries}
        onGrab={(event) => grabRow(event, ".items", (row, drop) => moveByDrop(session, section, row, drop))}
      />
      {condensing && <Condenses session={session} section={section} item={item} close={() => setCondensing(false)} />}
    </>
  );
};
