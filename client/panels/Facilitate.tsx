/** Everything whoever facilitates does to the room, in one panel that fits a phone: time, what is shown, writing, hands. */
import { useRef, useState } from "preact/hooks";
import { difference, phasesOf } from "../../minutes/runsheet.ts";
import { durationText } from "../../minutes/field.ts";
import type { Minutes } from "../../minutes/value.ts";
import { Dialog } from "../home/Dialog.tsx";
import { language, t } from "../language.ts";
import { useKeptFocus } from "../sections/focus.ts";
import type { Session } from "../session/session.ts";
import { HandQueue } from "./Hands.tsx";
import { useFrozenLeft } from "./left.ts";
import { PhaseClock } from "./PhaseClock.tsx";
import { placeIn } from "./place.ts";
import { GlossaryPart } from "./SheetGlossary.tsx";
import { playing, TimerControls } from "./TimerControls.tsx";

interface PartProps {
  session: Session;
}

/** How long writing may be frozen with one tap. */
const FREEZE_MINUTES = [1, 3, 10];

/** What the phases together lack, or have too much, against the duration written down. */
const Missing = ({ minutes }: { minutes: Minutes }) => {
  const runsheet = minutes.sections.find((section) => section.kind === "runsheet");
  const over = runsheet && runsheet.phases.length > 0 ? difference(runsheet, minutes) : undefined;
  if (!over) return null;
  const duration = durationText(Math.abs(over), language.value);
  return <p class="small facilitate__missing">{t(over < 0 ? "timer-missing" : "timer-too-much", { duration })}</p>;
};

const Time = ({ session }: PartProps) => {
  const { phase } = session.stage.value;
  const minutes = session.minutes.value;
  const phases = phasesOf(minutes);
  return (
    <section class="facilitate__part" aria-labelledby="facilitate-time">
      <h3 id="facilitate-time" class="overline">
        {t("timer-heading")}
      </h3>
      <PhaseClock stage={session.stage.value} minutes={minutes} now={session.now} bar />
      <TimerControls session={session} />
      <Missing minutes={minutes} />
      {phases.length > 0 && (
        <ol class="facilitate__phases">
          {phases.map((each) => (
            <li key={each.id}>
              <button
                type="button"
                class="facilitate__phase"
                aria-current={each.id === phase ? "step" : undefined}
                onClick={playing(session, { do: "begin", phase: each.id })}
              >
                <span lang={minutes.language}>{each.label || t("outline-untitled")}</span>
                <span class="soft">{durationText(each.minutes, language.value)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
};

const Show = ({ session }: PartProps) => {
  const { sections, language: lang } = session.minutes.value;
  const { section, following } = session.stage.value;
  const [wanted, setWanted] = useState(section ?? placeIn(sections) ?? "");
  const shown = sections.find(({ id }) => id === section);
  const there = sections.some(({ id }) => id === wanted);
  const show = (everybody: boolean) => playing(session, { do: "show", section: wanted, following: everybody });
  const root = useRef<HTMLElement>(null);
  useKeptFocus(root);
  return (
    <section class="facilitate__part" ref={root} aria-labelledby="facilitate-show">
      <h3 id="facilitate-show" class="overline">
        {t("stage-show")}
      </h3>
      <select
        class="input"
        aria-labelledby="facilitate-show"
        lang={lang}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      >
        {sections.map((each) => (
          <option key={each.id} value={each.id}>
            {each.heading || t("outline-untitled")}
          </option>
        ))}
      </select>
      <div class="buttons">
        <button type="button" class="button" disabled={!there} onClick={show(false)}>
          {t("stage-show-wall")}
        </button>
        <button type="button" class="button" disabled={!there} onClick={show(true)}>
          {t("stage-show-all")}
        </button>
      </div>
      {shown && (
        <p class="facilitate__now">
          <span>{t(following ? "stage-shown-all" : "stage-shown-wall", { section: shown.heading })}</span>
          <button
            type="button"
            class="button button--small"
            onClick={playing(session, { do: "show", section: null, following: false })}
          >
            {t("stage-show-end")}
          </button>
        </p>
      )}
    </section>
  );
};

const Freeze = ({ session }: PartProps) => {
  const left = useFrozenLeft(session);
  const root = useRef<HTMLElement>(null);
  useKeptFocus(root);
  return (
    <section class="facilitate__part" ref={root} aria-labelledby="facilitate-freeze">
      <h3 id="facilitate-freeze" class="overline">
        {t("calls-freeze")}
      </h3>
      <p class="soft small">{left === undefined ? t("calls-freeze-hint") : t("calls-frozen", { left })}</p>
      <div class="buttons">
        {left === undefined ? (
          FREEZE_MINUTES.map((minutes) => (
            <button
              key={minutes}
              type="button"
              class="button"
              onClick={playing(session, { do: "freeze", seconds: minutes * 60 })}
            >
              {t("timer-minutes", { minutes })}
            </button>
          ))
        ) : (
          <button type="button" class="button button--primary" onClick={playing(session, { do: "thaw" })}>
            {t("calls-thaw")}
          </button>
        )}
      </div>
    </section>
  );
};

export const Facilitate = ({ session, onClose }: { session: Session; onClose: () => void }) => (
  <Dialog heading={t("stage-heading")} onClose={onClose}>
    <div class="facilitate">
      <Time session={session} />
      <Show session={session} />
      <Freeze session={session} />
      <GlossaryPart session={session} />
      <section class="facilitate__part" aria-labelledby="facilitate-hands">
        <h3 id="facilitate-hands" class="overline">
          {t("calls-hands")}
        </h3>
        {session.stage.value.hands.length === 0 && <p class="soft small">{t("calls-no-hands")}</p>}
        <HandQueue session={session} />
      </section>
    </div>
  </Dialog>
);
