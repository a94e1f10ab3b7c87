/** The glossary as the sheet uses it: one for all who ask, made anew only when an entry is another one. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { explained, lexicon, type Lexicon } from "../../minutes/glossary.ts";
import type { Term } from "../../minutes/value.ts";
import type { Session } from "../session/session.ts";

interface Terms {
  all: readonly Term[];
  find: Lexicon;
}

const known = new WeakMap<Session["minutes"], ReadonlySignal<Terms>>();

/** The terms that have a meaning, and where they stand in a text; none where nothing is explained. */
export const termsOf = ({ minutes }: Pick<Session, "minutes">): ReadonlySignal<Terms> => {
  let before: { said: string; terms: Terms } | undefined;
  const terms =
    known.get(minutes) ??
    computed(() => {
      const all = explained(minutes.value);
      const said = JSON.stringify(all);
      if (before?.said !== said) before = { said, terms: { all, find: lexicon(all) } };
      return before.terms;
    });
  known.set(minutes, terms);
  return terms;
};
