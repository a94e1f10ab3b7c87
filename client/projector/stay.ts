/** A screen's stay in a room: it reads, is nobody, keeps nothing on this device, and comes back by itself. */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
// Server and clients must tidy formats in the same way, which is: not at all.
import "../../document/text/internals.ts";
import { LAYOUT } from "../../document/layout.ts";
import { parseSignal } from "../../document/signal.ts";
import type { Stage } from "../../document/stage.ts";
import type { Visitor } from "../../document/session.ts";
import type { Minutes, State } from "../../minutes/value.ts";
import { createAbout } from "../session/about.ts";
import { createClock } from "../session/clock.ts";
import { connect, type Connection } from "../session/connection.ts";
import { knock, type Admission } from "../session/knock.ts";
import { createLedger } from "../session/ledger.ts";
import { createPass } from "../session/pass.ts";
import { watchPresence } from "../session/present.ts";
import { isThere } from "../session/request.ts";
import type { Entrance } from "../session/session.ts";
import { watchMinutes } from "../session/shown.ts";
import { createStaged } from "../session/staged.ts";
import { createStanding, type Next } from "../session/standing.ts";

export interface Stay {
  readonly minutes: ReadonlySignal<Minutes>;
  readonly state: ReadonlySignal<State>;
  /** To be shown to the room; null where it may not. */
  readonly code: ReadonlySignal<string | null>;
  readonly stage: ReadonlySignal<Stage>;
  readonly frozen: ReadonlySignal<boolean>;
  readonly visitors: ReadonlySignal<ReadonlyMap<string, Visitor>>;
  /** How many people are here, however many tabs. */
  readonly people: ReadonlySignal<number>;
  /** `saved`: all that is shown is on the server's disk, and what is written now will be shown. */
  readonly line: ReadonlySignal<"saved" | "lost" | "full" | "withdrawn">;
  now: () => Date;
}

/** Nobody types here, and nothing else shows what is written: half of the time is for taking it in, half for reading it. */
const REST = 1;

/** Opens it; resolves as soon as there is something to show. Throws Refused and Unreachable. */
export const openStay = async (entrance: Entrance): Promise<Stay> => {
  const { workshop } = entrance;
  const { answer, heard } = await knock(entrance, { capability: "read" });
  const enterAgain = (): Promise<Admission> => knock(entrance, { capability: "read", minutes: false });
  const clock = createClock();
  clock.take(heard);
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const about = createAbout(answer);
  const standing = createStanding(answer.epoch);
  const staged = createStaged(answer.stage, clock);
  const shown = watchMinutes(workshop, doc, about, answer.minutes, REST);
  const presence = watchPresence(awareness, about);
  const up = signal(false);
  const writing = signal(answer.writing);
  const barred = signal(false);
  let connection: Connection | undefined;

  const follow = (next: Next): void => {
    if (next === "rest") connection?.rest();
    if (next === "exchange") pass.void();
  };
  const ledger = createLedger(
    () => {
      up.value = ledger.based;
    },
    () => undefined,
  );
  const pass = createPass({
    first: answer.token,
    exchange: enterAgain,
    lost: () => !up.peek(),
    onAdmitted({ answer: next, heard: anew }) {
      // Nothing was written here: a fresh page shows what there is now.
      if (next.layout !== LAYOUT || next.epoch !== answer.epoch) location.reload();
      clock.take(anew);
      staged.take(next.stage);
      about.take(next);
    },
    onBarred() {
      barred.value = true;
      connection?.stop();
    },
  });
  standing.admit(answer);
  /** Whoever only reads is not told the code with the state; what this link may show is in the answer at the door. */
  const look = async (): Promise<void> => {
    const next = await enterAgain().catch(() => undefined);
    if (next) about.take(next.answer);
  };

  connection = connect({
    address: `${location.origin.replace(/^http/, "ws")}/live`,
    workshop,
    doc,
    awareness,
    ledger,
    rest: REST,
    answered: true,
    ask: () => isThere(),
    token: pass.fresh,
    speak: presence.show,
    onSynced: shown.arrive,
    onClosed: (code) => follow(standing.closed(code)),
    onDenied: pass.void,
    onSignal(payload) {
      const told = parseSignal(payload);
      if (!told) return;
      about.hear(told);
      if (told.signal === "stage") staged.take(told.stage);
      if (told.signal === "storage") writing.value = told.writing;
      // Whoever only reads is not told the code with it; what this link may show is in the answer at the door.
      if (told.signal === "state") void look();
    },
  });
  effect(() => {
    if (barred.value) doc.destroy();
  });

  return {
    minutes: shown.minutes,
    state: about.state,
    code: about.code,
    stage: staged.stage,
    frozen: staged.frozen,
    visitors: about.visitors,
    people: computed(() => new Set(presence.present.value.map(({ visitor }) => visitor)).size),
    line: computed(() => (barred.value ? "withdrawn" : !up.value ? "lost" : writing.value ? "saved" : "full")),
    now: clock.now,
  };
};
