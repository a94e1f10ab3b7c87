/** What is half typed in a line that adds something: it outlives whatever takes that line off the page, the page itself, and its tab. */
import { useRef } from "preact/hooks";
import type { Session } from "../session/session.ts";

interface Draft {
  readonly text: string;
  keep: (text: string) => void;
}

const PREFIX = "minutier:draft:";

/** The drafts of this page. */
const here = new Set<string>();

/** A browser without storage keeps a draft as long as its line. */
const tried = (act: () => void): void => {
  try {
    act();
  } catch {
    // as above
  }
};

const move = (key: string, from: Storage, to: Storage): void => {
  const text = from.getItem(key);
  if (text === null) return;
  from.removeItem(key);
  to.setItem(key, text);
};

/** Takes what a tab left behind, unless this one has something of its own in hand. */
const take = (key: string): void => {
  if (sessionStorage.getItem(key) === null) move(key, localStorage, sessionStorage);
};

/*
 * A tab keeps its drafts to itself, so that no two have the same one in hand; when it is left it leaves them to this
 * device, and whichever opens the workshop next takes them: most often the same one, loaded anew.
 */
addEventListener("pagehide", () => {
  for (const key of here) tried(() => move(key, sessionStorage, localStorage));
});
addEventListener("pageshow", () => {
  for (const key of here) tried(() => take(key));
});

const draftOf = (key: string): Draft => {
  let kept = "";
  here.add(key);
  tried(() => {
    take(key);
    kept = sessionStorage.getItem(key) ?? "";
  });
  return {
    get text() {
      return kept;
    },
    keep(text) {
      kept = text;
      tried(() => {
        if (text === "") sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, text);
      });
    },
  };
};

/** The draft of one box of a section, or of another part of the page; `box` tells it from others of the same. */
export const useDraft = ({ id }: Pick<Session, "id">, part: string, box: string): Draft => {
  const draft = useRef<Draft>(undefined);
  draft.current ??= draftOf(`${PREFIX}${id}:${part}:${box}`);
  return draft.current;
};

/** What a box that has a draft is drawn with. */
export const drafted = (draft: Draft) => ({
  defaultValue: draft.text,
  onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }): void =>
    draft.keep(event.currentTarget.value),
});
