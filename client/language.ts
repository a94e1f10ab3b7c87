/** The language of the interface: which one, and the words in it (the language of minutes is another matter). */
import { FluentBundle, type FluentVariable } from "@fluent/bundle";
import { signal, type ReadonlySignal } from "@preact/signals";
import type french from "../locales/fr.ftl?words";
import { isolated } from "../minutes/direction.ts";
import type { Language } from "../minutes/value.ts";
import { keepLanguage, speakFromNow, wantedLanguage } from "./wanted.ts";

const texts: Record<Language, () => Promise<{ default: typeof french }>> = {
  fr: () => import("../locales/fr.ftl?words"),
  en: () => import("../locales/en.ftl?words"),
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
  const messages = (await texts[wanted]()).default;
  bundle.addResource({ body: messages.map(([id, value]) => ({ id, value, attributes: {} })) });
  spoken.value = { language: wanted, bundle };
  current.value = wanted;
  speakFromNow(wanted);
  document.documentElement.lang = wanted;
};

/** Loads the words of the language this browser wants. Await it before the first render. */
export const loadLanguage = (): Promise<void> => speak(wantedLanguage());

/** Switches the interface and remembers it in this browser. */
export const chooseLanguage = (wanted: Language): Promise<void> => {
  keepLanguage(wanted);
  return speak(wanted);
};

/** The text of `key` in the language of the interface; the key itself where it is missing. Reactive. */
export const t = (key: string, args?: Record<string, FluentVariable>): string => {
  const { bundle } = spoken.value;
  const pattern = bundle.getMessage(key)?.value;
  if (!pattern) return key;
  // Many fonts lack the narrow space that French number formatting puts between thousands.
  return bundle.formatPattern(pattern, args && beside(args)).replaceAll("\u202F", "\u00A0");
};

/** What people wrote, so that a name read from the right does not turn the sentence around it. */
const beside = (args: Record<string, FluentVariable>): Record<string, FluentVariable> =>
  Object.fromEntries(
    Object.entries(args).map(([key, value]) => [key, typeof value === "string" ? isolated(value) : value]),
  );
