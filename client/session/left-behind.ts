/** Notes on this device which epoch of a workshop was left behind here, with text that must not be merged. */

/** Where the note stands. */
export const asideKey = (workshop: string): string => `minutier:aside:${workshop}`;

/** Notes that this device holds text of `epoch`, which the workshop has left behind. */
export const putAside = (workshop: string, epoch: string): void => {
  try {
    localStorage.setItem(asideKey(workshop), epoch);
  } catch {
    // without storage there is no local text either
  }
};
