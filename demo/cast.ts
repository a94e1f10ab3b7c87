/** Who takes part in the demonstration: twelve parts of a play, not people, and where each of them comes from. */

interface Part {
  name: string;
  organisation: string;
  /** As the template proposes them, from 0. */
  sector: number;
}

export const CAST: readonly Part[] = [
  { name: "La pêcheuse", organisation: "Association de pêche", sector: 0 },
  { name: "Le jardinier", organisation: "Collectif des jardins partagés", sector: 0 },
  { name: "La consommatrice", organisation: "Union de consommateurs", sector: 0 },
  { name: "L’amie de la rivière", organisation: "Amis de la rivière", sector: 0 },
  { name: "Le locataire", organisation: "Syndicat de locataires", sector: 0 },
  { name: "La lycéenne", organisation: "Foyer de jeunes", sector: 0 },
  { name: "La voisine", organisation: "Conseil de quartier", sector: 0 },
  { name: "Le fontainier", organisation: "Commune, service des eaux", sector: 1 },
  { name: "La paysagiste", organisation: "Commune, espaces verts", sector: 1 },
  { name: "L’hydrologue", organisation: "Agence de l’eau", sector: 1 },
  { name: "Le professeur", organisation: "Lycée agricole", sector: 1 },
  { name: "La maraîchère", organisation: "Coopérative maraîchère", sector: 2 },
];

/** Who runs the workshop; on no list of participants. */
export const FACILITATOR = "L’animatrice";
