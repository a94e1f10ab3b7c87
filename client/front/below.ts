/** The minutes that the server has drawn below the door of a code: whoever goes past it reads them until the workshop is here. */

/** Where they stand, in a browser that can put them over everything else. */
export const minutesBelow = (): HTMLElement | null =>
  "popover" in HTMLElement.prototype ? document.querySelector<HTMLElement>("#minutes") : null;

/** The same, once nobody is at the door any more. */
export const minutesRead = (): HTMLElement | undefined => {
  const minutes = minutesBelow();
  return minutes?.matches(":popover-open") ? minutes : undefined;
};
