/** The lettered heading of a group of items, with its own handle. */
import { removeGroup, restoreItem } from "../../document/edit/items.ts";
import type { Group } from "../../minutes/value.ts";
import { RichText } from "../editor/RichText.tsx";
import { StaticProse } from "../editor/StaticProse.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { moveByKey } from "./item-moves.ts";
import { itemText } from "./ItemRow.tsx";
import { groupName } from "./lanes.ts";
import { Menu, MenuRoom } from "./Menu.tsx";
import { memo, useMinutesLanguage } from "./steady.ts";

interface GroupProps {
  session: Session;
  section: string;
  group: Group;
}

/** Removing a group leaves its items where they are, without a group. */
export const GroupHeading = memo<GroupProps>(({ session, section, group }) => {
  const text = itemText(session, section, group.id);
  const language = useMinutesLanguage(session);
  const remove = (): void => {
    removeGroup(session.doc, section, group.id);
    session.notify(t("items-group-removed", { group: groupName(group) }), () => {
      restoreItem(session.doc, section, group.id);
    });
  };
  return (
    <div class="group" data-row={group.id}>
      <span class="group__letter">{group.letter})</span>
      <div class="group__text">
        {text ? (
          <RichText
            session={session}
            text={text}
            place={`items:${section}:${group.id}`}
            label={t("items-group-heading", { letter: group.letter })}
            placeholder={t("items-group-placeholder")}
            oneLine
          />
        ) : (
          <StaticProse prose={group.body} lang={language} />
        )}
      </div>
      {session.canWrite.value ? (
        <Menu
          label={t("items-group-menu", { group: groupName(group) })}
          entries={() => [
            { label: t("sections-move-up"), keys: "Alt+↑", act: () => moveByKey(session, section, group.id, -1) },
            { label: t("sections-move-down"), keys: "Alt+↓", act: () => moveByKey(session, section, group.id, 1) },
            { label: t("items-group-remove"), danger: true, act: remove },
          ]}
        />
      ) : (
        session.frozen.value && <MenuRoom />
      )}
    </div>
  );
});
