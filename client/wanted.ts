/** Which language this browser wants to read, and whether the page it was given is in it. */
import { LANGUAGES, type Language } from "../minutes/value.ts";

const CHOICE = "minutier:language";

const known = (tag: string | null | undefined): Language | undefined =>
  LANGUAGES.find((language) => tag?.toLowerCase().split("-")[0] === language);

/** What `?lang=` asks for, else what was chosen here before, else the browser's first language we know, else French. */
export const detectLanguage = (query: string, stored: string | null, browser: readonly string[]): Language =>
  known(new URLSearchParams(query).get("lang")) ??
  known(stored) ??
  browser.map(known).find((language) => language !== undefined) ??
  "fr";

const kept = (): string | null => {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null; // storage refused by the browser: the choice lasts as long as the page
  }
};

export const keepLanguage = (wanted: Language): void => {
  try {
    localStorage.setItem(CHOICE, wanted);
  } catch {
    // as in kept()
  }
};

/** The language to speak on this page. The links that change it work without a script; with one they are remembered. */
export const wantedLanguage = (): Language => {
  const asked = known(new URLSearchParams(location.search).get("lang"));
  if (asked) keepLanguage(asked);
  return detectLanguage(location.search, kept(), navigator.languages);
};

let spoken: Language | undefined;

/** From now on this page speaks `language`, whatever may be kept. */
export const speakFromNow = (language: Language): void => {
  spoken = language;
};

/** The language this page speaks, or will as soon as its words are here. */
export const languageNow = (): Language => spoken ?? (typeof location === "undefined" ? "fr" : wantedLanguage());

/**
 * Whether the server drew this page in another language than the one chosen here; then it is already being asked for
 * again. The browser's own languages are left to the server, which was told them.
 */
export const isRedrawn = (): boolean => {
  const wanted = wantedLanguage();
  const search = new URLSearchParams(location.search);
  if (kept() === null || wanted === document.documentElement.lang || search.has("lang")) return false;
  search.set("lang", wanted);
  location.replace(`${location.pathname}?${search}${location.hash}`);
  return true;
};
