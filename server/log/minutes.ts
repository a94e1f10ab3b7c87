/** The minutes as the log has them: readers read the log, never the room. */
import { Refusal } from "../../document/refusal.ts";
import type { Minutes } from "../../minutes/value.ts";
import { documentRow, entriesAfter, newestEntryAt } from "../store/entries.ts";
import type { Store } from "../store/store.ts";
import { visitorsOf } from "../store/visitors.ts";
import { workshopRow } from "../store/workshops.ts";
import type { Ask, Rendered, Rendering, Told } from "./desk.ts";
import type { Readers } from "./readers.ts";
import { load, updatesOf } from "./rebuild.ts";

/** How many documents are remembered as being on a desk, and how far. */
const REMEMBERED = 1000;

interface MinutesReader {
  /** The minutes themselves. Throws as `load` does, and Refusal `busy`. */
  minutes: (document: string) => Promise<Minutes>;
  /** What a rendering makes of them. Throws as `minutes` does. */
  rendered: (document: string, rendering: Rendering) => Promise<Rendered>;
  /** Remembers nothing of it any more. */
  forget: (document: string) => void;
}

export const minutesReader = (store: Store, readers: Readers): MinutesReader => {
  /** What each desk should hold: only a guess, which spares asking it first. */
  const guesses = new Map<string, { epoch: number; head: number }>();

  const remember = (document: string, guess: { epoch: number; head: number }): void => {
    guesses.delete(document);
    guesses.set(document, guess);
    const [oldest] = guesses.keys();
    if (guesses.size > REMEMBERED && oldest !== undefined) guesses.delete(oldest);
  };

  /** From the first entry on, or from the last snapshot. */
  const askWithAll = async (ask: Ask): Promise<Told> => {
    const { head, epoch, ...loaded } = await load(store, ask.document);
    remember(ask.document, { epoch, head });
    return readers.answer({ ...ask, head, epoch, news: { after: 0, loaded } });
  };

  const ask = async (document: string, rendering: Rendering | undefined): Promise<Told> => {
    const guess = guesses.get(document);
    const [[row], [workshop], visitors, [changed], newer] = await store.read(
      documentRow(document),
      workshopRow(document),
      visitorsOf(document),
      newestEntryAt(document),
      entriesAfter(document, guess?.head ?? Number.MAX_SAFE_INTEGER),
    );
    if (!row || !workshop) throw new Refusal("unknown-workshop");
    const { epoch, head } = row;
    const names = new Map(visitors.map(({ id, name }) => [id, name]));
    const { state } = workshop;
    // Without an entry it is refused when it is read.
    const question: Ask = {
      document,
      epoch,
      head,
      changed: changed ?? 0,
      state,
      names,
      ...(rendering ? { rendering } : {}),
    };
    if (guess?.epoch !== epoch || guess.head > head) return askWithAll(question);
    const news = { after: guess.head, loaded: { updates: updatesOf(newer, guess.head + 1, head) } };
    const told = await readers.answer(guess.head === head ? question : { ...question, news });
    if ("needsAfter" in told) return askWithAll(question);
    remember(document, { epoch, head });
    return told;
  };

  // Those who ask for the same at once share one reading, which began after each of them asked.
  const running = new Map<string, Promise<Told>>();
  const next = new Map<string, Promise<Told>>();
  const shared = async (document: string, rendering?: Rendering): Promise<Told> => {
    const key = JSON.stringify([document, rendering]);
    const begin = (): Promise<Told> => {
      const reading = ask(document, rendering).finally(() => running.delete(key));
      running.set(key, reading);
      return reading;
    };
    const underWay = running.get(key);
    if (!underWay) return begin();
    const waiting =
      next.get(key) ??
      underWay
        .catch(() => undefined)
        .then(() => {
          next.delete(key);
          return begin();
        });
    next.set(key, waiting);
    return waiting;
  };

  return {
    minutes: async (document) => {
      const told = await shared(document);
      if ("minutes" in told) return told.minutes;
      throw new Refusal("unavailable", "the minutes were not told");
    },
    rendered: async (document, rendering) => {
      const told = await shared(document, rendering);
      if ("rendered" in told) return told;
      throw new Refusal("unavailable", "the minutes were not rendered");
    },
    forget(document) {
      guesses.delete(document);
      readers.forget(document);
    },
  };
};
