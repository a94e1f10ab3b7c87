/** One run per frame, however often it is asked for; a page nobody sees has no frames and gets a slower rhythm. */

const HIDDEN = 250;

/** Gives a function that makes `run` happen soon, once for all calls until then. */
export const perFrame = (run: () => void): (() => void) => {
  let waiting = false;
  const now = (): void => {
    waiting = false;
    run();
  };
  return () => {
    if (waiting) return;
    waiting = true;
    if (typeof document === "undefined" || document.visibilityState === "hidden") setTimeout(now, HIDDEN);
    else requestAnimationFrame(now);
  };
};
