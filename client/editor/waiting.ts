/** A box that takes the focus in the place of an editor that is still on its way, and keeps what is typed meanwhile. */

const made = (label: string, again: () => void): HTMLTextAreaElement => {
  const box = document.createElement("textarea");
  box.className = "rich-text__waiting prose";
  box.setAttribute("aria-label", label);
  box.placeholder = " ";
  box.rows = 1;
  box.addEventListener("click", again);
  return box;
};

/** Puts the box into `element`, or the focus back into the one that waits there already. `again`: it was touched once more. */
export const wait = (element: HTMLElement, label: string, again: () => void): void => {
  const box = waitingIn(element) ?? made(label, again);
  if (!box.isConnected) element.append(box);
  box.focus({ preventScroll: true });
};

/** The box that waits in `element`. Take it away only after something else has the focus, or a phone's keyboard closes. */
export const waitingIn = (element: HTMLElement): HTMLTextAreaElement | null => element.querySelector("textarea");
