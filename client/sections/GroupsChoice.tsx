/** Choosing one's own group, or all of them, while the groups of a list work on their own. */
import type { ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { enterGroup, groupHere } from "./group-here.ts";
import { groupName } from "./lanes.ts";

export const GroupsChoice = ({ section }: { section: ItemsSection }) => {
  const here = groupHere(section);
  return (
    <div class="groups-bar__choice" role="group" aria-label={t("groups-choice")}>
      {section.groups.map((group) => (
        <button
          key={group.id}
          type="button"
          class="chip"
          aria-pressed={group.id === here?.id}
          aria-label={t("groups-enter", { group: groupName(group).trim() })}
          onClick={() => enterGroup({ section: section.id, group: group.id })}
        >
          {t("groups-group", { letter: group.letter })}
        </button>
      ))}
      <button type="button" class="chip" aria-pressed={!here} onClick={() => enterGroup(undefined)}>
        {t("groups-all")}
      </button>
    </div>
  );
};
