/** Whoever runs the play by commands and edits, as a program would. */
import { gatherGroups, splitSection } from "../document/edit/groups.ts";
import { confirmRanking } from "../document/edit/ranking.ts";
import type { Participant } from "./participant.ts";
import type { Director } from "./player.ts";

export const directing = (facilitator: Participant): Director => {
  const { doc } = facilitator;
  return {
    begin: ({ id }) => facilitator.ask("POST", "/stage", { do: "begin", phase: id }),
    show: ({ id }) => facilitator.ask("POST", "/stage", { do: "show", section: id, following: false }),
    openPick: ({ id }, size) => facilitator.ask("PATCH", "/votes", { section: id, open: true, size }),
    closePick: ({ id }) => facilitator.ask("PATCH", "/votes", { section: id, open: false }),
    confirm: ({ id }, items) => {
      confirmRanking(doc, id, items);
      return facilitator.saved();
    },
    split: ({ id }, count) => {
      splitSection(doc, id, count);
      return facilitator.saved();
    },
    gather: ({ id }) => {
      gatherGroups(doc, id);
      return facilitator.saved();
    },
    stop: () => facilitator.ask("POST", "/stage", { do: "stop" }),
  };
};
