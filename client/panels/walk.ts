/** The walk through what is still open: which point one stands at, and how one gets to where it is on the sheet. */
import { signal } from "@preact/signals";
import type { Point } from "../../minutes/review.ts";
import { explain } from "./explaining.ts";
import { goToSection, whenShown } from "./place.ts";

/** Place in the list of the point one stands at; undefined: nobody walks. What was put right leaves the list, so the next one moves up. */
export const walking = signal<number | undefined>(undefined);

/** What can be written in comes before what only moves or removes. */
const FIRST = ["[role=textbox]", "[contenteditable]", "textarea", "input", "select", "button"];

const focusIn = (element: Element | null): void => {
  const found = FIRST.map((kind) => element?.querySelector<HTMLElement>(kind)).find((each) => each?.checkVisibility());
  if (!element || !found) return;
  element.scrollIntoView({ block: "center", behavior: "auto" });
  found.focus({ preventScroll: true });
};

/** Shows the point on the sheet, with the focus where one would write. */
export const goToPoint = ({ kind, section, row, words }: Point): void => {
  if (kind === "acronym") return explain(words);
  if (section === undefined) {
    focusIn(document.querySelector(".paper__title"));
    return;
  }
  goToSection(section);
  whenShown(section, (element) =>
    focusIn((row && element.querySelector(`[data-row="${CSS.escape(row)}"]`)) || element),
  );
};
