/** One run per frame, right after it, however often it is asked for; a page nobody sees has no frames and gets a slower rhythm. */

const HIDDEN = 250;
const FRAME = 16;

/**
 * Gives a function that makes `run` happen soon, once for all calls until then. After a run comes a pause of `rest`
 * times as long as it took: what is slow on this device, with this much to do, leaves most of the time to the keys.
 * `least`: how many milliseconds of pause there are in any case, asked after each run.
 */
export const perFrame = (run: () => void, rest = 0, least: () => number = () => 0): (() => void) => {
  let waiting = false;
  let rested = 0;
  const now = (): void => {
    waiting = false;
    const begun = performance.now();
    run();
    const ended = performance.now();
    rested = ended + Math.max(rest * (ended - begun), least());
  };
  const soon = (): void => {
    if (typeof document === "undefined" || document.visibilityState === "hidden") setTimeout(now, HIDDEN);
    // What a key has just changed is on the screen before this begins.
    else requestAnimationFrame(() => setTimeout(now));
  };
  return () => {
    if (waiting) return;
    waiting = true;
    const pause = rested - performance.now();
    if (pause > FRAME) setTimeout(soon, pause - FRAME);
    else soon();
  };
};
