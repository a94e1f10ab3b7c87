/** What stands over the page on a phone, right above the line where one captures: higher where that line has a choice of groups. */
import { groupHere } from "../sections/group-here.ts";
import type { Session } from "../session/session.ts";
import { placeIn } from "./place.ts";

/** A class, or nothing. */
export const aboveGroups = ({ minutes, canWrite, frozen }: Session): "" | " above-groups" => {
  const { sections } = minutes.value;
  const here = placeIn(sections);
  const section = sections.find(({ id }) => id === here);
  const writes = canWrite.value || frozen.value;
  const chooses = section?.kind === "items" && section.groups.length > 0 && !groupHere(section);
  return writes && chooses ? " above-groups" : "";
};
