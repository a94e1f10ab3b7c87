/** Before closing: what is still open, as a list one can walk through or leave as it is. */
import type { FunctionComponent } from "preact";
import { useComputed } from "@preact/signals";
import { review, type Point } from "../../minutes/review.ts";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { goToPoint, walking } from "./walk.ts";

const sentence = ({ kind, where, words = "", count = 0 }: Point): string =>
  t(`review-${kind}`, { where: where || t("page-untitled"), words, count });

/** The points as they are now, while others put some of them right. */
const usePoints = (session: Session): readonly Point[] => useComputed(() => review(session.minutes.value)).value;

const walkTo = (points: readonly Point[], at: number): void => {
  walking.value = at;
  const point = points[at];
  if (point) goToPoint(point);
};

export const Review: FunctionComponent<{ session: Session; onClose: () => void }> = ({ session, onClose }) => {
  const points = usePoints(session);
  const start = (at: number): void => {
    onClose();
    // The dialog gives the focus back to where it was; the walk goes on from there.
    queueMicrotask(() => walkTo(points, at));
  };
  return (
    <Dialog heading={t("review-heading")} onClose={onClose}>
      <p class="soft">{points.length === 0 ? t("review-nothing") : t("review-lead", { count: points.length })}</p>
      {points.length > 0 && (
        <>
          <ol class="review">
            {points.map((point, index) => (
              <li key={`${index} ${point.section} ${point.row}`}>
                <button type="button" class="review__point" onClick={() => start(index)}>
                  {sentence(point)}
                </button>
              </li>
            ))}
          </ol>
          <p class="buttons">
            <button type="button" class="button button--primary" onClick={() => start(0)}>
              {t("review-walk")}
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
};

/** Stands at the foot of the page while one goes from point to point; takes no focus. */
export const Walk: FunctionComponent<{ session: Session }> = ({ session }) =>
  // Looked for only while somebody walks, not at every keystroke.
  walking.value === undefined ? null : <Step session={session} at={walking.value} />;

const Step: FunctionComponent<{ session: Session; at: number }> = ({ session, at }) => {
  const points = usePoints(session);
  const point = points[Math.min(at, points.length - 1)];
  const index = point ? points.indexOf(point) : -1;
  const stop = (): void => {
    walking.value = undefined;
  };
  return (
    <div
      class="walk card"
      role="region"
      aria-label={t("review-heading")}
      onKeyDown={(event) => {
        if (event.key === "Escape") stop();
      }}
    >
      <p class="walk__words" role="status">
        {point ? (
          <>
            <b class="walk__place">{t("review-place", { at: index + 1, count: points.length })}</b> {sentence(point)}
          </>
        ) : (
          t("review-nothing")
        )}
      </p>
      <div class="buttons">
        {point && (
          <>
            <button type="button" class="button" disabled={index === 0} onClick={() => walkTo(points, index - 1)}>
              {t("review-previous")}
            </button>
            <button type="button" class="button" onClick={() => walkTo(points, index)}>
              {t("review-show")}
            </button>
            <button
              type="button"
              class="button"
              disabled={index === points.length - 1}
              onClick={() => walkTo(points, index + 1)}
            >
              {t("review-next")}
            </button>
          </>
        )}
        <button type="button" class="button button--quiet" onClick={stop}>
          {t("review-stop")}
        </button>
      </div>
    </div>
  );
};
