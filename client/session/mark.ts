/** The saved mark: from what is known of the line and the ledger to the one word shown. Pure. */
import type { ReadOnlyReason, Saved } from "./session.ts";

export interface Facts {
  /** Why nothing can be written, if so. */
  readOnly: ReadOnlyReason | undefined;
  /**
   * `opening`: the first connection of this stay is being made and has not failed yet.
   * `up`: this very socket has acknowledged everything the device held when it synchronised.
   * `down`: anything else.
   */
  line: "opening" | "up" | "down";
  /** Changes no acknowledgement covers. */
  unsent: number;
  /** Commands, a pick for example, that the server has not answered, and fields whose words are not in the document yet. */
  unanswered: number;
}

/** Says `saved` only when every change made or found here, and every command given here, is on the server's disk. */
export const markOf = ({ readOnly, line, unsent, unanswered }: Facts): Saved => {
  if (readOnly !== undefined) return { state: "read-only", reason: readOnly, changes: unsent };
  if (line === "down") return { state: "offline", changes: unsent };
  if (line === "opening" || unsent > 0 || unanswered > 0) return { state: "saving" };
  return { state: "saved" };
};

/** Two marks that people read as the same. */
export const sameMark = (a: Saved, b: Saved): boolean =>
  a.state === b.state &&
  (a.state !== "offline" || b.state !== "offline" || a.changes === b.changes) &&
  (a.state !== "read-only" || b.state !== "read-only" || (a.reason === b.reason && a.changes === b.changes));
