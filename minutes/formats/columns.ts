/** What stands above the columns of a table; apart from the words that every page needs, because it is only ever in files. */
import type { Language } from "../value.ts";

type Column =
  | "section"
  | "number"
  | "group"
  | "text"
  | "picks"
  | "rank"
  | "provenance"
  | "destination"
  | "merged"
  | "author"
  | "dictatedBy"
  | "at"
  | "workshop";

/** Besides owner, due and status, which are called as they are in every format. */
export type Columns = Readonly<Record<Column, string>>;

export const COLUMNS: Readonly<Record<Language, Columns>> = {
  fr: {
    section: "Section",
    number: "Numéro",
    group: "Groupe",
    text: "Texte",
    picks: "Choix",
    rank: "Rang",
    provenance: "Provenance",
    destination: "Destination",
    merged: "Aussi n°",
    author: "Auteur",
    dictatedBy: "Dicté par",
    at: "Noté le (UTC)",
    workshop: "Atelier",
  },
  en: {
    section: "Section",
    number: "Number",
    group: "Group",
    text: "Text",
    picks: "Picks",
    rank: "Rank",
    provenance: "Provenance",
    destination: "Destination",
    merged: "Also no.",
    author: "Author",
    dictatedBy: "Dictated by",
    at: "Written (UTC)",
    workshop: "Workshop",
  },
};
