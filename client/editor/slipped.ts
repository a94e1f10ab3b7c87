/** A press on what moves away before it is over: browsers tell of its click elsewhere, by what stands there then. */

export interface Point {
  left: number;
  top: number;
}

/** A hand that rests moves by so much. */
const REST_PX = 8;
/** What does something of its own when it is clicked. */
const ACTS = "a, button, input, textarea, select, label, summary, [role=textbox], [contenteditable]";

/**
 * Calls `slipped` where the click that ends the press of `event` on `element` comes to something else, which does nothing with
 * it, although the pointer has not moved: with where on the screen the pressed place is by then.
 */
export const hearSlipped = (
  element: HTMLElement,
  { clientX: left, clientY: top }: PointerEvent,
  slipped: (point: Point) => void,
): void => {
  const before = element.getBoundingClientRect().top;
  const over = new AbortController();
  const { signal } = over;
  addEventListener("pointerdown", () => over.abort(), { signal, capture: true });
  addEventListener(
    "click",
    ({ target, clientX, clientY }) => {
      over.abort();
      const rested = Math.hypot(clientX - left, clientY - top) <= REST_PX;
      if (!rested || !(target instanceof Element) || element.contains(target) || target.closest(ACTS)) return;
      slipped({ left, top: top + element.getBoundingClientRect().top - before });
    },
    { signal },
  );
};
