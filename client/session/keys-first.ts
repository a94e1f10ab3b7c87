/** Gives way to keys: what the others do is taken in when a key is on the screen, never between the key and its frame. */

/** Whoever has pressed a key within this time is typing. */
const TYPING = 1_000;
/** So long after its last step a frame is on its way to the screen. */
const SETTLING = 8;

let pressed = -TYPING;
let keys = 0;
let drawn = 0;
let listening = false;
const waiting = new Set<() => void>();

/** A key counts from when it is pressed, or from when something is about to change: not every keyboard has keys. */
const hear = (): void => {
  pressed = performance.now();
  keys += 1;
  const key = keys;
  requestAnimationFrame(() =>
    setTimeout(() => {
      drawn = key;
      if (isDrawn()) for (const each of waiting) each();
    }, SETTLING),
  );
};

/** Whether somebody types on this page. */
export const isTyping = (): boolean => {
  if (typeof document === "undefined") return false;
  if (!listening) for (const event of ["keydown", "beforeinput"]) addEventListener(event, hear, { capture: true });
  listening = true;
  return document.visibilityState === "visible" && performance.now() - pressed < TYPING;
};

/** Whether the frame of the last key is over: nothing that is done now comes between the two. */
export const isDrawn = (): boolean => drawn === keys;

/**
 * Calls `run` once: as soon as the frame of a key is over, or after `patience` milliseconds, unless a key is being
 * drawn just then; after twice that time in any case. Gives what calls it off.
 */
export const afterKeys = (run: () => void, patience: number): (() => void) => {
  const off = (): void => {
    waiting.delete(now);
    clearTimeout(timer);
  };
  const now = (): void => {
    off();
    run();
  };
  let timer = setTimeout(() => {
    if (isDrawn()) now();
    else timer = setTimeout(now, patience);
  }, patience);
  waiting.add(now);
  return off;
};
