/** The language of the interface: which one, and the words in it (the language of minutes is another matter). */
import { FluentBundle, type FluentVariable } from "@fluent/bundle";
import { signal, type ReadonlySignal } from "@preact/signals";
import type french from "../locales/fr.ftl?words";
import { isolated } from "../minutes/direction.ts";
import type { Language } from "../minutes/value.ts";
import { keepLanguage, speakFromNow, wantedLanguage } from "./wanted.ts";

type Part = () => Promise<{ default: typeof french }>;

/** What is needed at first, what comes with the stay in a workshop, and what with all that opens over it. */
const texts: Record<Language, readonly [words: Part, more: Part, panels: Part]> = {
  fr: [
    () => import("../locales/fr.ftl?words"),
    () => import("../locales/fr.ftl?more"),
    () => import("../locales/fr.ftl?panels"),
  ],
  en: [
    () => import("../locales/en.ftl?words"),
    () => import("../locales/en.ftl?more"),
    () => import("../locales/en.ftl?panels"),
  ],
};

interface Spoken {
  language: Language;
  bundle: FluentBundle;
}

const spoken = signal<Spoken>({ language: "fr", bundle: new FluentBundle("fr") });
const current = signal<Language>("fr");

/** The language of the interface; set through `chooseLanguage`. */
export const language: ReadonlySignal<Language> = current;

/** How many parts of the words this page speaks with. */
let parts = 1;

const learn = async (bundle: FluentBundle, part: Part): Promise<void> => {
  const messages = (await part()).default;
  bundle.addResource({ body: messages.map(([id, value]) => ({ id, value, attributes: {} })) });
};

const speak = async (wanted: Language): Promise<void> => {
  // Isolating marks would travel with every copied word and confuse searching in the page.
  const bundle = new FluentBundle(wanted, { useIsolating: false });
  // One more may be wanted while these are on their way.
  for (let known = 0; known < parts;) {
    const wantedNow = texts[wanted].slice(known, parts);
    await Promise.all(wantedNow.map((part) => learn(bundle, part)));
    known += wantedNow.length;
  }
  spoken.value = { language: wanted, bundle };
  current.value = wanted;
  speakFromNow(wanted);
  document.documentElement.lang = wanted;
};

/** Loads the words of the language this browser wants. Await it before the first render. */
export const loadLanguage = (): Promise<void> => speak(wantedLanguage());

/** Loads one more part; nothing of what stands there is drawn anew for it. */
const loadPart = async (part: 1 | 2): Promise<void> => {
  const { language: wanted, bundle } = spoken.peek();
  await learn(bundle, texts[wanted][part]);
  parts = part + 1;
  // Another language was chosen meanwhile, without this part.
  if (spoken.peek().bundle !== bundle) await loadPart(part);
};

/** Loads the words that only a stay in a workshop needs, besides. */
export const loadMoreWords = (): Promise<void> => loadPart(1);

/** Loads those of what opens over a workshop, besides. */
export const loadPanelWords = (): Promise<void> => loadPart(2);

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
