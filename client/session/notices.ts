/** What the page tells people: the polite live region, short messages with a way back, what just happened. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { News, Notice } from "./session.ts";

/** How long a message stays: long enough to read it twice and to reach its button by keyboard. */
const SHOWN = 12_000;
/** Whoever points at a message, or has the focus in it, is given as much time once more. */
const isAttended = (): boolean =>
  typeof document !== "undefined" && document.querySelector(".notices:is(:hover, :focus-within)") !== null;
/** Several things said within this time are read as one. */
const BREATH = 1_000;
/** Of what is said together, beside what is weighty. */
const MOST_SAID = 3;
const MOST_NEWS = 20;
const MOST_NOTICES = 3;

export interface Notices {
  /** The text of the live region. */
  readonly spoken: ReadonlySignal<string>;
  readonly notices: ReadonlySignal<readonly Notice[]>;
  readonly news: ReadonlySignal<readonly News[]>;
  /** Says it to those who listen; what is `weighty` comes first and is never left out. */
  announce: (text: string, weighty?: boolean) => void;
  notify: (text: string, undo?: () => void) => void;
  dismiss: (notice: number) => void;
  /** Puts something on top of the news, replacing what the same person was last said to be doing under `about`. */
  tell: (news: Omit<News, "id">, about?: string) => void;
}

export const createNotices = (): Notices => {
  const spoken = signal("");
  const notices = signal<readonly Notice[]>([]);
  const news = signal<readonly (News & { about?: string | undefined })[]>([]);
  let last = 0;
  let said: { text: string; weighty: boolean }[] = [];

  const announce = (text: string, weighty = false): void => {
    if (said.push({ text, weighty }) > 1) return;
    setTimeout(() => {
      const first = said.filter((each) => each.weighty).map((each) => each.text);
      const rest = said.filter((each) => !each.weighty).map((each) => each.text);
      const words = [...new Set([...first, ...[...new Set(rest)].slice(-MOST_SAID)])].join(" ");
      said = [];
      // A region that is told the same words twice says nothing the second time.
      spoken.value = spoken.value === words ? `${words}\u00A0` : words;
    }, BREATH);
  };
  const dismissLater = (notice: number): unknown =>
    setTimeout(() => (isAttended() ? dismissLater(notice) : dismiss(notice)), SHOWN);
  const dismiss = (notice: number): void => {
    notices.value = notices.value.filter((each) => each.id !== notice);
  };

  return {
    spoken,
    notices,
    news,
    announce,
    dismiss,
    notify(text, undo) {
      const id = (last += 1);
      notices.value = [...notices.value, { id, text, ...(undo ? { undo } : {}) }].slice(-MOST_NOTICES);
      announce(text);
      dismissLater(id);
    },
    tell(told, about) {
      const others = about === undefined ? news.value : news.value.filter((each) => each.about !== about);
      news.value = [{ ...told, id: (last += 1), about }, ...others].slice(0, MOST_NEWS);
    },
  };
};
