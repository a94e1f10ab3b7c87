/** What is to be chosen in a list, how many picks are left, and for whoever facilitates: opening and closing the choice. */
import type { FunctionComponent } from "preact";
import { useRef, useState } from "preact/hooks";
import { MOST_PICKS, PICKS } from "../../document/picking.ts";
import type { ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { focusFirst } from "./drawn.ts";
import { changePick, mayPick, type Picks } from "./picking.ts";

interface BarProps {
  session: Session;
  section: ItemsSection;
}

const manages = (session: Session): boolean => session.capability.value === "manage";

/** Stands above the list while there is something to choose, and keeps to the top of a phone. */
export const PickBar: FunctionComponent<BarProps & { picks: Picks }> = ({ session, section: { id, pick }, picks }) => {
  if (!pick?.open) return null;
  return (
    <div class="pick-bar">
      <p class="pick-bar__left">
        {mayPick(session) ? (
          <>
            {t("pick-choose", { count: pick.size })} <b>{t("pick-left", { left: picks.left })}</b>
          </>
        ) : (
          t("pick-others")
        )}
      </p>
      <p class="pick-bar__voters soft">
        {t("pick-voters", { count: pick.voters })}
        {pick.hidden && ` · ${t("pick-hidden")}`}
      </p>
      {manages(session) && (
        <div class="pick-bar__acts">
          <button
            type="button"
            class="button button--quiet button--small"
            onClick={() => void changePick(session, id, { hidden: !pick.hidden })}
          >
            {t(pick.hidden ? "pick-show" : "pick-hide")}
          </button>
          <button
            type="button"
            class="button button--small"
            onClick={() => void changePick(session, id, { open: false })}
          >
            {t("pick-close")}
          </button>
        </div>
      )}
    </div>
  );
};

/** Opening the choice, below the list: how many points each, and whether results wait for the close. */
export const PickOpening: FunctionComponent<BarProps> = ({ session, section }) => {
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { pick, id } = section;
  if (!manages(session) || pick?.open || section.items.length === 0) return null;
  const close = (): void => {
    setAsking(false);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const open = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = new FormData(event.currentTarget);
    const change = { open: true, size: Number(form.get("size")), hidden: form.get("hidden") !== null };
    if (await changePick(session, id, change)) close();
  };
  if (!asking)
    return (
      <button ref={opener} type="button" class="button button--quiet items__act" onClick={() => setAsking(true)}>
        {t(pick ? "pick-reopen" : "pick-open")}
      </button>
    );
  return (
    <form
      class="items__form"
      onSubmit={(event) => void open(event)}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <label class="items__field">
        <span>{t("pick-size")}</span>
        <input
          class="input"
          name="size"
          type="number"
          min={1}
          max={MOST_PICKS}
          required
          defaultValue={String(pick?.size ?? PICKS)}
          ref={focusFirst}
        />
      </label>
      <label class="choice">
        <input type="checkbox" name="hidden" defaultChecked={pick?.hidden ?? false} />
        <span>{t("pick-hide-until")}</span>
      </label>
      <button type="submit" class="button button--primary">
        {t("pick-start")}
      </button>
      <button type="button" class="button button--quiet" onClick={close}>
        {t("pick-cancel")}
      </button>
    </form>
  );
};
