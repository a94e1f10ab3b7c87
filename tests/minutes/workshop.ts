/** One workshop with something of everything, for the formats. */
import { plainText } from "../../minutes/plain.ts";
import { proseFromLines } from "../../minutes/prose-lines.ts";
import type { Item, Minutes } from "../../minutes/value.ts";

const item = (id: string, number: number, lines: string, more: Partial<Item> = {}): Item => {
  const body = proseFromLines(lines);
  return { id, number, text: plainText(body), body, ...more };
};
const ranked = (id: string, number: number, lines: string) => ({ ...item(id, number, lines) });

export const MINUTES: Minutes = {
  id: "m",
  title: "Comment inclure de nouveaux publics ?",
  subtitle: "Compte-rendu de l'atelier",
  language: "fr",
  state: "open",
  sections: [
    {
      id: "format",
      kind: "fields",
      heading: "Format",
      fields: [
        { id: "date", label: "Date", type: "date", value: "2017-02-28" },
        { id: "lieu", label: "Lieu", type: "place", value: "" },
        { id: "nombre", label: "Combien ?", type: "number", value: ">40" },
        { id: "lien", label: "Lien", type: "address", value: "https://exemple.org/a_b_c" },
      ],
    },
    {
      id: "gens",
      kind: "people",
      heading: "Participants",
      sectors: ["Société Civile", "Secteur Privé"],
      people: [
        { id: "p1", name: "Nadia", organisation: "Médiathèque", sector: "Société Civile", role: "animatrice" },
        { id: "p2", name: "" },
        { id: "p3", name: "Brice" },
      ],
    },
    {
      id: "discussion",
      kind: "prose",
      heading: "Éléments principaux de la discussion",
      guidance: "Une idée par ligne.",
      body: [
        ...proseFromLines(
          "1. Utiliser l'existant\n  - et l'améliorer\n\n1. L’œuvre « commune »\n- [x] Réserver\n### Suite",
        ),
        {
          kind: "paragraph",
          spans: [
            { text: "Voir " },
            { text: "ici", marks: { link: "https://exemple.org/", bold: true } },
            { text: " : *non*, <b>, 1. # " },
            { text: "x`y", marks: { code: true } },
          ],
        },
        { kind: "paragraph", spans: [{ text: "1. n'est pas une liste" }] },
        { kind: "paragraph", spans: [{ text: "  " }] },
        { kind: "quote", spans: [{ text: "Dit" }] },
      ],
    },
    {
      id: "pistes",
      kind: "items",
      heading: "Pistes d'actions",
      marker: "number",
      actions: true,
      grouped: true,
      groups: [{ id: "g", letter: "A", text: "Mise en œuvre", body: proseFromLines("Mise en œuvre") }],
      items: [
        item("i3", 3, "Trois", { author: "Céline", at: "2017-02-28T10:42:00Z", from: ["i1", "i4"] }),
        item("i4", 4, "Quatre"),
        item("i1", 1, "Un\n- détail", { group: "g", owner: "Nadia", due: "2017-03-15", status: "doing" }),
        item("i2", 2, "", { group: "g" }),
      ],
    },
    {
      id: "choix",
      kind: "ranking",
      heading: "Choisissez les trois points les plus importants pour votre groupe :",
      source: "pistes",
      size: 3,
      ranked: [ranked("i4", 4, "Quatre"), ranked("i1", 1, "Un")],
      overflow: [ranked("i3", 3, "Dessous")],
    },
    {
      id: "deroule",
      kind: "runsheet",
      heading: "Déroulé",
      phases: [{ id: "p", label: "Idées", minutes: 45, groups: 2 }],
    },
    { id: "vide", kind: "prose", heading: "Points de blocage", body: [] },
    { id: "suite", kind: "notice", heading: "", text: "Cet espace reste à votre disposition :" },
  ],
};

export const PLACE = { address: "https://minutier.example/w/abc#s_1", code: "KTF4M2" };
