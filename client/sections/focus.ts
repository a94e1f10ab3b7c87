/** Keeps the focus where it was when rows are drawn in another order, or taken away. */
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const rowsOf = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-row]")];

const focusable = (row: HTMLElement | undefined): HTMLElement | null | undefined =>
  row?.querySelector<HTMLElement>(".menu__button, button, input, select");

/**
 * Call in the component that draws the rows (`data-row`). A row that moves to another list is another element: the
 * focus then goes to its handle; where the row is gone, to the one that took its place (K3).
 */
export const useKeptFocus = (root: RefObject<HTMLElement | null>): void => {
  const active = root.current?.contains(document.activeElement) ? document.activeElement : null;
  const row = active?.closest<HTMLElement>("[data-row]");
  const id = row?.dataset["row"];
  const index = row && root.current ? rowsOf(root.current).indexOf(row) : -1;
  useLayoutEffect(() => {
    if (!root.current || !(active instanceof HTMLElement) || document.activeElement === active) return;
    // Somebody already sent the focus elsewhere on purpose.
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    if (active.isConnected) return active.focus({ preventScroll: true });
    const rows = rowsOf(root.current);
    const there = rows.find((each) => each.dataset["row"] === id) ?? rows[Math.min(index, rows.length - 1)];
    (focusable(there) ?? root.current.querySelector<HTMLElement>("textarea, input, button"))?.focus();
  });
};

/** A second at the usual rate: what was asked for is drawn by then, or never. */
const FRAMES = 60;

/** Focuses what an edit just made, once it is drawn; gives up after about a second. */
export const focusWhenDrawn = (find: () => HTMLElement | null | undefined, left = FRAMES): void => {
  requestAnimationFrame(() => {
    const element = find();
    if (element) {
      element.focus();
      if (element instanceof HTMLInputElement) element.select();
    } else if (left > 0) focusWhenDrawn(find, left - 1);
  });
};
