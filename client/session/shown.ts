/** What the page shows: the minutes read from the document at most once per frame, rarely where that takes long; from the server's answer until then. */
import { batch, effect, signal, type ReadonlySignal } from "@preact/signals";
import type * as Y from "yjs";
import { metaOf } from "../../document/layout.ts";
import { listen } from "../../document/listen.ts";
import { read } from "../../document/read.ts";
import { rememberTexts } from "../../document/text/remembered.ts";
import type { Minutes } from "../../minutes/value.ts";
import type { About } from "./about.ts";
import { perFrame } from "./frame.ts";
import { isTyping } from "./keys-first.ts";

export interface Shown {
  readonly minutes: ReadonlySignal<Minutes>;
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
  const refresh = perFrame(
    () => {
      if (ready.value) look();
    },
    rest,
    () => (isTyping() ? TYPED_MS : 0),
  );
  const stops = [
    listen(doc, "update", refresh),
    effect(() => {
      void [about.names.value, about.state.value];
      refresh();
    }),
  ];
  return {
    minutes,
    ready,
    arrive: () => {
      // The server writes the layout into the first update: without it there is nothing yet.
      if (ready.value || metaOf(doc).get("layout") === undefined) return;
      batch(() => {
        look();
        ready.value = true;
      });
    },
    stop: () => stops.forEach((stop) => stop()),
  };
};
