/** Light, dark or as the system says: kept in this browser, written on the root element where the tokens look for it. */
import { signal } from "@preact/signals";

const KEY = "minutier:theme";
const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const current = signal<Theme>("system");

const draw = (wanted: Theme): void => {
  current.value = wanted;
  if (wanted === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = wanted;
};

/** Draws the page in the theme kept here. Call before the first render. */
export const loadTheme = (): void => {
  try {
    draw(THEMES.find((each) => each === localStorage.getItem(KEY)) ?? "system");
  } catch {
    draw("system");
  }
};

export const chooseTheme = (wanted: Theme): void => {
  draw(wanted);
  try {
    localStorage.setItem(KEY, wanted);
  } catch {
    // it lasts as long as the page
  }
};

/** Whether the page is dark now, by choice or by the system. */
export const isDark = (): boolean =>
  current.value === "dark" || (current.value === "system" && matchMedia("(prefers-color-scheme: dark)").matches);

/** The theme after the present one, for a button that goes round. */
export const nextTheme = (): Theme => THEMES[(THEMES.indexOf(current.value) + 1) % THEMES.length] ?? "system";
