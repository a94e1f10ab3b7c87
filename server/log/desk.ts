/** Where documents are folded and read: a few are kept ready, and take in only what came since. */
import type * as Y from "yjs";
import "../../document/text/internals.ts";
import { read } from "../../document/read.ts";
import type { Minutes, State } from "../../minutes/value.ts";
import { apply, rebuild, type Loaded } from "./rebuild.ts";

/** What a rendering is made of. */
export interface Made {
  minutes: Minutes;
  /** What they were read from: nobody may change it. */
  doc: Y.Doc;
  /** When the last of it was written: never later than what the minutes hold. */
  changed: Date;
}

/** What is made of the minutes: a function of `options` with `Made` among them, by its name in the default export of a module. */
export interface Rendering {
  module: string;
  name: string;
  options: object;
  /** Somebody waits at the door for it: before whoever wants a file. */
  soon?: true;
}

export interface Ask {
  document: string;
  epoch: number;
  head: number;
  /** When that entry was written. */
  changed: number;
  /** What else the minutes depend on. */
  state: State;
  names: ReadonlyMap<string, string>;
  /** Absent: the minutes themselves. */
  rendering?: Rendering;
  /** What came after entry `after`; the whole log, folded as far as it is, where that is 0. */
  news?: { after: number; loaded: Pick<Loaded, "state" | "updates"> };
}

/** What a rendering gave, of the document as it stood after entry `head`. */
export interface Rendered {
  rendered: Uint8Array;
  head: number;
  epoch: number;
}

export type Told =
  | { minutes: Minutes }
  | Rendered
  /** The document is here as far as this entry; 0: not at all. */
  | { needsAfter: number };

interface Ready {
  doc: Y.Doc;
  epoch: number;
  head: number;
  /** What went into it: more than its size, and never less. */
  bytes: number;
  read?: { around: string; minutes: Minutes };
}

export const sizeOf = ({ state, updates }: Pick<Loaded, "state" | "updates">): number =>
  updates.reduce((sum, { length }) => sum + length, state?.length ?? 0);

export class Desk {
  /** Those asked for longest ago first. */
  readonly #ready = new Map<string, Ready>();
  readonly #room: number;
  #taken = 0;

  /** `room`: how many bytes of updates may be kept folded; each takes some fifty bytes of memory at worst. */
  constructor(room: number) {
    this.#room = room;
  }

  /** Throws Refusal `unavailable` where the log holds what is no update, and what a rendering throws. */
  async answer(ask: Ask): Promise<Told> {
    const ready = this.#folded(ask);
    if (typeof ready === "number") return { needsAfter: ready };
    const { rendering, changed } = ask;
    const minutes = (): Minutes => this.#minutes(ready, ask);
    if (!rendering) return { minutes: minutes() };
    const { doc, head, epoch } = ready;
    const made: Made = {
      // Not every rendering looks at them, and reading large ones takes long.
      get minutes() {
        return minutes();
      },
      doc,
      changed: new Date(changed),
    };
    return { rendered: await renderedBy(made, rendering), head, epoch };
  }

  /** How many bytes of updates a document takes up here. */
  sizeOf(document: string): number {
    return this.#ready.get(document)?.bytes ?? 0;
  }

  /** Lets go of a document. */
  forget(document: string): void {
    const ready = this.#ready.get(document);
    if (!ready) return;
    this.#ready.delete(document);
    this.#taken -= ready.bytes;
    ready.doc.destroy();
  }

  /** The document at the head that is asked for or, where somebody else has asked since, a later one; or as far as which it is here. */
  #folded({ document, epoch, head, news }: Ask): Ready | number {
    const before = this.#ready.get(document);
    const known = before?.epoch === epoch ? before : undefined;
    if (known && known.head >= head) return this.#keep(document, known);
    // What of the news is here already is taken in once more, and brings nothing.
    if (!news || (news.after > 0 && news.after > (known?.head ?? 0))) return known?.head ?? 0;
    // Until it is whole again, a document that took in only part of what came is no longer to be read.
    this.#ready.delete(document);
    this.#taken -= before?.bytes ?? 0;
    const { loaded } = news;
    const doc = news.after > 0 && known ? known.doc : undefined;
    if (doc) apply(doc, loaded.updates);
    else before?.doc.destroy();
    const bytes = sizeOf(loaded) + (doc ? (known?.bytes ?? 0) : 0);
    this.#taken += bytes;
    return this.#keep(document, { doc: doc ?? rebuild({ ...loaded, head, epoch }), epoch, head, bytes });
  }

  #keep(document: string, ready: Ready): Ready {
    this.#ready.delete(document);
    this.#ready.set(document, ready);
    for (const [oldest] of this.#ready) {
      if (this.#taken <= this.#room || oldest === document) break;
      this.forget(oldest);
    }
    return ready;
  }

  #minutes(ready: Ready, { document: id, state, names }: Ask): Minutes {
    const around = JSON.stringify([state, ...names]);
    if (ready.read?.around !== around) ready.read = { around, minutes: read(ready.doc, { id, state, names }) };
    return ready.read.minutes;
  }
}

type Renderer = (options: object) => unknown;

/** As bytes: text would be encoded by whoever sends it, in the thread that must not wait. */
export const renderedBy = async (made: Made, { module, name, options }: Rendering): Promise<Uint8Array> => {
  const { default: renderers } = (await import(module)) as { default: Record<string, Renderer> };
  // Spread, all of it would be made before it is asked for.
  const given: object = Object.defineProperties({ ...options }, Object.getOwnPropertyDescriptors(made));
  const rendered = await renderers[name]?.(given);
  if (rendered instanceof Uint8Array) return rendered;
  return new TextEncoder().encode(String(rendered));
};
