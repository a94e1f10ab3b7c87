/** For whoever does not type: whose words an item holds, beside who wrote them down. */
import type { FunctionComponent } from "preact";
import { useId, useRef } from "preact/hooks";
import { setItem } from "../../document/edit/items.ts";
import type { Item } from "../../minutes/value.ts";
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";

interface DictatedByProps {
  session: Session;
  section: string;
  item: Item;
  close: () => void;
}

/** Those who are written down as taking part, and those who came in: any of them may have spoken. */
const names = ({ minutes, visitors }: Session): string[] => {
  const people = minutes.peek().sections.flatMap((each) => (each.kind === "people" ? each.people : []));
  const all = [...people, ...visitors.peek().values()].map(({ name }) => name.trim());
  return [...new Set(all)].filter((name) => name !== "").toSorted((a, b) => a.localeCompare(b));
};

export const DictatedBy: FunctionComponent<DictatedByProps> = ({ session, section, item, close }) => {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const keep = (event: Event): void => {
    event.preventDefault();
    setItem(session.doc, section, item.id, "dictated", input.current?.value.trim() ?? "");
    close();
  };
  return (
    <Dialog heading={t("capture-dictated")} onClose={close}>
      <form class="form" onSubmit={keep}>
        <div class="field">
          <label class="field__label" for={id}>
            {t("capture-dictated-who")}
          </label>
          <input
            ref={input}
            class="input"
            id={id}
            list={`${id}-names`}
            maxLength={80}
            autocomplete="off"
            autofocus
            defaultValue={item.dictatedBy ?? ""}
          />
          <datalist id={`${id}-names`}>
            {names(session).map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </div>
        <div class="buttons">
          <button class="button button--primary">{t("capture-dictated-keep")}</button>
        </div>
      </form>
    </Dialog>
  );
};
