/** One tap to pick an item; and what everybody picked, as a figure while one picks, as dots afterwards. */
import type { FunctionComponent, TargetedPointerEvent } from "preact";
import { t } from "../language.ts";

interface PickProps {
  /** Names the item. */
  text: string;
  picked: boolean;
  /** Undefined while results are hidden. */
  votes: number | undefined;
  /** Absent where nothing can be picked (any more). */
  toggle?: (() => void) | undefined;
}

/** More dots than this are no longer counted at a glance. */
const MOST_DOTS = 8;

const Result: FunctionComponent<PickProps> = ({ picked, votes = 0 }) =>
  votes === 0 ? (
    <span class="votes" />
  ) : (
    <span class={picked ? "votes votes--mine" : "votes"}>
      <span class="unseen">{t(picked ? "pick-votes-mine" : "pick-votes", { count: votes })}</span>
      <span aria-hidden="true">{votes > MOST_DOTS ? votes : "●".repeat(votes)}</span>
    </span>
  );

/** The list may move under a press, with what others do: it counts for what it was begun on. */
const hold = ({ currentTarget, pointerId }: TargetedPointerEvent<HTMLButtonElement>): void =>
  currentTarget.setPointerCapture(pointerId);

export const PickButton: FunctionComponent<PickProps> = (props) => {
  const { text, picked, votes, toggle } = props;
  if (!toggle) return <Result {...props} />;
  return (
    <button
      type="button"
      class="pick"
      aria-pressed={picked}
      aria-label={t("pick-item", { text, votes: votes ?? -1 })}
      onPointerDown={hold}
      onClick={toggle}
    >
      {picked && <span aria-hidden="true">✓</span>}
      <span aria-hidden="true">{votes === undefined || votes === 0 ? (picked ? "" : "+") : votes}</span>
    </button>
  );
};
