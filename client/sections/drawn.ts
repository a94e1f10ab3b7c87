/** What is done with something as soon as it is drawn: most often it takes the focus. */

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

/** Focuses what an edit just made. */
export const focusWhenDrawn = (find: () => HTMLElement | null | undefined): void => {
  whenDrawn(find, (element) => {
    element.focus();
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.select();
  });
};
