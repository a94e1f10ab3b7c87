/** What is done at a door that the server drew, before there is a script by which anything could come of it. */

let pressed: HTMLButtonElement | undefined;
let section: string | undefined;

const note = ({ type, target }: Event): void => {
  if (!(target instanceof Element) || !target.closest("[data-door]")) return;
  // Whoever types on after a press is not done yet.
  if (type === "input") pressed = undefined;
  const button = target.closest("button");
  // Of a form that lacks something the browser has said so already.
  if (button && (button.type !== "submit" || button.form?.matches(":valid"))) pressed = button;
  section = target.closest("#minutes section")?.id ?? section;
};

const NOTED = ["click", "input"] as const;

/** From now on it is noted. */
export const noteEarly = (): void => NOTED.forEach((name) => document.addEventListener(name, note));

/** The button that waits to be heard, and the section of the minutes that was touched; nothing is noted any more. */
export const doneEarly = (): { pressed?: HTMLButtonElement | undefined; section?: string | undefined } => {
  NOTED.forEach((name) => document.removeEventListener(name, note));
  return { pressed, section };
};
