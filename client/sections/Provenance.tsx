/** Where an item comes from, or which ones take it up: a dialog with one box per item, for keyboards and fingers. */
import type { FunctionComponent } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { idsOf } from "../../minutes/provenance.ts";
import type { Item } from "../../minutes/value.ts";
import { SaidWithin } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { shortText } from "./item-moves.ts";
import { takeUp } from "./synthesis.ts";

interface ProvenanceProps {
  session: Session;
  section: string;
  item: Item;
  /** `from`: what this one was made from; `into`: which ones are made from this one. */
  way: "from" | "into";
  close: () => void;
}

/** Written at once, box by box; closing gives the focus back to the handle. */
export const Provenance: FunctionComponent<ProvenanceProps> = ({ session, section, item, way, close }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const others = session.minutes.value.sections
    .filter((each) => each.kind === "items")
    // What takes others up stands in another list: a synthesis.
    .filter((each) => way === "from" || each.id !== section)
    .map((each) => ({ ...each, items: each.items.filter(({ id: other }) => other !== item.id) }))
    .filter(({ items }) => items.length > 0);
  const chosen = (other: Item): boolean => {
    const [taker, source] = way === "from" ? [item, other] : [other, item];
    return idsOf(source).some((each) => taker.from?.includes(each));
  };
  const set = (otherSection: string, other: Item, on: boolean): void => {
    if (way === "from") takeUp(session, { section, item: item.id }, other, on);
    else takeUp(session, { section: otherSection, item: other.id }, item, on);
  };
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={id} onClose={close}>
      <h2 id={id}>{t(way === "from" ? "items-condenses-title" : "synthesis-into-title", { text: shortText(item) })}</h2>
      {others.length === 0 && <p class="soft">{t("synthesis-none")}</p>}
      {others.map((source) => (
        <fieldset key={source.id} class="condenses">
          <legend>{source.heading}</legend>
          {source.items.map((each) => (
            <label key={each.id} class="choice">
              <input
                type="checkbox"
                checked={chosen(each)}
                onChange={(event) => set(source.id, each, event.currentTarget.checked)}
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
      <SaidWithin />
    </dialog>
  );
};
