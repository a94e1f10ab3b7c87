/** Who takes an action in hand, for when, and how far it is: one printed line, opened to be filled in. */
import type { FunctionComponent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { canonical, fieldText } from "../../minutes/field.ts";
import { WORDS } from "../../minutes/formats/words.ts";
import { ACTION_STATUSES, type Item, type Language } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { writeItem } from "./item-moves.ts";
import { asFields, choiceOf } from "./held.ts";
import { SharedInput } from "./SharedInput.tsx";
import { useMinutesLanguage } from "./steady.ts";

interface ActionProps {
  session: Session;
  section: string;
  item: Item;
}

const printed = (item: Item, language: Language): string[] => {
  const words = WORDS[language];
  const colon = language === "fr" ? "\u00A0: " : ": ";
  return [
    item.owner ? `${words.owner}${colon}${item.owner}` : "",
    item.due ? `${words.due}${colon}${fieldText({ type: "date", value: item.due }, language)}` : "",
    item.status ? words.statuses[item.status] : "",
  ].filter((part) => part !== "");
};

const ActionForm: FunctionComponent<ActionProps & { close: () => void }> = ({ session, section, item, close }) => {
  const language = useMinutesLanguage(session);
  const words = WORDS[language];
  return (
    <div
      class="action__edit"
      role="group"
      aria-label={t("items-action-edit")}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <label>
        <span class="fields__label" lang={language}>
          {words.owner}
        </span>
        <SharedInput
          session={session}
          class="input"
          value={item.owner ?? ""}
          parse={(text) => text.trim()}
          save={(value) => writeItem(session, section, item.id, "owner", value)}
        />
      </label>
      <label>
        <span class="fields__label" lang={language}>
          {words.due}
        </span>
        <SharedInput
          session={session}
          class="input"
          value={item.due ?? ""}
          print={(value) => fieldText({ type: "date", value }, language)}
          parse={(text) => canonical(text, "date")}
          save={(value) => writeItem(session, section, item.id, "due", value)}
          placeholder={t("fields-hint-date")}
        />
      </label>
      <label>
        <span class="fields__label" lang={language}>
          {words.status}
        </span>
        <select
          class="input"
          {...choiceOf(
            item.status ?? "",
            session.canWrite.value ? (value) => writeItem(session, section, item.id, "status", value) : undefined,
          )}
        >
          <option value="">—</option>
          {ACTION_STATUSES.map((status) => (
            <option key={status} value={status}>
              {words.statuses[status]}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button" onClick={close}>
        {t("sections-done")}
      </button>
    </div>
  );
};

interface DetailsProps extends ActionProps {
  open: boolean;
  setOpen: (open: boolean) => void;
}

export const ActionDetails: FunctionComponent<DetailsProps> = ({ session, section, item, open, setOpen }) => {
  const root = useRef<HTMLDivElement>(null);
  const was = useRef(open);
  const language = useMinutesLanguage(session);
  const parts = printed(item, language);
  useLayoutEffect(() => {
    if (was.current !== open) root.current?.querySelector<HTMLElement>(open ? "input" : "button")?.focus();
    was.current = open;
  }, [open]);
  if (!asFields(session))
    return parts.length > 0 ? (
      <p class="item__meta" lang={language}>
        {parts.join(" · ")}
      </p>
    ) : null;
  return (
    <div class="action" ref={root}>
      {open ? (
        <ActionForm session={session} section={section} item={item} close={() => setOpen(false)} />
      ) : (
        <button
          type="button"
          class={`action__line${parts.length > 0 ? "" : " action__line--empty"}`}
          lang={parts.length > 0 ? language : undefined}
          aria-disabled={session.frozen.value || undefined}
          onClick={() => session.frozen.value || setOpen(true)}
        >
          {parts.length > 0 ? parts.join(" · ") : t("items-action-add")}
        </button>
      )}
    </div>
  );
};
