/** Which wires were opened with which link, so that withdrawing it closes all of them at once. */
import { Refusal } from "../../document/refusal.ts";
import type { Wire } from "./wire.ts";

export class Attendance {
  readonly #byLink = new Map<string, Set<Wire>>();
  readonly #wires = new Set<Wire>();

  /** From now on, until it closes, this wire stands and falls with that link. */
  enter(link: string, wire: Wire): void {
    const wires = this.#byLink.get(link) ?? new Set();
    this.#byLink.set(link, wires.add(wire));
    this.#wires.add(wire);
    wire.onClose(() => {
      wires.delete(wire);
      this.#wires.delete(wire);
      if (wires.size === 0 && this.#byLink.get(link) === wires) this.#byLink.delete(link);
    });
  }

  /** Closes every wire of a link: nothing more is taken from it or sent to it. */
  withdraw(link: string): void {
    const { closeCode, code } = new Refusal("withdrawn");
    for (const wire of this.#byLink.get(link) ?? []) wire.close(closeCode, code);
  }

  /** Closes every wire there is. */
  dismiss(code: number, reason: string): void {
    for (const wire of this.#wires) wire.close(code, reason);
  }

  get size(): number {
    return this.#wires.size;
  }
}
