/** The keys of the page itself, beside those of the editor: undo anywhere, the next section, the list of keys. */
import type { Session } from "../session/session.ts";
import { panel } from "./panel.ts";
import { goToSection, neighbour } from "./place.ts";
import { singleKeys } from "./single-keys.ts";

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));

const help = (event: KeyboardEvent): boolean => {
  if (event.key !== "?" || !singleKeys.peek() || isWriting(event.target) || panel.value !== undefined) return false;
  panel.value = "keys";
  return true;
};

/** Listens until the returned function is called. */
export const watchShortcuts = (session: Session): (() => void) => {
  const undoOrRedo = (event: KeyboardEvent): boolean => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !session.canWrite.value) return false;
    // In a field the browser undoes its typing, in an editor the editor does.
    if (isWriting(event.target)) return false;
    if (key === "z" && !event.shiftKey) session.undo.undo();
    else if (key === "y" || key === "z") session.undo.redo();
    else return false;
    return true;
  };
  const walk = (event: KeyboardEvent): boolean => {
    if (!event.altKey || (event.key !== "PageDown" && event.key !== "PageUp")) return false;
    const next = neighbour(session.minutes.peek().sections, event.key === "PageDown" ? 1 : -1);
    if (next) goToSection(next);
    return true;
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || panel.value !== undefined) return;
    if (undoOrRedo(event) || walk(event) || help(event)) event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
};
