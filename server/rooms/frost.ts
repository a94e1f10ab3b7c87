/** Those whose words were not taken while writing was frozen: when it is over they are sent to come again, with all they have. */
import type { Wire } from "./wire.ts";

/** Come back: with the second step of a new connection everything is sent that the room does not have. */
const COME_BACK = 4401;

interface Held {
  wires: Set<Wire>;
  over: NodeJS.Timeout;
}

export class Frost {
  readonly #held = new Map<string, Held>();

  /** From now on this wire waits for the end of the freeze. */
  hold(workshop: string, wire: Wire, until: number): void {
    const held = this.#held.get(workshop) ?? { wires: new Set(), over: this.#alarm(workshop, until) };
    this.#held.set(workshop, held);
    if (held.wires.has(wire)) return;
    held.wires.add(wire);
    wire.onClose(() => held.wires.delete(wire));
  }

  holds(workshop: string, wire: Wire): boolean {
    return this.#held.get(workshop)?.wires.has(wire) ?? false;
  }

  /** The freeze of a workshop ends at another moment, or now. */
  turn(workshop: string, until: number | null): void {
    const held = this.#held.get(workshop);
    if (!held) return;
    clearTimeout(held.over);
    if (until !== null && until > Date.now()) held.over = this.#alarm(workshop, until);
    else this.#release(workshop);
  }

  #alarm(workshop: string, until: number): NodeJS.Timeout {
    return setTimeout(() => this.#release(workshop), Math.max(0, until - Date.now())).unref();
  }

  #release(workshop: string): void {
    const held = this.#held.get(workshop);
    this.#held.delete(workshop);
    for (const wire of held?.wires ?? []) wire.close(COME_BACK, "thawed");
  }
}
