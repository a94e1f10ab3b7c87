/** On a phone or a tablet, below the tabs: phase and time, one's hand in one tap, the way to the facilitator's panel. */
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { HandButton, mayRaise } from "./Hands.tsx";
import { panel } from "./panel.ts";
import { PhaseClock } from "./PhaseClock.tsx";

export const FacilitateButton = ({ session }: { session: Session }) => {
  const hands = session.stage.value.hands.length;
  return (
    <button type="button" class="button" aria-haspopup="dialog" onClick={() => (panel.value = "facilitate")}>
      <span>{t("stage-facilitate")}</span>
      {hands > 0 && (
        <span class="badge">
          {hands}
          <span class="unseen"> {t("calls-hands-count", { hands })}</span>
        </span>
      )}
    </button>
  );
};

export const Strip = ({ session }: { session: Session }) => {
  const manages = session.capability.value === "manage";
  if (!session.stage.value.timer && !manages && !mayRaise(session)) return null;
  return (
    <section class="strip" aria-label={t("stage-strip")}>
      <PhaseClock stage={session.stage.value} minutes={session.minutes.value} now={session.now} />
      {manages ? <FacilitateButton session={session} /> : mayRaise(session) && <HandButton session={session} />}
    </section>
  );
};
