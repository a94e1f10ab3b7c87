/** The few words the formats add to what was said, per language of the document. Raw: typesetting comes after. */
import type { ActionStatus, Language } from "../value.ts";

export interface Words {
  untitled: string;
  count: string;
  others: string;
  owner: string;
  due: string;
  status: string;
  statuses: Record<ActionStatus, string>;
  condenses: string;
  total: string;
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
    condenses: "Reprend",
    total: "Total",
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
    condenses: "Brings together",
    total: "Total",
    groups: (count) => (count === 1 ? "1 group" : `${count} groups`),
    address: "Address",
    code: "Code",
    done: "done",
    todo: "to do",
  },
};
