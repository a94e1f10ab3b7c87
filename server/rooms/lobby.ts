/** Those who are connected and have not shown who they are: not for long, and not any number of them. */
import { Refusal } from "../../document/refusal.ts";
import type { Wire } from "./wire.ts";

/** A phone on a slow line shows its token within this; whoever says nothing only takes up a place. */
const PATIENCE_MS = 15_000;
/** More than ever come at once after a restart. */
const PLACES = 2_000;

const GONE = 4408;

export class Lobby {
  /** In the order of their arrival. */
  readonly #waiting = new Map<Wire, NodeJS.Timeout>();
  readonly #patience: number;
  readonly #places: number;

  constructor({ patience = PATIENCE_MS, places = PLACES }: { patience?: number; places?: number } = {}) {
    this.#patience = patience;
    this.#places = places;
  }

  /** From now on this wire has to show a credential; where there is no place left, whoever waits longest leaves. */
  arrive(wire: Wire): void {
    const [longest] = this.#waiting.keys();
    if (longest && this.#waiting.size >= this.#places) longest.close(new Refusal("too-many-tries").closeCode, "full");
    const patience = setTimeout(() => wire.close(GONE, "silent"), this.#patience);
    this.#waiting.set(wire, patience.unref());
    wire.onClose(() => this.enter(wire));
  }

  /** This wire has shown who it is, or is gone. */
  enter(wire: Wire): void {
    clearTimeout(this.#waiting.get(wire));
    this.#waiting.delete(wire);
  }

  get size(): number {
    return this.#waiting.size;
  }
}
