/** What a section of each kind says in an export. */
import { durationText, fieldText, fits } from "../field.ts";
import { bySector, countPeople, isNamed, personText } from "../people.ts";
import { totalMinutes } from "../runsheet.ts";
import type {
  FieldsSection,
  Language,
  Minutes,
  NoticeSection,
  PeopleSection,
  RunsheetSection,
  Section,
} from "../value.ts";
import { isLinkable } from "../address.ts";
import type { ArticleEntry, ArticleNode } from "./article.ts";
import { fact } from "./fact.ts";
import { inline } from "./inline.ts";
import { itemsContent, rankedContent } from "./items.ts";
import type { Place } from "./place.ts";
import { proseContent } from "./prose.ts";
import { WORDS } from "./words.ts";

/** Below its heading, which is of level 2. */
export function sectionContent(section: Section, minutes: Minutes, place: Place): ArticleNode[] {
  const { language } = minutes;
  switch (section.kind) {
    case "prose":
      return proseContent(section.body, language, 3);
    case "fields":
      return fieldsContent(section, language);
    case "people":
      return peopleContent(section, language);
    case "items":
      return itemsContent(section, minutes);
    case "ranking":
      return rankedContent(section, language);
    case "runsheet":
      return runsheetContent(section, language);
    case "notice":
      break;
  }
  return noticeContent(section, language, place);
}

function fieldsContent(section: FieldsSection, language: Language): ArticleNode[] {
  const facts = section.fields
    .filter((field) => field.value.trim() !== "")
    .map((field) => {
      const dated = (field.type === "date" || field.type === "time") && fits(field);
      return fact(field.label, fieldText(field, language), language, dated ? field.value : undefined);
    });
  return facts.length === 0 ? [] : [{ type: "facts", facts }];
}

function peopleContent(section: PeopleSection, language: Language): ArticleNode[] {
  const groups = bySector(section)
    .map(({ sector, people }) => ({ sector, people: people.filter(isNamed) }))
    .filter(({ people }) => people.length > 0);
  if (groups.length === 0) return [];
  if (groups.every(({ sector }) => sector === undefined)) return [bullets(groups.flatMap((group) => group.people))];
  const entries = groups.map(({ sector, people }) => ({
    content: [...line(`${sector ?? WORDS[language].others}${colon(language)}${people.length}`), bullets(people)],
  }));
  return [
    ...line(`${WORDS[language].count}${colon(language)}${countPeople(section)}`),
    { type: "list", marker: "bullet", entries },
  ];

  function line(text: string): ArticleNode[] {
    return [{ type: "paragraph", spans: inline(text, language) }];
  }
  function bullets(people: PeopleSection["people"]): ArticleNode {
    return { type: "list", marker: "bullet", entries: people.map((person) => ({ content: line(personText(person)) })) };
  }
}

function runsheetContent(section: RunsheetSection, language: Language): ArticleNode[] {
  const words = WORDS[language];
  const entries = section.phases
    .filter((phase) => phase.label.trim() !== "" || phase.minutes > 0)
    .map((phase, index): ArticleEntry => {
      const groups = phase.groups === undefined ? "" : `${words.groups(phase.groups)} – `;
      const label = phase.label.trim() === "" ? "" : `${phase.label}${colon(language)}`;
      return {
        value: index + 1,
        content: [
          { type: "paragraph", spans: inline(`${label}${groups}${durationText(phase.minutes, language)}`, language) },
        ],
      };
    });
  if (entries.length === 0) return [];
  const total = `${words.total}${colon(language)}${durationText(totalMinutes(section), language)}`;
  return [
    { type: "list", marker: "number", entries },
    { type: "paragraph", spans: inline(total, language) },
  ];
}

function noticeContent(section: NoticeSection, language: Language, place: Place): ArticleNode[] {
  const nodes: ArticleNode[] = section.text
    .split("\n")
    .map((text) => inline(text, language))
    .filter((spans) => spans.length > 0)
    .map((spans) => ({ type: "paragraph", spans }));
  if (place.address) {
    const marks = isLinkable(place.address) ? { link: place.address } : {};
    nodes.push({ type: "paragraph", spans: [{ text: place.address, marks }] });
  }
  if (place.code) {
    const code = `${WORDS[language].code}${colon(language)}`;
    nodes.push({ type: "paragraph", spans: [...inline(code, language), { text: place.code, marks: { bold: true } }] });
  }
  return nodes;
}

/** Between a label and its value; typesetting makes the French space one that does not break. */
function colon(language: Language): string {
  return language === "fr" ? " : " : ": ";
}
