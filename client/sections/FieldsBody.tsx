/** A section of labelled values: printed like a form that is filled in, written in place by their type. */
import type { FunctionComponent } from "preact";
import { useId } from "preact/hooks";
import { setField } from "../../document/edit/fields.ts";
import { canonical, fieldText, fits } from "../../minutes/field.ts";
import type { Field, FieldsSection, Language } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { FieldPicker } from "./FieldPicker.tsx";
import { asFields, choiceOf } from "./held.ts";
import { SharedInput } from "./SharedInput.tsx";
import { memo, useMinutesLanguage } from "./steady.ts";

const KEYBOARDS: Partial<Record<Field["type"], "url" | "text">> = { address: "url", duration: "text" };

const Link: FunctionComponent<{ address: string; label?: string }> = ({ address, label = address }) => (
  <a href={address} rel="noopener noreferrer nofollow ugc" target="_blank">
    {label}
  </a>
);

const FieldValue: FunctionComponent<{ field: Field; language: Language }> = ({ field, language }) => {
  if (field.value === "") return <span class="soft">—</span>;
  if (field.type === "address" && fits(field)) return <Link address={field.value} />;
  return <>{fieldText(field, language)}</>;
};

interface RowProps {
  session: Session;
  section: string;
  field: Field;
  language: Language;
}

interface ChoiceProps {
  id: string;
  /** Absent while nothing can be chosen. */
  save: ((value: string) => void) | undefined;
}

const ChoiceInput: FunctionComponent<Pick<RowProps, "field" | "language"> & ChoiceProps> = ({
  field,
  language,
  id,
  save,
}) => {
  const choices = field.choices ?? [];
  // What was written before the choices changed stays to be seen, and can be kept.
  const others = field.value === "" || choices.includes(field.value) ? [] : [field.value];
  return (
    <select id={id} class="shared" lang={language} {...choiceOf(field.value, save)}>
      {["", ...choices, ...others].map((choice) => (
        <option key={choice} value={choice}>
          {choice === "" ? "—" : choice}
        </option>
      ))}
    </select>
  );
};

const FieldRow = memo<RowProps>(({ session, section, field, language }) => {
  const id = useId();
  const save = (value: string): void => setField(session.doc, section, field.id, value);
  if (!asFields(session)) {
    return (
      <div class="fields__one">
        <span class="fields__label" lang={language}>
          {field.label}
        </span>
        <span class="fields__value" lang={language}>
          <FieldValue field={field} language={language} />
        </span>
      </div>
    );
  }
  const saveNow = session.canWrite.value ? save : undefined;
  const hint = fits(field) ? undefined : t(`fields-unread-${field.type}`);
  return (
    <div class={`fields__one fields__one--${field.type}`} data-row={field.id}>
      <label class="fields__label" lang={language} for={id}>
        {field.label}
      </label>
      <div class="fields__value">
        {field.type === "choice" ? (
          <ChoiceInput field={field} language={language} id={id} save={saveNow} />
        ) : (
          <SharedInput
            session={session}
            id={id}
            value={field.value}
            save={save}
            print={(value) => fieldText({ type: field.type, value }, language)}
            parse={(text) => canonical(text, field.type, field.choices)}
            placeholder={t(`fields-hint-${field.type}`)}
            inputMode={KEYBOARDS[field.type]}
            describedBy={hint ? `${id}-hint` : undefined}
            shape={field.type === "line" || field.type === "place" ? "wrap" : undefined}
          />
        )}
        <FieldPicker field={field} label={field.label} save={saveNow} />
      </div>
      {field.type === "address" && field.value !== "" && fits(field) && (
        <p class="fields__link">
          <Link address={field.value} label={t("fields-open")} />
        </p>
      )}
      {hint && (
        <p class="fields__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
});

export const FieldsBody: FunctionComponent<{ session: Session; section: FieldsSection }> = ({ session, section }) => {
  const language = useMinutesLanguage(session);
  return (
    <div class="fields">
      {section.fields.map((field) => (
        <FieldRow key={field.id} session={session} section={section.id} field={field} language={language} />
      ))}
    </div>
  );
};
