/** On a phone or a tablet, below the tabs: phase and time, one's hand in one tap, the way to the facilitator's panel, and to others while nobody else is here. */
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { HandButton, mayRaise } from "./Hands.tsx";
import { panel } from "./panel.ts";
import { peopleHere } from "./People.tsx";
import { PhaseClock } from "./PhaseClock.tsx";
import { isNarrow } from "./place.ts";

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

/** What one came for after starting a workshop; on a phone the bar has no room for it. */
const InviteButton = () => (
  <button type="button" class="button button--primary" aria-haspopup="dialog" onClick={() => (panel.value = "invite")}>
    {t("bar-invite")}
  </button>
);

export const Strip = ({ session }: { session: Session }) => {
  const manages = session.capability.value === "manage";
  const alone = isNarrow() && manages && session.code.value !== null && peopleHere(session).length === 1;
  if (!session.stage.value.timer && !manages && !mayRaise(session)) return null;
  return (
    <section class="strip" aria-label={t("stage-strip")}>
      <PhaseClock stage={session.stage.value} minutes={session.minutes.value} now={session.now} />
      {alone && <InviteButton />}
      {manages ? <FacilitateButton session={session} /> : mayRaise(session) && <HandButton session={session} />}
    </section>
  );
};
