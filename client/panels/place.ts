/** Which section the page stands at: chosen in the outline or the tabs, entered by focus, or scrolled to. */
import { effect, signal } from "@preact/signals";
import type { Section } from "../../minutes/value.ts";
import type { Session } from "../session/session.ts";

const phone = matchMedia("(max-width: 47.99rem)");

/** Where one is in this workshop, as long as the tab lives: a phone that was put away loads its pages anew, at one's section. */
const keptUnder = (): string => `minutier:place:${location.pathname}`;
const keptPlace = (): string | undefined => {
  try {
    return (phone.matches && sessionStorage.getItem(keptUnder())) || undefined;
  } catch {
    // a browser without storage begins at the first one
    return undefined;
  }
};

/** Id of the section the outline points at and a phone shows. */
const currentSection = signal(keptPlace());
effect(() => {
  const { value: id } = currentSection;
  try {
    if (id !== undefined) sessionStorage.setItem(keptUnder(), id);
  } catch {
    // as above
  }
});

/** The section the page stands at; the first one before anybody chose. */
export const placeIn = (sections: readonly Section[]): string | undefined =>
  (sections.find(({ id }) => id === currentSection.value) ?? sections[0])?.id;

const narrow = signal(phone.matches);
phone.addEventListener("change", () => (narrow.value = phone.matches));

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Asked for by name, scrolling moves whatever the style sheet says: whoever wants no motion is taken there at once. */
const motion = (): ScrollBehavior => (still.matches ? "instant" : "smooth");

/** Whether the page shows one section at a time. */
export const isNarrow = (): boolean => narrow.value;

/**
 * Calls back once a section that was gone to is drawn; a phone draws one at a time. In the same turn where it can: on a busy
 * device the next frame comes late, and whoever has gone on meanwhile would be called back in the middle of a word.
 */
export const whenShown = (id: string, act: (section: HTMLElement) => void): void => {
  const sectionNow = (): HTMLElement | null => document.getElementById(`section-${id}`);
  // What has just changed is drawn by then.
  queueMicrotask(() => {
    const section = sectionNow();
    if (section?.checkVisibility()) return act(section);
    requestAnimationFrame(() => {
      const drawn = sectionNow();
      if (drawn) act(drawn);
    });
  });
};

/** So many screens away is far: what stands between has never been laid out, and nobody knows how long that way is. */
const FAR = 3;

/** Where the page was taken to one is, whatever else is in sight, until somebody moves the page by hand. */
let taken = false;
const MOVED_BY = ["wheel", "touchmove", "pointerdown", "keydown"];
const moved = (): void => {
  taken = false;
};

/** Scrolls to the start of a section: a long way is gone at once, and looked at once more when what came near has its size. */
const scrollToStart = (element: HTMLElement): void => {
  const far = Math.abs(element.getBoundingClientRect().top) > FAR * innerHeight;
  const go = (behavior: ScrollBehavior): void => element.scrollIntoView({ block: "start", behavior });
  go(far ? "instant" : motion());
  if (far) requestAnimationFrame(() => requestAnimationFrame(() => taken && go("instant")));
};

/** Goes to a section: shows it on a phone, scrolls to it elsewhere, and puts the focus at its start. */
export const goToSection = (id: string): void => {
  currentSection.value = id;
  taken = true;
  whenShown(id, (element) => {
    const heading = element.querySelector<HTMLElement>("h2") ?? element;
    if (isNarrow()) scrollTo({ top: 0 });
    // With the frame, when what was drawn for it has its size; whoever has moved on by then stays there.
    else requestAnimationFrame(() => taken && scrollToStart(element));
    if (!heading.hasAttribute("tabindex") && !heading.isContentEditable) heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  });
};

/** Shows a section to somebody who did not ask for it: the focus stays where it is. */
export const showSection = (id: string): void => {
  currentSection.value = id;
  taken = true;
  requestAnimationFrame(() => {
    if (isNarrow()) scrollTo({ top: 0 });
    else {
      const section = document.getElementById(`section-${id}`);
      if (section) scrollToStart(section);
    }
  });
};

/** The section before (-1) or after (1) the current one. */
export const neighbour = (sections: readonly Section[], step: -1 | 1): string | undefined => {
  const at = sections.findIndex(({ id }) => id === placeIn(sections));
  return sections[Math.max(0, at) + step]?.id;
};

const sectionOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? (target.closest("[data-section]")?.getAttribute("data-section") ?? undefined) : undefined;

/** Tells the others where one writes, and the outline where one reads. Gives what stops it. */
export const trackPlace = (session: Session, sheet: HTMLElement): (() => void) => {
  const entered = (event: FocusEvent): void => {
    const section = sectionOf(event.target);
    if (section === undefined) return;
    currentSection.value = section;
    // A heading that only received the focus from the outline is being read, not written in.
    if (event.target instanceof HTMLElement && event.target.matches("input, textarea, select, [contenteditable]")) {
      session.setPlace(section);
    }
  };
  const left = (event: FocusEvent): void => {
    if (sectionOf(event.relatedTarget) === undefined) session.setPlace();
  };
  const seen = new Map<string, number>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, boundingClientRect } of entries) {
        const section = sectionOf(target);
        if (section === undefined) continue;
        if (intersectionRatio > 0) seen.set(section, boundingClientRect.top);
        else seen.delete(section);
      }
      // The sheet itself has the focus after the door: nobody is at a place in it yet.
      const within = document.activeElement !== sheet && sheet.contains(document.activeElement);
      if (isNarrow() || within || taken) return;
      const [top] = [...seen].toSorted((a, b) => a[1] - b[1]);
      if (top) currentSection.value = top[0];
    },
    { rootMargin: "-80px 0px -55% 0px" },
  );
  const watch = (): void => sheet.querySelectorAll("[data-section]").forEach((each) => observer.observe(each));
  const added = new MutationObserver(watch);
  watch();
  added.observe(sheet, { childList: true });
  sheet.addEventListener("focusin", entered);
  sheet.addEventListener("focusout", left);
  for (const event of MOVED_BY) addEventListener(event, moved, { capture: true, passive: true });
  return () => {
    for (const event of MOVED_BY) removeEventListener(event, moved, { capture: true });
    observer.disconnect();
    added.disconnect();
    sheet.removeEventListener("focusin", entered);
    sheet.removeEventListener("focusout", left);
  };
};
