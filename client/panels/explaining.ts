/** The way to the glossary from wherever an acronym is met. */
import { signal } from "@preact/signals";
import { panel } from "./panel.ts";

/** The word that somebody wants explained; the glossary opens with it. */
export const wantedTerm = signal("");

/** Opens the glossary, ready to say what `word` means. */
export const explain = (word = ""): void => {
  wantedTerm.value = word;
  panel.value = "glossary";
};
