/** A template with every kind of section and every option, and the templates that ship with the program. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseTemplateFile } from "../../minutes/template-file.ts";
import type { Template } from "../../minutes/template.ts";
import { LANGUAGES } from "../../minutes/value.ts";

export function sampleTemplate(): Template {
  return {
    id: "sample",
    language: "fr",
    name: "Essai",
    description: "",
    subtitle: "Compte-rendu de l’atelier",
    title: "Comment faire ?",
    sections: [
      { id: "prose", kind: "prose", heading: "Éléments principaux", guidance: "Des puces suffisent." },
      {
        id: "fields",
        kind: "fields",
        heading: "Format",
        fields: [
          { id: "date", label: "Date", type: "date" },
          { id: "mode", label: "Mode", type: "choice", choices: ["sur place", "à distance"] },
        ],
      },
      { id: "people", kind: "people", heading: "Participants", sectors: ["Société Civile", "Secteur Privé"] },
      {
        id: "items",
        kind: "items",
        heading: "Propositions",
        marker: "number",
        actions: true,
        grouped: true,
        groups: ["Former", "Ouvrir"],
      },
      { id: "ranking", kind: "ranking", heading: "Les trois", source: "items", size: 3 },
      {
        id: "runsheet",
        kind: "runsheet",
        heading: "Déroulé",
        phases: [
          { label: "Accueil", minutes: 15 },
          { label: "Groupes", minutes: 45, groups: 2 },
        ],
      },
      { id: "notice", kind: "notice", heading: "", text: "Cet espace reste à votre disposition." },
    ],
    glossary: [
      { term: "CC-PDA", meaning: "communauté de communes du Pays d’Aval" },
      { term: "PAT", meaning: "projet alimentaire territorial" },
    ],
  };
}

/** Every template file, in every language. */
export function shippedTemplates(): Template[] {
  const folder = join(import.meta.dirname, "../../templates");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) =>
      LANGUAGES.map((language) => parseTemplateFile(readFileSync(join(folder, name), "utf8"), language)),
    );
}
