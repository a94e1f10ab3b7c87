/** What is to be chosen in a list and how many picks are left, above it; for whoever facilitates, what the others see of it and its end. */
import type { Picking } from "../../minutes/value.ts";
import { t } from "../language.ts";

interface BarProps {
  pick: Picking | undefined;
  /** How many points one may still pick; undefined for whoever may pick none. */
  left: number | undefined;
  /** Absent for whoever does not facilitate. */
  change: ((change: object) => void) | undefined;
}

/** Stands above the list while there is something to choose, and keeps to the top of a phone. */
export const PickBar = ({ pick, left, change }: BarProps) => {
  if (!pick?.open) return null;
  return (
    <div class="pick-bar">
      <p class="pick-bar__left">
        {left === undefined ? (
          t("pick-others")
        ) : (
          <>
            {t("pick-choose", { count: pick.size })} <b>{t("pick-left", { left })}</b>
          </>
        )}
      </p>
      <p class="pick-bar__voters soft">
        {t("pick-voters", { count: pick.voters })}
        {pick.hidden && ` · ${t("pick-hidden")}`}
      </p>
      {change && (
        <div class="pick-bar__acts">
          <button
            type="button"
            class="button button--quiet button--small"
            onClick={() => change({ hidden: !pick.hidden })}
          >
            {t(pick.hidden ? "pick-show" : "pick-hide")}
          </button>
          <button type="button" class="button button--small" onClick={() => change({ open: false })}>
            {t("pick-close")}
          </button>
        </div>
      )}
    </div>
  );
};
