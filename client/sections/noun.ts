/** What one calls an item of a section, in the language of the interface. */
import { nounOf as nounIn } from "../../minutes/noun.ts";
import type { ItemsSection } from "../../minutes/value.ts";
import { t } from "../language.ts";

/** `one`: "une piste", `many`: "pistes", `the`: "la piste". */
export const nounOf = (section: Pick<ItemsSection, "heading" | "actions">, form: "one" | "many" | "the"): string =>
  t(`noun-${nounIn(section)}`, { form });
