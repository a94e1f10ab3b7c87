/** Where one was on a page that is about to be drawn anew, with the same things in the same places: the line read and the focus. */

/** What takes the focus in a section, or will. */
const PLACES = ".rich-text__still, input, textarea, select, button, a";

/** The part of the page within which the how-manieth is the same before and after. */
const within = (element: Element, root: Element): Element =>
  element.closest("[data-section], header, nav, form") ?? root;

/** Says how to find `element` again in what is drawn next; undefined where it cannot be. */
const nameOf = (element: Element | null, root: Element): (() => HTMLElement | null) | undefined => {
  if (!element || !root.contains(element)) return undefined;
  const { id } = element;
  if (id !== "") return () => document.getElementById(id);
  const part = within(element, root);
  const section = part.getAttribute("data-section");
  const of = section === null ? part.localName : `[data-section="${CSS.escape(section)}"]`;
  const at = [...part.querySelectorAll(PLACES)].indexOf(element);
  return at < 0 ? undefined : () => root.querySelector(of)?.querySelectorAll<HTMLElement>(PLACES)[at] ?? null;
};

let touched: Element | undefined;

/** Somebody touched a text that nothing can be written in yet. */
export const noteTouch = (event: Event): void => {
  touched = (event.target instanceof Element && event.target.closest(PLACES)) || undefined;
};

/** The first section in sight, and how far down it begins. */
const anchorIn = (root: Element): { section: string; top: number } | undefined => {
  for (const slot of root.querySelectorAll<HTMLElement>("[data-section]")) {
    const { top, bottom } = slot.getBoundingClientRect();
    if (bottom > 0 && bottom > top) return { section: slot.dataset["section"] ?? "", top };
  }
  return undefined;
};

/** Call before it is drawn anew; what it gives, in the same turn after. Nothing in sight has moved then. */
export const keepPlace = (root: Element): (() => void) => {
  const anchor = anchorIn(root);
  const { scrollX, scrollY } = window;
  const active = document.activeElement === document.body ? null : document.activeElement;
  const find = nameOf(touched ?? active, root);
  touched = undefined;
  return () => {
    scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
    const slot = anchor && root.querySelector(`[data-section="${CSS.escape(anchor.section)}"]`);
    if (slot && scrollY > 0) scrollBy({ top: slot.getBoundingClientRect().top - anchor.top, behavior: "instant" });
    find?.()?.focus({ preventScroll: true });
  };
};
