/** Following the facilitator: the page goes to the section that is shown, unless somebody is in the middle of something there. */
import { effect, signal } from "@preact/signals";
import type { Session } from "../session/session.ts";
import { showSection } from "./place.ts";

/** Whether this page goes along; each may step out and back in. */
export const along = signal(true);

/** What was shown while somebody was typing: offered instead. */
export const offered = signal<string | undefined>(undefined);

/** Whoever paused for longer than this is reading. */
const TYPING_MS = 15_000;

const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable=false])";

/** Somebody is writing: the last key is not long ago, or something that has not been sent stands in the field. */
const isBusy = (typed: number): boolean => {
  const field = document.activeElement;
  if (!(field instanceof HTMLElement) || !field.matches(FIELDS)) return false;
  const unsent = field instanceof HTMLTextAreaElement && field.value.trim() !== "";
  return unsent || Date.now() - typed < TYPING_MS;
};

/** Goes along until the returned function is called. Whoever manages shows, and is not taken anywhere. */
export const watchFollowing = (session: Session): (() => void) => {
  let typed = -Infinity;
  const noted = (): void => {
    typed = Date.now();
  };
  document.addEventListener("input", noted, true);
  document.addEventListener("keydown", noted, true);
  let seen: string | undefined;
  const stop = effect(() => {
    const { section, following } = session.stage.value;
    const wanted = following && section !== null && session.capability.value !== "manage" ? section : undefined;
    const goes = along.value;
    if (wanted === undefined) offered.value = undefined;
    if (wanted === seen && goes) return;
    seen = goes ? wanted : undefined;
    if (wanted === undefined || !goes) return;
    if (isBusy(typed)) offered.value = wanted;
    else {
      offered.value = undefined;
      showSection(wanted);
    }
  });
  return () => {
    stop();
    document.removeEventListener("input", noted, true);
    document.removeEventListener("keydown", noted, true);
  };
};

/** Goes where one was not taken. */
export const goAlong = (section: string): void => {
  along.value = true;
  offered.value = undefined;
  showSection(section);
};
