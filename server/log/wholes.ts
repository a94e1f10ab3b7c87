/** Large documents as they were arranged a moment ago: one making for whoever comes in, for the room, and for the server's own edits. */
import { arrange } from "../../document/updates/arranged.ts";
import { pack } from "../../document/updates/packed.ts";
import type { Made, Rendered, Rendering } from "./desk.ts";

/** What was written since comes by the line, as what is written later does. */
const FRESH_MS = 5_000;

const ARRANGED = {
  /** Arranged and packed (D27); nothing where something in it waits for what never came. */
  arranged: ({ doc }: Made): Uint8Array => {
    const arranged = arrange(doc);
    return arranged ? pack(arranged) : new Uint8Array();
  },
};

/** In the thread of the readers. */
export default ARRANGED;

export class Wholes {
  readonly #render: (document: string, rendering: Rendering) => Promise<Rendered>;
  readonly #made = new Map<string, Promise<Rendered>>();

  constructor(render: (document: string, rendering: Rendering) => Promise<Rendered>) {
    this.#render = render;
  }

  /**
   * All of a document as it stood at some moment of the last seconds, packed; no bytes where something in it waits for what never
   * came. `epoch`: the one whoever asks knows of; what is given may be of a later one. Throws as `render` does.
   */
  of(document: string, epoch: number): Promise<Rendered> {
    const key = `${document} ${epoch}`;
    const known = this.#made.get(key);
    if (known) return known;
    const made = this.#render(document, { module: import.meta.url, name: "arranged", options: {}, soon: true });
    this.#made.set(key, made);
    const forget = (): void => void this.#made.delete(key);
    made.then(() => setTimeout(forget, FRESH_MS).unref(), forget);
    return made;
  }
}
