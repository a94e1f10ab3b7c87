/** The few words the formats add to what was said, per language of the document. Raw: typesetting comes after. */
import type { Noun } from "../noun.ts";
import type { ActionStatus, Language } from "../value.ts";

export interface Words {
  untitled: string;
  count: string;
  others: string;
  owner: string;
  due: string;
  status: string;
  statuses: Record<ActionStatus, string>;
  /** What an item was made from. */
  after: (sources: string) => string;
  /** What took an item up. */
  taken: (places: string) => string;
  /** One item, several items, as `taken` names them. */
  the: Record<Noun, readonly [one: string, several: string]>;
  picks: (count: number, tied: boolean) => string;
  total: string;
  glossary: string;
  groups: (count: number) => string;
  address: string;
  code: string;
  done: string;
  todo: string;
}

export const WORDS: Record<Language, Words> = {
  fr: {
    untitled: "Sans titre",
    count: "Nombre",
    others: "Autres",
    owner: "Responsable",
    due: "Échéance",
    status: "État",
    statuses: { open: "à faire", doing: "en cours", done: "fait", dropped: "abandonné" },
    after: (sources) => `d’après ${sources}`,
    taken: (places) => `repris dans ${places}`,
    the: {
      lead: ["la piste", "les pistes"],
      proposal: ["la proposition", "les propositions"],
      solution: ["la solution", "les solutions"],
      problem: ["le problème", "les problèmes"],
      idea: ["l’idée", "les idées"],
      question: ["la question", "les questions"],
      action: ["l’action", "les actions"],
      point: ["le point", "les points"],
    },
    picks: (count, tied) => `${count} choix${tied ? ", ex æquo" : ""}`,
    total: "Total",
    glossary: "Glossaire",
    groups: (count) => (count === 1 ? "1 groupe" : `${count} groupes`),
    address: "Adresse",
    code: "Code",
    done: "fait",
    todo: "à faire",
  },
  en: {
    untitled: "Untitled",
    count: "Number",
    others: "Others",
    owner: "Owner",
    due: "Due",
    status: "Status",
    statuses: { open: "to do", doing: "in progress", done: "done", dropped: "dropped" },
    after: (sources) => `from ${sources}`,
    taken: (places) => `taken up in ${places}`,
    the: {
      lead: ["lead", "leads"],
      proposal: ["proposal", "proposals"],
      solution: ["solution", "solutions"],
      problem: ["problem", "problems"],
      idea: ["idea", "ideas"],
      question: ["question", "questions"],
      action: ["action", "actions"],
      point: ["point", "points"],
    },
    picks: (count, tied) => `${count === 1 ? "1 pick" : `${count} picks`}${tied ? ", tied" : ""}`,
    total: "Total",
    glossary: "Glossary",
    groups: (count) => (count === 1 ? "1 group" : `${count} groups`),
    address: "Address",
    code: "Code",
    done: "done",
    todo: "to do",
  },
};
