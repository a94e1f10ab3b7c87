/** Where the workshop stands: the four states, what each means, and the way from any to any. */
import { review } from "../../minutes/review.ts";
import { STATES, type State } from "../../minutes/value.ts";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { attempt } from "./attempt.ts";
import { panel } from "./panel.ts";

/** For managers. A change can be taken back by the message that confirms it. */
export const StatePanel = ({ session, onClose }: { session: Session; onClose: () => void }) => {
  const set = async (state: State): Promise<boolean> =>
    (await attempt(session, () => session.request("POST", "/state", { state }))) !== undefined;
  const choose = async (state: State): Promise<void> => {
    const before = session.state.value;
    onClose();
    if (state === before || !(await set(state))) return;
    session.notify(t("state-changed", { state: t(`state-${state}`) }), () => void set(before));
  };
  const points = session.kind === "workshop" ? review(session.minutes.value).length : 0;
  return (
    <Dialog heading={t("state-heading")} onClose={onClose}>
      <ul class="choices">
        {STATES.map((state) => (
          <li key={state}>
            <button
              type="button"
              class="button choices__one"
              aria-current={session.state.value === state ? "true" : undefined}
              onClick={() => void choose(state)}
            >
              <b>{t(`state-${state}`)}</b>
              <span class="soft small">{t(`state-${state}-hint`)}</span>
            </button>
          </li>
        ))}
      </ul>
      {points > 0 && (
        <p class="buttons">
          <button type="button" class="button" onClick={() => (panel.value = "review")}>
            {t("review-offer", { count: points })}
          </button>
        </p>
      )}
    </Dialog>
  );
};
