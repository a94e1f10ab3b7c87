/** Sideways strokes of a finger over the sheet: to the section before or after. */

/** Shorter strokes, or those that go up or down, are something else. */
const FAR = 70;
const QUICK = 600;

/** Calls `go` with 1 for a stroke to the left (on to the next) and -1 for one to the right. Gives what stops it. */
export const watchSwipes = (element: HTMLElement, go: (step: -1 | 1) => void): (() => void) => {
  let from: { x: number; y: number; at: number } | undefined;
  const down = (event: TouchEvent): void => {
    const [touch] = event.touches;
    from =
      touch && event.touches.length === 1 ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : undefined;
  };
  const up = (event: TouchEvent): void => {
    const [touch] = event.changedTouches;
    if (!from || !touch || event.timeStamp - from.at > QUICK) return;
    const { x, y } = { x: touch.clientX - from.x, y: touch.clientY - from.y };
    // Whoever is selecting words means the words.
    if (Math.abs(x) < FAR || Math.abs(y) > Math.abs(x) / 2 || getSelection()?.isCollapsed === false) return;
    go(x < 0 ? 1 : -1);
  };
  element.addEventListener("touchstart", down, { passive: true });
  element.addEventListener("touchend", up, { passive: true });
  return () => {
    element.removeEventListener("touchstart", down);
    element.removeEventListener("touchend", up);
  };
};
