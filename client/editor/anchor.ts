/** Keeps the line somebody writes in at its place on the screen while others write above it. */
import type { EditorView } from "@tiptap/pm/view";
import type * as Y from "yjs";
import { listen } from "../../document/listen.ts";

/** A line nearer to an edge may have been brought into sight on purpose. */
const EDGE = 96;
/** Browsers round places to the pixels of the screen. */
const ROUNDING = 2;

const lineOf = (view: EditorView): Element | null | undefined => {
  const { node } = view.domAtPos(view.state.selection.head);
  return (node instanceof Element ? node : node.parentElement)?.closest(".block");
};

/**
 * Browsers anchor what is read, at the end of a frame; a key pressed between a foreign change and that end makes Chromium
 * forget it. Looks once more when the frame is over. Returns what stops it.
 */
export const anchorLine = (view: EditorView, doc: Y.Doc | null): (() => void) => {
  let held: number | undefined;
  /** The latest hold: what was begun for an earlier one says nothing about this one. */
  let turn = 0;

  const release = (mine: number, again: boolean): void => {
    if (mine !== turn || held === undefined || view.isDestroyed) return;
    // Another element may stand for the line by now.
    const line = lineOf(view);
    const by = line ? line.getBoundingClientRect().top - held : 0;
    const corrected = Math.abs(by) >= ROUNDING;
    if (corrected) scrollBy({ top: by, behavior: "instant" });
    // The browser may have been about to do the same: then it was done twice.
    if (corrected && again) return later(mine, false);
    held = undefined;
  };
  const later = (mine: number, again: boolean): void => {
    requestAnimationFrame(() => requestAnimationFrame(() => release(mine, again)));
  };
  const hold = ({ local }: Y.Transaction): void => {
    if (local || held !== undefined || document.hidden || view.isDestroyed || !view.hasFocus()) return;
    const line = lineOf(view);
    if (!line) return;
    const { top, bottom } = line.getBoundingClientRect();
    if (top < EDGE || bottom > (visualViewport?.height ?? innerHeight) - EDGE) return;
    held = top;
    later((turn += 1), true);
  };
  /** Whoever moves by themselves is not called back. */
  const letGo = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key.length === 1) return;
    held = undefined;
  };
  const unlisten = doc ? listen(doc, "beforeTransaction", hold) : () => undefined;
  const moves = ["wheel", "touchmove", "pointerdown", "keydown"] as const;
  for (const move of moves) addEventListener(move, letGo, { capture: true, passive: true });
  return () => {
    unlisten();
    held = undefined;
    for (const move of moves) removeEventListener(move, letGo, { capture: true });
  };
};
