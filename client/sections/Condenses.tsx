/** Choosing which items of the workshop this one condenses: a dialog with one box per item. */
import type { FunctionComponent } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { setItem } from "../../document/edit/items.ts";
import type { Item } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { shortText } from "./item-moves.ts";
import { sectionNow } from "./section-now.ts";

interface CondensesProps {
  session: Session;
  section: string;
  item: Item;
  close: () => void;
}

/** Written at once, box by box; closing gives the focus back to the handle. */
export const Condenses: FunctionComponent<CondensesProps> = ({ session, section, item, close }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const chosen = new Set(item.from);
  const sources = session.minutes.value.sections
    .filter((each) => each.kind === "items")
    .map((each) => ({ ...each, items: each.items.filter(({ id: other }) => other !== item.id) }))
    .filter(({ items }) => items.length > 0);
  const set = (other: string, on: boolean): void => {
    const from = sectionNow(session, section, "items")?.items.find(({ id: each }) => each === item.id)?.from ?? [];
    const next = on ? [...new Set([...from, other])] : from.filter((each) => each !== other);
    setItem(session.doc, section, item.id, "from", next);
  };
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={id} onClose={close}>
      <h2 id={id}>{t("items-condenses-title", { text: shortText(item) })}</h2>
      {sources.map((source) => (
        <fieldset key={source.id} class="condenses">
          <legend>{source.heading}</legend>
          {source.items.map((each) => (
            <label key={each.id} class="choice">
              <input
                type="checkbox"
                checked={chosen.has(each.id)}
                onChange={(event) => set(each.id, event.currentTarget.checked)}
              />
              <span>
                {source.marker === "number" && `${each.number}. `}
                {shortText(each)}
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <div class="dialog__foot">
        <button type="button" class="button button--primary" onClick={() => dialog.current?.close()}>
          {t("sections-done")}
        </button>
      </div>
    </dialog>
  );
};
