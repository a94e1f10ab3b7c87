/** The saved mark: four states, in words, always in sight; never a sign alone. */
import { t } from "../language.ts";
import type { Saved, Session } from "../session/session.ts";

/** Signs that every font has; the words beside them say it. */
const SIGNS: Record<Saved["state"], string> = { saved: "✓", saving: "…", offline: "○", "read-only": "–" };

/** The mark as a sentence, for the screen and for the live region. */
export const savedWords = (saved: Saved): string => {
  if (saved.state === "offline") return t("saved-offline", { changes: saved.changes });
  if (saved.state === "read-only") return t(`saved-read-only-${saved.reason}`);
  return t(`saved-${saved.state}`);
};

/** The same in two or three words, where the sentence stands in a banner of its own. */
const savedShort = (saved: Saved): string => {
  if (saved.state === "offline") return t("saved-offline-short", { changes: saved.changes });
  return saved.state === "read-only" ? t("saved-read-only-short") : savedWords(saved);
};

export const SavedMark = ({ session }: { session: Session }) => {
  const saved = session.saved.value;
  return (
    <p class={`saved saved--${saved.state}`} data-saved={saved.state} title={savedWords(saved)}>
      <span class="saved__sign" aria-hidden="true">
        {SIGNS[saved.state]}
      </span>
      <span class="saved__words">{savedShort(saved)}</span>
    </p>
  );
};
