/** The language of the interface: which one, and the words in it (the language of minutes is another matter). */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { signal, type ReadonlySignal } from "@preact/signals";
import { LANGUAGES, type Language } from "../minutes/value.ts";

const CHOICE = "minutier:language";

const texts: Record<Language, () => Promise<{ default: string }>> = {
  fr: () => import("../locales/fr.ftl?raw"),
  en: () => import("../locales/en.ftl?raw"),
};

const known = (tag: string | null | undefined): Language | undefined =>
  LANGUAGES.find((language) => tag?.toLowerCase().split("-")[0] === language);

/** What `?lang=` asks for, else what was chosen here before, else the browser's first language we know, else French. */
export const detectLanguage = (query: string, stored: string | null, browser: readonly string[]): Language =>
  known(new URLSearchParams(query).get("lang")) ??
  known(stored) ??
  browser.map(known).find((language) => language !== undefined) ??
  "fr";

const chosen = (): string | null => {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null; // storage refused by the browser: the choice lasts as long as the page
  }
};

interface Spoken {
  language: Language;
  bundle: FluentBundle;
}

const spoken = signal<Spoken>({ language: "fr", bundle: new FluentBundle("fr") });
const current = signal<Language>("fr");

/** The language of the interface; set through `chooseLanguage`. */
export const language: ReadonlySignal<Language> = current;

const speak = async (wanted: Language): Promise<void> => {
  // Isolating marks would travel with every copied word and confuse searching in the page.
  const bundle = new FluentBundle(wanted, { useIsolating: false });
  bundle.addResource(new FluentResource((await texts[wanted]()).default));
  spoken.value = { language: wanted, bundle };
  current.value = wanted;
  document.documentElement.lang = wanted;
};

const choose = (wanted: Language): void => {
  try {
    localStorage.setItem(CHOICE, wanted);
  } catch {
    // as in chosen()
  }
};

/** Loads the words of the detected language. Await it before the first render. */
export const loadLanguage = (): Promise<void> => {
  const asked = known(new URLSearchParams(location.search).get("lang"));
  // The links that change the language of a page drawn by the server work without a script; here they are kept.
  if (asked) choose(asked);
  return speak(detectLanguage(location.search, chosen(), navigator.languages));
};

/** Switches the interface and remembers it in this browser. */
export const chooseLanguage = (wanted: Language): Promise<void> => {
  choose(wanted);
  return speak(wanted);
};

/** The text of `key` in the language of the interface; the key itself where it is missing. Reactive. */
export const t = (key: string, args?: Record<string, FluentVariable>): string => {
  const { bundle } = spoken.value;
  const pattern = bundle.getMessage(key)?.value;
  if (!pattern) return key;
  // Many fonts lack the narrow space that French number formatting puts between thousands.
  return bundle.formatPattern(pattern, args).replaceAll("\u202F", "\u00A0");
};
