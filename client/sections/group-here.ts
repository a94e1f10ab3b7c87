/** The group in which the person at this device works, for as long as the page is open: from the address, or chosen here. */
import { signal } from "@preact/signals";
import type { Group, ItemsSection } from "../../minutes/value.ts";
import type { GroupPlace } from "../session/fragment.ts";

const here = signal<GroupPlace | undefined>(undefined);

/** Goes into a group, or (undefined) out of it, to all of them. */
export const enterGroup = (place: GroupPlace | undefined): void => {
  here.value = place;
};

/** The group of this section one works in, while its groups work on their own. */
export const groupHere = ({ id, split, groups }: ItemsSection): Group | undefined => {
  const place = here.value;
  return split && place?.section === id ? groups.find((group) => group.id === place.group) : undefined;
};
