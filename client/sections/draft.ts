/** What is half typed in a line that adds something: it outlives whatever takes that line off the page, and the page itself. */
import { useRef } from "preact/hooks";
import type { Session } from "../session/session.ts";

interface Draft {
  readonly text: string;
  keep: (text: string) => void;
}

/** Kept as long as the tab: it is nobody's but theirs who type it until they add it. A browser without storage keeps it as long as the line. */
const draftOf = (key: string): Draft => {
  let kept = "";
  try {
    kept = sessionStorage.getItem(key) ?? "";
  } catch {
    // as above
  }
  return {
    get text() {
      return kept;
    },
    keep(text) {
      kept = text;
      try {
        if (text === "") sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, text);
      } catch {
        // as above
      }
    },
  };
};

/** The draft of one box of a section; `box` tells it from others of the same section. */
export const useDraft = ({ id }: Pick<Session, "id">, section: string, box: string): Draft => {
  const draft = useRef<Draft>(undefined);
  draft.current ??= draftOf(`minutier:draft:${id}:${section}:${box}`);
  return draft.current;
};

/** What a box that has a draft is drawn with. */
export const drafted = (draft: Draft) => ({
  defaultValue: draft.text,
  onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }): void =>
    draft.keep(event.currentTarget.value),
});
