/** What the page shows: the minutes read from the document at most once per frame, rarely where that takes long; from the server's answer until then. */
import { batch, effect, signal, type ReadonlySignal } from "@preact/signals";
import * as Y from "yjs";
import { metaOf } from "../../document/layout.ts";
import { readingAhead } from "../../document/reading/ahead.ts";
import { listen } from "../../document/listen.ts";
import { read } from "../../document/read.ts";
import { rememberTexts } from "../../document/text/remembered.ts";
import type { Minutes } from "../../minutes/value.ts";
import type { About } from "./about.ts";
import { perFrame } from "./frame.ts";
import { isTyping } from "./keys-first.ts";

export interface Shown {
  readonly minutes: ReadonlySignal<Minutes>;
  /** The minutes as they stand at this moment: `minutes` may be a little behind whoever types. */
  latest: () => Minutes;
  /** The document holds the workshop. */
  readonly ready: ReadonlySignal<boolean>;
  /** Looks whether the document has arrived, from the room or from this device. */
  arrive: () => void;
  stop: () => void;
}

/** Reading takes a ninth of the time at most: texts that are written in draw themselves, this is for what stands around them. */
const REST = 8;
/** For whoever types, what is drawn around a text may be a moment late. */
const TYPED_MS = 250;

/** Before the first reading texts are read one by one, for so long at a time. */
const TURN_MS = 8;

/** Something was done here that does not draw itself, as words do where they are typed. */
const isDeed = ({ local, changed }: Y.Transaction): boolean =>
  local && ![...changed.keys()].every((type) => type instanceof Y.Text);

/** `rest`: see perFrame. */
export const watchMinutes = (
  workshop: string,
  doc: Y.Doc,
  about: About,
  first: Minutes | undefined,
  rest = REST,
): Shown => {
  rememberTexts(doc);
  const ready = signal(false);
  const minutes = signal<Minutes>(
    first ?? { id: workshop, title: "", language: "fr", state: about.state.value, sections: [] },
  );
  const look = (): void => {
    minutes.value = read(doc, { id: workshop, state: about.state.value, names: about.names.value });
  };
  /** What a large document says is read a little at a time: until then what the door answered is shown around its texts. */
  let ahead: Iterator<unknown> | undefined;
  let turn: ReturnType<typeof setTimeout> | undefined;
  const readAhead = (): void => {
    const until = performance.now() + TURN_MS;
    do if (ahead?.next().done) ahead = undefined;
    while (ahead && performance.now() < until);
    if (ahead) turn = setTimeout(readAhead);
    else look();
  };
  const lookIfReady = (): void => {
    if (ready.value && !ahead) look();
  };
  const lookNow = (): void => {
    ahead = undefined;
    clearTimeout(turn);
    lookIfReady();
  };
  const refresh = perFrame(lookIfReady, rest, () => (isTyping() ? TYPED_MS : 0));
  const refreshNow = perFrame(lookNow, rest);
  const stops = [
    listen(doc, "update", (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) =>
      isDeed(transaction) ? refreshNow() : refresh(),
    ),
    effect(() => {
      void [about.names.value, about.state.value];
      refresh();
    }),
  ];
  return {
    minutes,
    latest: () => {
      lookNow();
      return minutes.peek();
    },
    ready,
    arrive: () => {
      // The server writes the layout into the first update: without it there is nothing yet.
      if (ready.value || metaOf(doc).get("layout") === undefined) return;
      if (first) {
        ahead = readingAhead(doc);
        ready.value = true;
        turn = setTimeout(readAhead);
        return;
      }
      batch(() => {
        look();
        ready.value = true;
      });
    },
    stop: () => {
      clearTimeout(turn);
      for (const stop of stops) stop();
    },
  };
};
