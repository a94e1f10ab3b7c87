/** What only the server writes may not be taken away by anybody else: ballots, and the state of a pick. */
import * as Y from "yjs";
import { Refusal } from "../refusal.ts";
import type { UpdateContents } from "../updates.ts";
import { spotIn } from "./known.ts";
import { isReserved } from "./places.ts";

/**
 * Looks through what an update deletes; what goes with its whole section goes. What it sets under such keys is refused
 * by `checkStructure`, which has no place for it.
 * @throws Refusal `foreign-content`.
 */
export function checkDeletes({ deletes }: Pick<UpdateContents, "deletes">, doc: Y.Doc): void {
  const isDeleted = ({ client, clock }: Y.ID): boolean =>
    (deletes.get(client) ?? []).some((range) => range.clock <= clock && clock < range.clock + range.length);
  for (const [client, ranges] of deletes) {
    for (const { clock, length } of ranges) {
      for (const { id, parent } of entriesIn(doc, client, clock, clock + length)) {
        const spot = spotIn(doc, id);
        if (spot === undefined || !isReserved(spot.parent.place, spot.key)) continue;
        const map = parent instanceof Y.AbstractType ? parent._item?.id : undefined;
        if (!map || !isDeleted(map)) throw new Refusal("foreign-content", `deletes from ${spot.parent.place}`);
      }
    }
  }
}

/** The entries of maps among a range of ids that nobody has deleted yet. Letters of a text have no key: they are many. */
function* entriesIn(doc: Y.Doc, client: number, clock: number, end: number): Generator<Y.Item> {
  const structs = doc.store.clients.get(client) ?? [];
  if (clock >= Y.getState(doc.store, client)) return;
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
    const struct = structs[index]!;
    if (struct.id.clock >= end) return;
    if (struct instanceof Y.Item && !struct.deleted && struct.parentSub !== null) yield struct;
  }
}
