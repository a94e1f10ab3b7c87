/** One of each page, around whatever text a test wants to stand in it. */
import { doorPage } from "../../server/pages/door.ts";
import { homePage } from "../../server/pages/home.ts";
import { joinPage } from "../../server/pages/join.ts";
import { keptPage } from "../../server/pages/kept.ts";
import { readingPage } from "../../server/pages/reading.ts";
import { refusalPage } from "../../server/pages/refusal.ts";
import type { Setting } from "../../server/pages/shell.ts";
import { templatePage } from "../../server/pages/template.ts";
import { workshopPage } from "../../server/pages/workshop.ts";
import type { Language, Minutes, Section } from "../../minutes/value.ts";

const script = (name: string) => ({
  file: `/assets/${name}-1.js`,
  imports: ["/assets/language-1.js"],
  first: [],
  later: [],
  last: [],
});

export const setting = (language: Language): Setting => ({
  language,
  assets: {
    style: "/assets/style-1.css",
    icon: "/assets/icon-1.svg",
    icons: {
      "192": "/assets/icon-192-1.png",
      "512": "/assets/icon-512-1.png",
      maskable: "/assets/icon-maskable-1.png",
      touch: "/assets/icon-touch-1.png",
    },
    scripts: {
      home: script("home"),
      opening: script("opening"),
      reading: script("reading"),
      projector: script("projector"),
    },
    words: { fr: "/assets/fr-1.js", en: "/assets/en-1.js" },
    moreWords: { fr: "/assets/fr-2.js", en: "/assets/en-2.js" },
  },
});

const sections = (text: string): Section[] => [
  {
    id: "issue",
    kind: "prose",
    heading: text,
    body: [{ kind: "paragraph", spans: [{ text, marks: { bold: true } }] }],
  },
  {
    id: "facts",
    kind: "fields",
    heading: "Faits",
    fields: [
      { id: "place", label: text, type: "place", value: text },
      { id: "site", label: "Site", type: "address", value: text },
    ],
  },
  {
    id: "people",
    kind: "people",
    heading: "Participants",
    sectors: [text],
    people: [{ id: "a", name: text, organisation: text, sector: text, role: text }],
  },
  {
    id: "actions",
    kind: "items",
    heading: "Pistes d'actions",
    marker: "number",
    actions: true,
    grouped: true,
    groups: [{ id: "g", letter: "A", text, body: [{ kind: "paragraph", spans: [{ text }] }] }],
    items: [
      {
        id: "i",
        number: 1,
        text,
        body: [{ kind: "bullet", spans: [{ text, marks: { link: "https://example.org/" } }] }],
        author: text,
        group: "g",
        owner: text,
      },
    ],
  },
  { id: "phases", kind: "runsheet", heading: "Déroulé", phases: [{ id: "p", label: text, minutes: 45, groups: 2 }] },
  { id: "end", kind: "notice", heading: "", text },
];

export const minutesWith = (text: string, language: Language = "fr"): Minutes => ({
  id: "w1",
  title: text,
  subtitle: text,
  language,
  state: "open",
  sections: sections(text),
});

/** Every page by its name, with `text` wherever a visitor's text can stand. */
export const pagesWith = (text: string, language: Language = "fr"): Record<string, string> => {
  const base = setting(language);
  const offer = { id: text, title: text, description: text, language };
  return {
    home: homePage({
      ...base,
      templates: [
        { ...offer, kept: false },
        { ...offer, kept: true },
      ],
      passphrase: true,
    }),
    join: joinPage({ ...base, code: text }),
    refused: joinPage({ ...base, code: text, mistake: text }),
    door: doorPage({ ...base, minutes: { ...minutesWith(text), mandate: text } }),
    kept: keptPage({ ...base, origin: "https://minutes.example.org", contact: text }),
    reading: readingPage({
      ...base,
      minutes: minutesWith(text),
      place: { address: "https://minutes.example.org/r/s" },
      secret: text,
      started: new Date("2017-02-28T09:00:00Z"),
      changed: new Date("2017-03-15T16:30:00Z"),
    }),
    template: templatePage({ ...base, name: text, description: text, example: minutesWith(text) }),
    refusal: refusalPage({ ...base, sentence: text, id: text }),
    workshop: workshopPage(base),
  };
};
