/** The page's own letters, which come behind what is read and written with: until then the system's show the same words. */

/** Those of nearly every line; rarer ones come when a line needs them. */
const CUTS = [
  '400 1em "Atkinson Hyperlegible Next"',
  '600 1em "Atkinson Hyperlegible Next"',
  '700 1em "Atkinson Hyperlegible Next"',
  '400 1em "Source Serif 4"',
  '700 1em "Source Serif 4"',
];

/** From now on the page is set in its own letters; those that are not on this device yet are asked for. */
export const setInOwnLetters = (): void => {
  delete document.body.dataset["letters"];
};

/** Asks for them, and sets the page in them when all are here, or cannot be had: its lines are set anew once, not with each file. */
export const bringLetters = async (): Promise<void> => {
  await Promise.allSettled(CUTS.map((cut) => document.fonts.load(cut)));
  setInOwnLetters();
};

/** The same at once, where the program was kept on this device, its letters with it. */
export const setInKeptLetters = (): void => {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (serviceWorker?.controller) setInOwnLetters();
};
