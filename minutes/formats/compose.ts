/** The minutes as an article, the one order and the one choice of words that every format shares. */
import type { Minutes } from "../value.ts";
import type { Article } from "./article.ts";
import { withGlossary } from "./glossary.ts";
import { inline } from "./inline.ts";
import type { Place } from "./place.ts";
import { sectionContent } from "./section.ts";
import { WORDS } from "./words.ts";

/** Guidance, blank lines, blank items, empty fields and empty slots stay behind. Total. */
export function compose(minutes: Minutes, place: Place = {}): Article {
  const { language } = minutes;
  const title = minutes.title.trim() === "" ? WORDS[language].untitled : minutes.title;
  const sections = minutes.sections.map((section) => ({
    id: section.id,
    heading: inline(section.heading, language),
    content: sectionContent(section, minutes, place),
  }));
  return {
    language,
    subtitle: inline(minutes.subtitle ?? "", language),
    title: inline(title, language),
    sections: withGlossary(sections, minutes),
  };
}
