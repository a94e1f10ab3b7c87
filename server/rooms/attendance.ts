/** Which wires lead to which workshop, and by which link, so that what changes for one of them reaches all of them at once. */
import { Refusal } from "../../document/refusal.ts";
import type { Grant } from "../access/access.ts";
import type { Wire } from "./wire.ts";

type Groups = Map<string, Set<Wire>>;

/** Until it closes, the wire is among those of `name`. */
const join = (groups: Groups, name: string, wire: Wire): void => {
  const wires = groups.get(name) ?? new Set();
  if (wires.has(wire)) return;
  groups.set(name, wires.add(wire));
  wire.onClose(() => {
    wires.delete(wire);
    if (wires.size === 0 && groups.get(name) === wires) groups.delete(name);
  });
};

export class Attendance {
  readonly #byLink: Groups = new Map();
  readonly #byWorkshop: Groups = new Map();
  readonly #entered: (wire: Wire) => void;

  /** `entered` hears of every wire that leads somewhere from now on. */
  constructor(entered: (wire: Wire) => void) {
    this.#entered = entered;
  }

  /** From now on this wire stands and falls with that link, and hears when rights in the workshop change. */
  enter({ workshop, link }: Pick<Grant, "workshop" | "link">, wire: Wire): void {
    this.#entered(wire);
    join(this.#byLink, link, wire);
    join(this.#byWorkshop, workshop, wire);
  }

  /** Closes every wire of a link: nothing more is taken from it or sent to it. */
  withdraw(link: string): void {
    const { closeCode, code } = new Refusal("withdrawn");
    for (const wire of this.#byLink.get(link) ?? []) wire.close(closeCode, code);
  }

  /** Closes every wire that leads to a workshop; without one, every wire there is. */
  dismiss(code: number, reason: string, workshop?: string): void {
    const groups = workshop === undefined ? this.#byWorkshop.values() : [this.#byWorkshop.get(workshop) ?? []];
    for (const wires of groups) for (const wire of wires) wire.close(code, reason);
  }

  /** How many wires lead anywhere. */
  get size(): number {
    return new Set([...this.#byWorkshop.values()].flatMap((wires) => [...wires])).size;
  }
}
