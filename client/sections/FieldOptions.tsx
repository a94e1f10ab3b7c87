/** Which fields a section has: their labels, types, choices and order, while the structure is being edited. */
import type { FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import {
  addField,
  moveField,
  removeField,
  renameField,
  restoreField,
  setFieldType,
} from "../../document/edit/fields.ts";
import { FIELD_TYPES, type Field, type FieldsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { useKeptFocus } from "./focus.ts";
import { choiceOf, pressOf } from "./held.ts";
import { Menu, MenuRoom, type MenuEntry } from "./Menu.tsx";
import { altArrow, dropRow, grabRow, stepRow, type Rows } from "./rows.ts";
import { sectionNow } from "./section-now.ts";
import { SharedInput } from "./SharedInput.tsx";
import { memo } from "./steady.ts";

const fieldRows = (session: Session, id: string): Rows => {
  const ids = (sectionNow(session, id, "fields")?.fields ?? []).map((field) => field.id);
  return { session, ids, move: (field, place) => moveField(session.doc, id, field, place) };
};

/** One choice per line, each once. */
const choicesOf = (text: string): string[] => {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== "");
};

const FieldOption = memo<{ session: Session; section: string; field: Field }>(({ session, section, field }) => {
  const held = !session.canWrite.value;
  const retype = (value: string): void => {
    const type = FIELD_TYPES.find((each) => each === value);
    if (type) setFieldType(session.doc, section, field.id, type);
  };
  const remove = (): void => {
    removeField(session.doc, section, field.id);
    session.notify(t("structure-field-removed", { label: field.label }), () => {
      restoreField(session.doc, section, field.id);
    });
  };
  const entries = (): MenuEntry[] => [
    { label: t("sections-move-up"), keys: "Alt+↑", act: () => stepRow(fieldRows(session, section), field.id, -1) },
    { label: t("sections-move-down"), keys: "Alt+↓", act: () => stepRow(fieldRows(session, section), field.id, 1) },
    { label: t("sections-remove"), danger: true, act: remove },
  ];
  return (
    <li class="field-option" data-row={field.id}>
      <SharedInput
        session={session}
        class="input"
        label={t("structure-field-label")}
        placeholder={t("structure-field-label")}
        value={field.label}
        save={(value) => renameField(session.doc, section, field.id, value.trim())}
      />
      <select
        class="input"
        aria-label={t("structure-field-type", { label: field.label })}
        {...choiceOf(field.type, held ? undefined : retype)}
      >
        {FIELD_TYPES.map((type) => (
          <option key={type} value={type}>
            {t(`structure-type-${type}`)}
          </option>
        ))}
      </select>
      {held ? (
        <MenuRoom />
      ) : (
        <Menu
          label={t("structure-field-menu", { label: field.label })}
          entries={entries}
          onGrab={(event) => {
            grabRow(event, ".field-options", (row, drop) => dropRow(fieldRows(session, section), row, drop));
          }}
        />
      )}
      {field.type === "choice" && (
        <SharedInput
          session={session}
          class="input field-option__choices"
          label={t("structure-choices", { label: field.label })}
          placeholder={t("structure-choices-hint")}
          shape="lines"
          value={(field.choices ?? []).join("\n")}
          save={(value) => setFieldType(session.doc, section, field.id, "choice", choicesOf(value))}
        />
      )}
    </li>
  );
});

export const FieldOptions: FunctionComponent<{ session: Session; section: FieldsSection }> = ({ session, section }) => {
  const root = useRef<HTMLDivElement>(null);
  useKeptFocus(root);
  const held = !session.canWrite.value;
  const add = (): void => void addField(session.doc, section.id, { label: t("structure-field-new"), type: "line" });
  return (
    <div
      class="field-options"
      ref={root}
      onKeyDown={(event) => {
        const move = held ? undefined : altArrow(event);
        if (move) stepRow(fieldRows(session, section.id), move.row, move.by);
      }}
    >
      <ul class="field-options__list" role="list" aria-label={t("structure-fields")}>
        {section.fields.map((field) => (
          <FieldOption key={field.id} session={session} section={section.id} field={field} />
        ))}
      </ul>
      <button type="button" class="button" {...pressOf(held ? undefined : add)}>
        {t("structure-field-add")}
      </button>
    </div>
  );
};
