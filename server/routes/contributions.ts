/** What is kept under somebody's name in a workshop, for themselves to see and to take away. */
import { Refusal } from "../../document/refusal.ts";
import { route, type Route } from "./route.ts";

export const CONTRIBUTIONS: readonly Route[] = [
  route(
    {
      method: "get",
      path: "/api/workshops/{id}/contributions",
      summary: "What is kept of the visitor of a session",
      needs: "read",
      answer: "name, organisation, colour, since when, their changes in the history, the text they wrote",
    },
    async ({ house, params, grant }) => {
      // A bare link stands for everybody who holds it: what is one's own, only a session knows.
      if (grant.clientId === undefined) throw new Refusal("wrong-capability", "a session's token is needed");
      const id = params["id"]!;
      const [visitors, minutes, kept] = await Promise.all([
        house.access.visitors(id),
        house.log.minutes(id),
        house.log.contributions(id, grant.visitor),
      ]);
      const headings = new Map(minutes.sections.map((section) => [section.id, section.heading]));
      return {
        workshop: id,
        title: minutes.title,
        visitor: visitors.find((each) => each.id === grant.visitor) ?? null,
        since: kept.since,
        entries: kept.entries,
        texts: kept.texts.map((each) => ({ ...each, heading: headings.get(each.section) ?? "" })),
      };
    },
  ),
];
