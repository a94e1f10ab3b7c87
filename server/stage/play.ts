/** What each command does to a stage. Pure: the moment, the person and the minutes of a phase are told. */
import { MOST_HANDS, type Stage, type StageRequest } from "../../document/stage.ts";
import { countdown, extend, pause, resume } from "../../minutes/timer.ts";

export interface Circumstances {
  /** Milliseconds since 1970. */
  at: number;
  /** Who asks. */
  visitor: string;
  /** How long the phase is that `begin` names. */
  minutes?: number;
}

const SECOND = 1000;

/** What is changed; nothing where the stage stands so already. */
const changed = (stage: Stage, request: StageRequest, { at, visitor, minutes = 0 }: Circumstances): Partial<Stage> => {
  const { timer, hands } = stage;
  switch (request.do) {
    case "begin":
      return { phase: request.phase, timer: countdown(minutes, at) };
    case "count":
      return { phase: null, timer: countdown(request.minutes, at) };
    case "pause":
      return timer ? { timer: pause(timer, at) } : {};
    case "resume":
      return timer ? { timer: resume(timer, at) } : {};
    case "stop":
      return { phase: null, timer: null };
    case "extend":
      return timer ? { timer: extend(timer, request.minutes, at) } : {};
    case "show":
      return { section: request.section, following: request.section !== null && request.following };
    case "freeze":
      return { frozen: at + request.seconds * SECOND };
    case "thaw":
      return { frozen: null };
    case "raise":
      return hands.some((hand) => hand.visitor === visitor) || hands.length >= MOST_HANDS
        ? {}
        : { hands: [...hands, { visitor, at }] };
    case "lower":
      return { hands: hands.filter((hand) => hand.visitor !== (request.visitor ?? visitor)) };
  }
};

/** The stage after a command; the very same one where nothing is different. */
export const play = (stage: Stage, request: StageRequest, circumstances: Circumstances): Stage => {
  const next = { ...stage, ...changed(stage, request, circumstances) };
  return JSON.stringify(next) === JSON.stringify(stage) ? stage : { ...next, seq: stage.seq + 1 };
};
