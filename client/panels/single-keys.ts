/** Whether keys act that are pressed alone: whoever speaks to the computer, or brushes keys, can switch them off on this device. */
import { signal, type ReadonlySignal } from "@preact/signals";

const KEY = "minutier:single-keys";

const kept = (): boolean => {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
};

const current = signal(kept());

/** On unless somebody has switched them off. */
export const singleKeys: ReadonlySignal<boolean> = current;

export const switchSingleKeys = (on: boolean): void => {
  current.value = on;
  try {
    localStorage.setItem(KEY, on ? "on" : "off");
  } catch {
    // it lasts as long as the page
  }
};

/** A letter or a sign without a key beside it; arrows, Escape and their like type nothing. */
export const isSingle = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && !ctrlKey && !metaKey && !altKey;
