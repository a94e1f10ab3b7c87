/** The API of the stage: what the room looks at together, and the commands that change it. */
import { Refusal } from "../../document/refusal.ts";
import { atLeast } from "../../document/session.ts";
import { StageRequest, type Stage, type StageAnswer } from "../../document/stage.ts";
import { phaseIn } from "../../minutes/runsheet.ts";
import type { Minutes } from "../../minutes/value.ts";
import type { Grant } from "../access/access.ts";
import { route, type Route } from "./route.ts";

const answer = (stage: Stage): StageAnswer => ({ stage, now: new Date().toISOString() });

/** One's own hand is everybody's who takes part; the rest is the facilitator's. */
const isOwnHand = (body: StageRequest, { visitor }: Grant): boolean =>
  body.do === "raise" || (body.do === "lower" && (body.visitor ?? visitor) === visitor);

/** How long the phase is that is to begin. Throws Refusal where what is named is not there. */
const lookUp = (body: StageRequest, minutes: Minutes): { minutes?: number } => {
  if (body.do === "begin") {
    const standing = phaseIn(minutes, body.phase);
    if (!standing) throw new Refusal("malformed-request", "phase: no such phase in the run sheet");
    return { minutes: standing.phase.minutes };
  }
  const missing =
    body.do === "show" && body.section !== null && !minutes.sections.some(({ id }) => id === body.section);
  if (missing) throw new Refusal("unknown-section");
  return {};
};

export const STAGES: readonly Route[] = [
  route(
    {
      method: "get",
      path: "/api/workshops/{id}/stage",
      summary: "What the room looks at together: phase and clock, the section shown, writing frozen, hands raised",
      needs: "read",
      answer: "the stage, and the server's time",
    },
    async ({ house, grant }): Promise<StageAnswer> => answer(await house.stages.stage(grant.workshop)),
  ),
  route(
    {
      method: "post",
      path: "/api/workshops/{id}/stage",
      summary:
        "Change the stage; raising and lowering one's own hand needs no more than this, the rest asks for manage",
      needs: "vote",
      body: StageRequest,
      answer: "the stage as it is now, and the server's time",
    },
    async ({ house, grant, body }): Promise<StageAnswer> => {
      if (!isOwnHand(body, grant) && !atLeast(grant.capability, "manage")) throw new Refusal("wrong-capability");
      const known =
        body.do === "begin" || body.do === "show" ? lookUp(body, await house.log.minutes(grant.workshop)) : {};
      return answer(await house.stages.play(grant.workshop, body, { visitor: grant.visitor, ...known }));
    },
  ),
];
