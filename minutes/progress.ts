/** How far a section has come: what the dot beside it in the outline shows. */
import { isNamed } from "./people.ts";
import { isBlank } from "./plain.ts";
import type { Section } from "./value.ts";

export type Progress = "empty" | "begun" | "filled";

/** Total; guidance and headings do not count as writing. */
export function progress(section: Section): Progress {
  switch (section.kind) {
    case "prose":
      return isBlank(section.body) ? "empty" : "filled";
    case "fields":
      return share(section.fields.filter((field) => field.value.trim() !== "").length, section.fields.length);
    case "people":
      return section.people.some(isNamed) ? "filled" : "empty";
    case "items":
      if (section.items.some((item) => !isBlank(item.body))) return "filled";
      return section.groups.some((group) => !isBlank(group.body)) ? "begun" : "empty";
    case "ranking":
      return share(section.ranked.length, section.size);
    case "runsheet":
      return share(
        section.phases.filter((phase) => phase.label.trim() !== "" && phase.minutes > 0).length,
        section.phases.length,
      );
    case "notice":
      break;
  }
  return section.text.trim() === "" ? "empty" : "filled";
}

function share(done: number, all: number): Progress {
  if (done === 0) return "empty";
  return done < all ? "begun" : "filled";
}
