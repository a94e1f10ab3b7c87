/** Opening a choice, below the list: how many points each, and whether results wait for the close. */
import type { FunctionComponent } from "preact";
import { useRef, useState } from "preact/hooks";
import { MOST_PICKS, PICKS } from "../../document/picking.ts";
import type { ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { focusFirst } from "./drawn.ts";
import { changePick } from "./picking.ts";

interface OpeningProps {
  session: Session;
  section: ItemsSection;
}

export const PickOpening: FunctionComponent<OpeningProps> = ({ session, section }) => {
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const { pick, id } = section;
  if (session.capability.value !== "manage" || pick?.open || section.items.length === 0) return null;
  const close = (): void => {
    // The answer may come late: whoever writes elsewhere by then is not called back.
    const within = form.current?.contains(document.activeElement);
    setAsking(false);
    if (within) queueMicrotask(() => opener.current?.focus());
  };
  const open = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const asked = new FormData(event.currentTarget);
    const change = { open: true, size: Number(asked.get("size")), hidden: asked.get("hidden") !== null };
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
      ref={form}
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
