/** What a page can show of a workshop from the answer at the door alone, before the document and all that writing takes are here. */
import { computed, effect, signal } from "@preact/signals";
import type { SessionAnswer } from "../../document/session.ts";
import { createAbout } from "./about.ts";
import { createClock } from "./clock.ts";
import type { Entered } from "./entry.ts";
import { markOf } from "./mark.ts";
import { createNotices } from "./notices.ts";
import type { Session } from "./session.ts";
import { createStaged } from "./staged.ts";
import { createStanding } from "./standing.ts";

type Seen = SessionAnswer & Required<Pick<SessionAnswer, "minutes">>;

const notYet = (): never => {
  throw new Error("The document is not here yet.");
};

/**
 * A session to look at. `canWrite` says what will be, so that the page need not be drawn otherwise a moment later; what
 * is asked of it waits for the `coming` one. The document and what hangs on it are not there: asking for them throws.
 */
export const seeSession = (answer: Seen, { heard }: Entered, coming: Promise<Session>): Session => {
  const clock = createClock();
  if (heard) clock.take(heard);
  const about = createAbout(answer);
  const staged = createStaged(answer.stage, clock);
  const standing = createStanding(answer.epoch);
  const stopped = standing.admit(answer) === "stop";
  const notices = createNotices();
  const mine = new Set(answer.own?.items);
  const picked = new Set(answer.own?.picks);
  const unfreeze = effect(() => standing.setFrozen(staged.frozen.value));
  return {
    id: answer.workshop,
    kind: answer.kind,
    get doc(): never {
      return notYet();
    },
    get awareness(): never {
      return notYet();
    },
    get undo(): never {
      return notYet();
    },
    capability: standing.capability,
    visitor: about.visitor,
    visitors: about.visitors,
    present: signal([]),
    state: about.state,
    code: about.code,
    address: about.address,
    readAddress: about.readAddress,
    size: about.size,
    saved: computed(() => markOf({ readOnly: standing.reason.value, line: "opening", unsent: 0, unanswered: 0 })),
    ready: signal(false),
    canWrite: computed(() => !stopped && standing.reason.value === undefined),
    minutes: signal(answer.minutes),
    latest: () => answer.minutes,
    isMine: (_section, item) => mine.has(item),
    picks: () => picked,
    structure: signal(false),
    spoken: notices.spoken,
    aside: signal(undefined),
    news: notices.news,
    notices: notices.notices,
    stage: staged.stage,
    frozen: computed(() => standing.reason.value === "frozen"),
    now: clock.now,
    setPlace: () => undefined,
    announce: notices.announce,
    notify: notices.notify,
    dismiss: notices.dismiss,
    rename: async (name, organisation) => (await coming).rename(name, organisation),
    hold: () => () => undefined,
    play: async (command) => (await coming).play(command),
    request: async (method, path, body) => (await coming).request(method, path, body),
    close() {
      unfreeze();
      staged.stop();
    },
  };
};
