/** Notes that the words of an item were corrected: when whoever wrote in it leaves, once, and never for what is just being said. */
import { setItem } from "../../document/edit/items.ts";
import { itemOf, itemTextOf } from "../../document/layout.ts";
import type { Session } from "../session/session.ts";

/** Whoever captured an item may go on saying it for so long. */
const SAYING = 120_000;

/** Not what undo tracks: taking the words back must not take two steps. */
const NOTE = Symbol("note");

interface Watching {
  onFocusIn: () => void;
  onFocusOut: (event: FocusEvent) => void;
}

/** Listeners for the element around the words; `kept` outlives the drawings of a row. */
export const watchCorrection = (
  session: Session,
  section: string,
  id: string,
  kept: { current: string | undefined },
): Watching => {
  const words = (): string | undefined => itemTextOf(session.doc, section, id)?.toJSON();
  return {
    onFocusIn: () => {
      kept.current ??= words();
    },
    onFocusOut: ({ currentTarget, relatedTarget }) => {
      if (currentTarget instanceof Element && relatedTarget instanceof Node && currentTarget.contains(relatedTarget))
        return;
      const before = kept.current;
      kept.current = undefined;
      const entry = itemOf(session.doc, section, id);
      if (before === undefined || before.trim() === "" || entry === undefined || words() === before) return;
      const me = session.visitor.peek().id;
      const now = session.now();
      const at = entry.get("at");
      const saying = entry.get("author") === me && typeof at === "string" && now.getTime() - Date.parse(at) < SAYING;
      if (saying || !session.canWrite.peek()) return;
      session.doc.transact(() => {
        setItem(session.doc, section, id, "corrected", now.toISOString(), NOTE);
        setItem(session.doc, section, id, "corrector", me, NOTE);
      }, NOTE);
    },
  };
};
