/** The API of picks: a ballot is a command that the server executes, for those as well who may not write. */
import { castBallot, setPick, type Hand, type NoPick } from "../../document/edit/picks.ts";
import { Refusal, type RefusalCode } from "../../document/refusal.ts";
import { PickRequest, VoteRequest } from "../../document/session.ts";
import { route, type Route } from "./route.ts";

const REFUSALS: Record<NoPick, [code: RefusalCode, detail?: string]> = {
  "no-section": ["unknown-section"],
  "not-open": ["no-pick"],
  "no-item": ["malformed-request", "item: no such item in this section"],
  "none-left": ["no-picks-left"],
  "picked-more": ["picked-more"],
};

/** Thrown within the edit: then nothing is written. */
const taken = <Result extends object>(outcome: Result | NoPick): Result => {
  if (typeof outcome !== "string") return outcome;
  const [code, detail] = REFUSALS[outcome];
  throw new Refusal(code, detail);
};

export const VOTES: readonly Route[] = [
  route(
    {
      method: "post",
      path: "/api/workshops/{id}/votes",
      summary: "Pick an item, or take the pick back; the same twice changes nothing",
      needs: "vote",
      body: VoteRequest,
      answer: "what this visitor has picked in the section, and how many picks are left",
    },
    ({ house, grant, body }): Promise<Hand> =>
      house.rooms.edit(grant.workshop, grant.visitor, (draft) =>
        taken(castBallot(draft, { ...body, visitor: grant.visitor })),
      ),
  ),

  route(
    {
      method: "patch",
      path: "/api/workshops/{id}/votes",
      summary: "Open or close the pick of a section, set how many each visitor picks and whether results are hidden",
      needs: "manage",
      body: PickRequest,
      answer: "the pick as it is now",
    },
    ({ house, grant, body: { section, ...change } }) =>
      house.rooms.edit(grant.workshop, grant.visitor, (draft) => taken(setPick(draft, section, change))),
  ),
];
