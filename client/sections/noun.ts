/** What one calls an item of a section: a proposal, a solution, a lead; the heading says it in either language. */
import type { ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";

/** Looked for at the start of a heading: "Pistes d'actions", "Ideas for action". */
const NOUNS: readonly (readonly [noun: string, heading: RegExp])[] = [
  ["lead", /^(pistes?\b|ideas? for\b)/iu],
  ["proposal", /^propos(itions?|als?)\b/iu],
  ["solution", /^solutions?\b/iu],
  ["problem", /^(problèmes?|problems?)(?!\p{L})/iu],
  ["idea", /^(idées?|ideas?)(?!\p{L})/iu],
  ["question", /^questions?\b/iu],
];

type Named = Pick<ItemsSection, "heading" | "actions">;

/** `one`: "une piste", `many`: "pistes", `the`: "la piste", for the language of the interface. */
export const nounOf = ({ heading, actions }: Named, form: "one" | "many" | "the"): string => {
  const [noun] = NOUNS.find(([, said]) => said.test(heading.trim())) ?? [actions ? "action" : "point"];
  return t(`noun-${noun}`, { form });
};
