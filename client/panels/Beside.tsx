/** What stands beside the sheet while people are together: how to join, what just happened, who is here. */
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { HandButton, HandQueue, mayRaise } from "./Hands.tsx";
import { JoinCard } from "./JoinCard.tsx";
import { PeopleList } from "./People.tsx";
import { PhaseClock } from "./PhaseClock.tsx";
import { FacilitateButton } from "./Strip.tsx";
import { TimerControls } from "./TimerControls.tsx";

const NEWS = 4;

/** Whether it has anything to say at all; it folds away when the workshop is over. */
export const hasBeside = (session: Session): boolean =>
  session.kind === "workshop" && (session.state.value === "live" || session.state.value === "prepared");

/** Phase and clock with what one may do to them, hands raised. */
const StageCard = ({ session }: { session: Session }) => {
  const manages = session.capability.value === "manage";
  const { timer } = session.stage.value;
  // Whoever takes part facilitates nothing: they see the time, and ask to speak.
  const heading = t(manages ? "stage-heading" : "stage-strip");
  if (!manages && !timer && !mayRaise(session)) return null;
  return (
    <section class="card stage-card" aria-label={heading}>
      {timer ? (
        <PhaseClock stage={session.stage.value} minutes={session.minutes.value} now={session.now} bar />
      ) : (
        <h2 class="overline">{heading}</h2>
      )}
      {manages && <TimerControls session={session} />}
      <HandQueue session={session} />
      {manages ? <FacilitateButton session={session} /> : mayRaise(session) && <HandButton session={session} />}
    </section>
  );
};

export const Beside = ({ session }: { session: Session }) => (
  <aside class="beside" aria-label={t("beside-label")}>
    <StageCard session={session} />
    {session.code.value !== null && (
      <section class="card">
        <h2 class="overline">{t("beside-join")}</h2>
        <JoinCard session={session} />
      </section>
    )}
    {session.news.value.length > 0 && (
      <section class="card">
        <h2 class="overline">{t("beside-news")}</h2>
        <ul class="news">
          {session.news.value.slice(0, NEWS).map(({ id, who, visitor, what }) => (
            <li key={id}>
              <b>
                <bdi>{session.visitors.value.get(visitor ?? "")?.name || who}</bdi>
              </b>{" "}
              {what}
            </li>
          ))}
        </ul>
      </section>
    )}
    <section class="card">
      <h2 class="overline">{t("beside-people")}</h2>
      <PeopleList session={session} />
    </section>
  </aside>
);
