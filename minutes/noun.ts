/** What one calls an item of a section: a proposal, a solution, a lead; the heading says it in either language. */
import type { ItemsSection } from "./value.ts";

export type Noun = "lead" | "proposal" | "solution" | "problem" | "idea" | "question" | "action" | "point";

/** Looked for at the start of a heading: "Pistes d'actions", "Ideas for action". What condenses others is a proposal. */
const NOUNS: readonly (readonly [noun: Noun, heading: RegExp])[] = [
  ["lead", /^(pistes?\b|ideas? for\b)/iu],
  ["proposal", /^(propos(itions?|als?)|synth[eè]ses?|synthes[ie]s)(?!\p{L})/iu],
  ["solution", /^solutions?\b/iu],
  ["problem", /^(problèmes?|problems?)(?!\p{L})/iu],
  ["idea", /^(idées?|ideas?)(?!\p{L})/iu],
  ["question", /^questions?\b/iu],
];

/** Total: a point where the heading says nothing, an action where items carry owners. */
export function nounOf({ heading, actions }: Pick<ItemsSection, "heading" | "actions">): Noun {
  const found = NOUNS.find(([, said]) => said.test(heading.trim()));
  return found?.[0] ?? (actions ? "action" : "point");
}
