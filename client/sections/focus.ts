/** Keeps the focus where it was when rows are drawn in another order, or taken away. */
import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

const rowsOf = (root: HTMLElement): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-row]")];

/** What takes the focus in a row: its text for whoever was writing in it, else its handle. */
const focusable = (row: HTMLElement | undefined, writing: boolean): HTMLElement | null | undefined =>
  (writing ? row?.querySelector<HTMLElement>(".item__text [tabindex]") : undefined) ??
  row?.querySelector<HTMLElement>(".menu__button") ??
  row?.querySelector<HTMLElement>("button, input, select");

/** Where the selection stands inside `active`, as something that can be put back. */
const selectionIn = (active: Element): (() => void) | undefined => {
  const selection = getSelection();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
  if (!selection || !anchorNode || !focusNode || !active.contains(anchorNode) || !active.contains(focusNode))
    return undefined;
  return () => {
    if (selection.anchorNode === anchorNode && selection.focusNode === focusNode) return;
    if (!active.contains(anchorNode) || !active.contains(focusNode)) return;
    selection.setBaseAndExtent(anchorNode, anchorOffset ?? 0, focusNode, focusOffset ?? 0);
  };
};

/**
 * Call in the component that draws the rows (`data-row`). A row that moves to another list is another element: the
 * focus then goes to its text or its handle; where the row is gone, to the one that took its place (K3). A row that
 * moves within its list keeps the focus, but browsers drop the selection inside whatever moves: it is put back.
 */
export const useKeptFocus = (root: RefObject<HTMLElement | null>): void => {
  const active = root.current?.contains(document.activeElement) ? document.activeElement : null;
  const row = active?.closest<HTMLElement>("[data-row]");
  const index = row && root.current ? rowsOf(root.current).indexOf(row) : -1;
  const restore = active ? selectionIn(active) : undefined;
  useLayoutEffect(() => {
    if (!root.current || !(active instanceof HTMLElement)) return;
    const now = document.activeElement;
    if (now === active) return restore?.();
    // Somebody already sent the focus elsewhere on purpose.
    if (now !== document.body && now !== null) return;
    if (active.isConnected) {
      active.focus({ preventScroll: true });
      return restore?.();
    }
    const rows = rowsOf(root.current);
    const same = rows.find((each) => each.dataset["row"] === row?.dataset["row"]);
    const there = same ?? rows[Math.min(index, rows.length - 1)];
    const writing = same !== undefined && active.matches("[contenteditable]");
    const [beside] = [root.current, root.current.closest(".card, .section, dialog")].flatMap(
      (part) => part?.querySelector<HTMLElement>("textarea, input, button, h2[tabindex]") ?? [],
    );
    (focusable(there, writing) ?? beside)?.focus();
  });
};
