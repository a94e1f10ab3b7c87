/** What is done with something as soon as it is drawn: most often it takes the focus. */
import type { Session } from "../session/session.ts";

/** A second at the usual rate: what was asked for is drawn by then, or never. */
const FRAMES = 60;

/** Calls `then` with what an edit just made, once it is drawn; gives up after about a second. */
export const whenDrawn = (
  find: () => HTMLElement | null | undefined,
  then: (element: HTMLElement) => void,
  left = FRAMES,
): void => {
  requestAnimationFrame(() => {
    const element = find();
    if (element) then(element);
    else if (left > 0) whenDrawn(find, then, left - 1);
  });
};

/** For `ref` of a field that takes the focus as it comes up: one function for all drawings, or each of them would call it again. */
export const focusFirst = (field: HTMLElement | null): void => field?.focus();

/**
 * Focuses what an edit just made. It is drawn in this very turn, and not with the next frame: the keys that follow are meant
 * for it, and on a busy device they come sooner.
 */
export const focusWhenDrawn = (session: Pick<Session, "latest">, find: () => HTMLElement | null | undefined): void => {
  const take = (element: HTMLElement): void => {
    element.focus();
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.select();
  };
  session.latest();
  queueMicrotask(() => {
    const element = find();
    if (element) take(element);
    else whenDrawn(find, take);
  });
};
