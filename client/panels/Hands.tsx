/** Hands raised: one's own in one tap, the queue in the order of the server's clock, lowered by whoever facilitates. */
import { atLeast } from "../../document/session.ts";
import { useRef } from "preact/hooks";
import { t } from "../language.ts";
import { useKeptFocus } from "../sections/focus.ts";
import type { Session } from "../session/session.ts";
import { nameOf } from "./People.tsx";
import { playing } from "./TimerControls.tsx";

/** Whether this person may raise a hand at all. */
export const mayRaise = (session: Session): boolean => atLeast(session.capability.value, "vote");

export const HandButton = ({ session }: { session: Session }) => {
  const { hands } = session.stage.value;
  const place = hands.findIndex(({ visitor }) => visitor === session.visitor.value.id);
  const up = place >= 0;
  return (
    <button
      type="button"
      class={`button hand${up ? " hand--up" : ""}`}
      aria-pressed={up}
      onClick={playing(session, { do: up ? "lower" : "raise" })}
    >
      <svg class="hand__sign" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M8 12V5.5a1.25 1.25 0 0 1 2.5 0V11m0-6.8a1.25 1.25 0 0 1 2.5 0V11m0-5.6a1.25 1.25 0 0 1 2.5 0V12m0-4a1.25 1.25 0 0 1 2.5 0v6.5c0 4-2.4 6.5-5.8 6.5-2.7 0-4.2-1.1-5.5-3.4l-2.5-4.4a1.3 1.3 0 0 1 2.2-1.4L8 13.6" />
      </svg>
      <span>{up ? t("calls-hand-up", { place: place + 1 }) : t("calls-hand-raise")}</span>
    </button>
  );
};

/** Empty while no hand is raised; whoever lowers one is at the next one then, or at what stands around the queue. */
export const HandQueue = ({ session }: { session: Session }) => {
  const { hands } = session.stage.value;
  const manages = session.capability.value === "manage";
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  return (
    <div class="hands-queue" ref={root}>
      {hands.length > 0 && (
        <ol class="hands" aria-label={t("calls-hands")}>
          {hands.map(({ visitor }) => {
            const me = visitor === session.visitor.value.id;
            const name = nameOf({ name: session.visitors.value.get(visitor)?.name ?? "", me });
            return (
              <li key={visitor} data-row={visitor}>
                <bdi class="hands__name">{name}</bdi>
                {manages && (
                  <button
                    type="button"
                    class="button button--small"
                    aria-label={t("calls-hand-lower-of", { name })}
                    onClick={playing(session, { do: "lower", visitor })}
                  >
                    {t("calls-hand-lower")}
                  </button>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
};
