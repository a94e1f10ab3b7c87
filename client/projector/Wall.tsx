/** The room's screen: what is being written, how long it goes on, how to join; the same from the first row and the last. */
import { effect, signal, useComputed } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Minutes, State } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { grouped, JoinPlace } from "../panels/JoinCard.tsx";
import { nameOf } from "../panels/People.tsx";
import { PhaseClock } from "../panels/PhaseClock.tsx";
import { QrCode } from "../panels/QrCode.tsx";
import { useTitle } from "../panels/titled.ts";
import { sectionOfGroup, sectionToShow, whereWritten, writtenBetween, type Written } from "./choice.ts";
import { chosen, stepSection, toggleDark, toggleFull, watchKeys } from "./keys.ts";
import { Shown } from "./Shown.tsx";
import { groupFragment, type GroupPlace } from "../session/fragment.ts";
import type { Stay } from "./stay.ts";

interface WallProps {
  stay: Stay;
  /** The screen of one group, while the workshop is split. */
  group?: GroupPlace | undefined;
}

/** Names at the head of the queue; the rest is a number. */
const FEW_HANDS = 3;

const written = signal<Written | undefined>(undefined);
const place = signal<{ section: string; at: number } | undefined>(undefined);

/** Notes what is written while this screen looks. */
const watchWriting = ({ minutes }: Stay): (() => void) => {
  let before: Minutes | undefined;
  return effect(() => {
    const after = minutes.value;
    const found = before && writtenBetween(before, after);
    // The first reading of the document says the same as the answer at the door, in other words at most.
    before = after;
    if (!found) return;
    const next = whereWritten(place.peek(), found, Date.now());
    if (next.section === found.section) written.value = found;
    place.value = next;
  });
};

/** Afterwards nobody waits for a clock. */
const isUnderWay = (state: State): boolean => state === "live" || state === "prepared";

const LINE_SIGNS = { saved: "✓", lost: "○", full: "–", withdrawn: "–" } as const;

const Head = ({ stay }: WallProps) => {
  const { title, language } = stay.minutes.value;
  const state = stay.state.value;
  const line = stay.line.value;
  return (
    <header class="wall__head">
      <h1 class="wall__title" lang={language} title={title}>
        {title || t("page-untitled")}
      </h1>
      <p class={`state state--${state}`}>{t(`state-${state}`)}</p>
      {stay.frozen.value && <p class="wall__frozen">{t("projector-frozen")}</p>}
      <p class={`wall__line wall__line--${line}`} role="status" data-line={line}>
        <span aria-hidden="true">{LINE_SIGNS[line]} </span>
        {t(`projector-line-${line}`)}
      </p>
      <p class="wall__people">{t("projector-people", { count: stay.people.value })}</p>
    </header>
  );
};

const Hands = ({ stay }: WallProps) => {
  const { hands } = stay.stage.value;
  if (hands.length === 0) return null;
  return (
    <div class="wall__hands">
      <h2 class="overline">{t("calls-hands")}</h2>
      <ol class="hands">
        {hands.slice(0, FEW_HANDS).map(({ visitor }) => (
          <li key={visitor}>
            <bdi>{nameOf({ name: stay.visitors.value.get(visitor)?.name ?? "", me: false })}</bdi>
          </li>
        ))}
      </ol>
      {hands.length > FEW_HANDS && <p>+{hands.length - FEW_HANDS}</p>}
    </div>
  );
};

const Join = ({ stay, group }: WallProps) => {
  const code = stay.code.value;
  if (code === null || stay.state.value !== "live") return null;
  return (
    <div class="wall__join">
      <QrCode text={`${location.origin}/j/${code}${group ? `#${groupFragment(group)}` : ""}`} label={t("join-qr")} />
      <p class="wall__code" aria-label={t("join-code", { code: code.split("").join(" ") })}>
        {grouped(code)}
      </p>
      <p class="wall__where">
        <JoinPlace host={location.host} />
      </p>
    </div>
  );
};

const Keys = ({ stay }: WallProps) => (
  <nav class="wall__keys" aria-label={t("projector-keys")}>
    <button type="button" class="button" aria-label={t("projector-previous")} onClick={() => stepSection(stay, -1)}>
      ←
    </button>
    <button type="button" class="button" aria-label={t("projector-next")} onClick={() => stepSection(stay, 1)}>
      →
    </button>
    {chosen.value !== undefined && (
      <button type="button" class="button" onClick={() => (chosen.value = undefined)}>
        {t("projector-follow")}
      </button>
    )}
    <button type="button" class="button" aria-keyshortcuts="f" onClick={toggleFull}>
      {t("projector-full")}
    </button>
    <button type="button" class="button" aria-keyshortcuts="d" onClick={toggleDark}>
      {t("projector-dark")}
    </button>
  </nav>
);

export const Wall = ({ stay, group }: WallProps) => {
  useEffect(() => watchWriting(stay), [stay]);
  useEffect(() => watchKeys(stay), [stay]);
  const [awake, setAwake] = useState(false);
  useEffect(() => {
    let sleep: ReturnType<typeof setTimeout> | undefined;
    const moved = (): void => {
      clearTimeout(sleep);
      setAwake(true);
      sleep = setTimeout(() => setAwake(false), 3_000);
    };
    for (const event of ["pointermove", "pointerdown", "focusin"]) document.addEventListener(event, moved);
    return () => {
      clearTimeout(sleep);
      for (const event of ["pointermove", "pointerdown", "focusin"]) document.removeEventListener(event, moved);
    };
  }, []);
  const minutes = stay.minutes.value;
  const { section: pointed, following, phase } = stay.stage.value;
  // A group's screen stays with its group, unless everybody is called together.
  const wishes = group
    ? [chosen.value, following ? pointed : undefined, group.section]
    : [chosen.value, pointed, place.value?.section];
  const whole = sectionToShow(minutes, wishes);
  const section = whole && group ? sectionOfGroup(whole, group) : whole;
  const title = useComputed(() => stay.minutes.value.title).value || t("page-untitled");
  useTitle(t("title-projector", { title }));
  // Said when another section is shown, not with every letter of a heading.
  const heading = useMemo(() => section?.heading ?? "", [section?.id]);
  return (
    <div class={`wall${awake ? " wall--awake" : ""}`}>
      <Head stay={stay} />
      <main id="main" class="wall__main" tabIndex={-1}>
        {section && (
          <Shown
            key={section.id}
            section={section}
            minutes={minutes}
            fresh={written.value?.section === section.id ? written.value.row : undefined}
            phase={phase}
          />
        )}
      </main>
      <aside class="wall__side" aria-label={t("beside-label")}>
        {isUnderWay(stay.state.value) && <PhaseClock stage={stay.stage.value} minutes={minutes} now={stay.now} />}
        <Hands stay={stay} />
        <Join stay={stay} group={group} />
      </aside>
      <Keys stay={stay} />
      <p class="unseen" role="status" aria-live="polite" data-spoken>
        {heading && t("projector-section", { section: heading })}
      </p>
    </div>
  );
};
