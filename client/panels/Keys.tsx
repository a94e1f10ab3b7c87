/** What the keyboard can do, in one list. */
import { Dialog } from "../home/Dialog.tsx";
import { t } from "../language.ts";
import { singleKeys, switchSingleKeys } from "./single-keys.ts";

const KEYS: readonly [keys: string, what: string][] = [
  ["Ctrl+Z", "undo"],
  ["Ctrl+Y", "redo"],
  ["Ctrl+B", "bold"],
  ["Ctrl+I", "italic"],
  ["- ", "bullet"],
  ["1. ", "number"],
  ["# ", "heading-line"],
  ["> ", "quote"],
  ["[] ", "task"],
  ["Tab", "indent"],
  ["Shift+Tab", "outdent"],
  ["Escape", "leave"],
  ["Alt+PageUp", "previous"],
  ["Alt+PageDown", "next"],
  ["?", "keys"],
];

/** As they are printed on the keyboards of those who read this language. */
const named = (keys: string): string =>
  keys.replaceAll(/Shift|Escape|PageUp|PageDown/gu, (key) => t(`keyboard-${key.toLowerCase()}`));

export const Keys = ({ onClose }: { onClose: () => void }) => (
  <Dialog heading={t("keys-heading")} onClose={onClose}>
    <dl class="keys">
      {KEYS.map(([keys, what]) => (
        <div key={what} class="keys__one">
          <dt>
            <kbd>{named(keys.trim())}</kbd>
            {keys.endsWith(" ") && <span class="soft"> {t("keys-space")}</span>}
          </dt>
          <dd>{t(`keys-${what}`)}</dd>
        </div>
      ))}
    </dl>
    <label class="choice keys__single">
      <input
        type="checkbox"
        checked={singleKeys.value}
        onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
      />
      <span>{t("keys-single")}</span>
    </label>
  </Dialog>
);
