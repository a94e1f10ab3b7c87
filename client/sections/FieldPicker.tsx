/** What helps to fill a field besides typing: the browser's calendar and clock, and "more than" for a number. */
import type { FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import { fits } from "../../minutes/field.ts";
import type { Field } from "../../minutes/value.ts";
import { t } from "../language.ts";

interface PickerProps {
  field: Field;
  label: string;
  /** Absent while nothing can be filled in. */
  save: ((value: string) => void) | undefined;
}

const SIGNS = { date: "▦", time: "◷" } as const;

/** Draws nothing for the types that are simply typed. */
export const FieldPicker: FunctionComponent<PickerProps> = ({ field, label, save }) => {
  const native = useRef<HTMLInputElement>(null);
  const { type, value } = field;
  if (type === "number" && value !== "" && fits(field)) {
    const more = value.startsWith(">");
    return (
      <button
        type="button"
        class="button button--quiet button--small"
        aria-pressed={more}
        aria-label={t("fields-more-than-label", { label })}
        aria-disabled={save ? undefined : true}
        onClick={() => save?.(more ? value.slice(1) : `>${value}`)}
      >
        {t("fields-more-than")}
      </button>
    );
  }
  if (type !== "date" && type !== "time") return null;
  return (
    <span class="fields__picker">
      <button
        type="button"
        class="button button--quiet button--icon"
        aria-label={t(`fields-pick-${type}`, { label })}
        aria-disabled={save ? undefined : true}
        onClick={() => save && native.current?.showPicker()}
      >
        <span aria-hidden="true">{SIGNS[type]}</span>
      </button>
      <input
        ref={native}
        type={type}
        class="fields__native"
        tabIndex={-1}
        aria-hidden="true"
        value={fits(field) ? value : ""}
        onChange={(event) => save?.(event.currentTarget.value)}
      />
    </span>
  );
};
