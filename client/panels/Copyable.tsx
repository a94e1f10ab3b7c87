/** An address in a field that can be read, selected and copied with one press. */
import { useId, useRef, useState } from "preact/hooks";
import { t } from "../language.ts";

interface CopyableProps {
  label: string;
  hint?: string;
  value: string;
}

export const Copyable = ({ label, hint, value }: CopyableProps) => {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // No clipboard outside secure contexts: the text is selected, the keyboard does the rest.
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), 3_000);
  };
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <div class="copyable">
        <input
          ref={input}
          class="input"
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="button" onClick={() => void copy()}>
          {t(copied ? "copy-done" : "copy")}
        </button>
      </div>
      <p class="unseen" role="status">
        {copied && t("copy-done")}
      </p>
      {hint !== undefined && <p class="field__hint">{hint}</p>}
    </div>
  );
};
