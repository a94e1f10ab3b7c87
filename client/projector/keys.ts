/** What the keyboard and the buttons of a screen do: the section shown here, full screen, dark. */
import { effect, signal } from "@preact/signals";
import { isSingle, singleKeys } from "../panels/single-keys.ts";
import { chooseTheme, isDark } from "../panels/theme.ts";
import type { Stay } from "./stay.ts";

/** Id of the section somebody chose on this very screen; undefined: it follows. */
export const chosen = signal<string | undefined>(undefined);

/** Goes to the section before or after the one on the screen. */
export const stepSection = ({ minutes }: Pick<Stay, "minutes">, step: -1 | 1): void => {
  const { sections } = minutes.peek();
  const shown = document.querySelector("[data-shown]")?.getAttribute("data-shown");
  const at = sections.findIndex(({ id }) => id === shown);
  const next = sections[at + step];
  if (next) chosen.value = next.id;
};

export const toggleFull = (): void => {
  // Browsers refuse it outside a gesture, and some phones altogether: then nothing happens.
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  void done.catch(() => undefined);
};

export const toggleDark = (): void => chooseTheme(isDark() ? "light" : "dark");

/** Listens until the returned function is called. What the facilitator shows next takes this screen along again. */
export const watchKeys = (stay: Stay): (() => void) => {
  const acts = new Map<string, () => void>([
    ["arrowleft", () => stepSection(stay, -1)],
    ["arrowright", () => stepSection(stay, 1)],
    ["f", toggleFull],
    ["d", toggleDark],
    ["escape", () => (chosen.value = undefined)],
  ]);
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isSingle(event) && !singleKeys.peek()) return;
    const act = acts.get(event.key.toLowerCase());
    if (!act) return;
    event.preventDefault();
    act();
  };
  let before = stay.stage.peek().section;
  const stop = effect(() => {
    const { section } = stay.stage.value;
    if (section === before) return;
    before = section;
    chosen.value = undefined;
  });
  document.addEventListener("keydown", pressed);
  return () => {
    stop();
    document.removeEventListener("keydown", pressed);
  };
};
