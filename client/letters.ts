/** The page's own letters, which come behind what is read and written with: until then the system's show the same words. */

/** From now on the page is set in its own letters; those that are not on this device yet are asked for. */
export const setInOwnLetters = (): void => {
  delete document.body.dataset["letters"];
};

/** The same at once, where the program was kept on this device, its letters with it. */
export const setInKeptLetters = (): void => {
  const { serviceWorker } = navigator as Partial<Navigator>;
  if (serviceWorker?.controller) setInOwnLetters();
};
