/** Undo and redo of what was written here, over the whole workshop. */
import { useEffect, useState } from "preact/hooks";
import { listen } from "../../document/listen.ts";
import { t } from "../language.ts";
import type { MenuEntry } from "../sections/Menu.tsx";
import type { Session } from "../session/session.ts";

/** The same as entries of a menu, for screens without room for buttons. */
export const undoEntries = ({ undo, canWrite }: Session): MenuEntry[] => {
  const all: (MenuEntry | false)[] = [
    undo.canUndo() && { label: t("undo-undo"), act: () => void undo.undo() },
    undo.canRedo() && { label: t("undo-redo"), act: () => void undo.redo() },
  ];
  return canWrite.value ? all.filter((entry) => entry !== false) : [];
};

export const UndoButtons = ({ session }: { session: Session }) => {
  const { undo } = session;
  const [, redraw] = useState(0);
  useEffect(() => {
    const again = (): void => redraw((before) => before + 1);
    const stops = ["stack-item-added", "stack-item-popped", "stack-cleared"].map((event) => listen(undo, event, again));
    return () => stops.forEach((stop) => stop());
  }, [undo]);
  if (!session.canWrite.value) return null;
  // Not `disabled`: whoever has just taken the last step back by keyboard would stand nowhere.
  return (
    <>
      <button
        type="button"
        class="button button--quiet button--icon"
        aria-label={t("undo-undo")}
        title={`${t("undo-undo")} (Ctrl+Z)`}
        aria-disabled={!undo.canUndo()}
        onClick={() => undo.undo()}
      >
        <span aria-hidden="true">↶</span>
      </button>
      <button
        type="button"
        class="button button--quiet button--icon"
        aria-label={t("undo-redo")}
        title={`${t("undo-redo")} (Ctrl+Y)`}
        aria-disabled={!undo.canRedo()}
        onClick={() => undo.redo()}
      >
        <span aria-hidden="true">↷</span>
      </button>
    </>
  );
};
