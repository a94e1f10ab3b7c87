/** Rows that can be moved one step by keyboard or dropped beside another: which, where to, and what is said. */
import type { Place } from "../../document/edit/transaction.ts";
import { t } from "../language.ts";
import type { Session } from "../session/session.ts";
import { isComposing } from "./composing.ts";
import { startDrag, type Drop } from "./drag.ts";

export interface RowStep {
  row: string;
  by: -1 | 1;
}

/** A list whose rows can be moved. */
export interface Rows {
  session: Session;
  /** In the order of the screen. */
  ids: readonly string[];
  move: (id: string, place: Place) => void;
}

/** Alt+↑ or Alt+↓ anywhere in a row (`data-row`): consumed, and told which row goes which way. */
export const altArrow = (event: KeyboardEvent): RowStep | undefined => {
  if (!event.altKey || event.ctrlKey || event.metaKey || isComposing(event)) return undefined;
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return undefined;
  const row =
    event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]")?.dataset["row"] : undefined;
  if (row === undefined) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return { row, by: event.key === "ArrowUp" ? -1 : 1 };
};

/** One step up or down; says where the row now stands, or that it cannot go further (K6). */
export const stepRow = ({ session, ids, move }: Rows, id: string, by: -1 | 1): void => {
  const at = ids.indexOf(id);
  const beside = ids[at + by];
  if (at < 0) return;
  if (beside === undefined) return session.announce(t(by < 0 ? "sections-is-first" : "sections-is-last"));
  move(id, by < 0 ? { before: beside } : { after: beside });
  session.announce(t("sections-moved", { position: at + by + 1, count: ids.length }));
};

/** Puts the row where it was dropped, and says where that is. */
export const dropRow = ({ session, ids, move }: Rows, id: string, { row, side }: Drop): void => {
  const rest = ids.filter((each) => each !== id);
  const beside = rest.indexOf(row);
  if (beside < 0) return;
  move(id, side === "before" ? { before: row } : { after: row });
  session.announce(t("sections-moved", { position: beside + (side === "before" ? 1 : 2), count: ids.length }));
};

interface Grab {
  /** What the rows of the list are. */
  like?: string;
  /** Rows outside `root`, the list itself, that take in what is dropped on them. */
  takers?: (root: HTMLElement) => HTMLElement[];
  give?: (row: string, taker: string) => void;
}

/** Starts dragging the row a handle stands in, among all rows like it inside the nearest `within`. */
export const grabRow = (
  event: PointerEvent,
  within: string,
  drop: (row: string, where: Drop) => void,
  { like = "[data-row]", takers, give }: Grab = {},
): void => {
  const handle = event.currentTarget instanceof Element ? event.currentTarget : undefined;
  const row = handle?.closest<HTMLElement>(like);
  const root = handle?.closest<HTMLElement>(within);
  const id = row?.dataset["row"];
  if (!row || !root || id === undefined) return;
  startDrag(event, {
    row,
    rows: () => [...root.querySelectorAll<HTMLElement>(like)],
    drop: (where) => drop(id, where),
    ...(takers && give ? { takers: () => takers(root), give: (taker: string) => give(id, taker) } : {}),
  });
};
