/** Whether an update says only what our layout has a place for: which type each struct stands in, and what it puts there. */
import * as Y from "yjs";
import { Refusal } from "../refusal.ts";
import type { Struct, UpdateContents } from "../updates.ts";
import { NOWHERE, rootIn, spotIn, typeIn, type Parent, type Spot } from "./known.ts";
import { childPlace, hasKey, isSound, isTooLong, rootPlace, takesFormat, takesValue } from "./places.ts";
import { Sequence } from "./sequence.ts";

/** Yjs looks through all roots for the name of one, for every client that comes: a workshop has some twenty. */
const MOST_ROOTS = 2_000;
/** Half a second's work for a telephone. Two who each typed six hundred letters backwards at one place, unconnected. */
const MOST_STEPS = 400_000;

/**
 * Follows an update as Yjs will integrate it into `doc`, in time proportional to its structs and to the steps that Yjs
 * will take for them; gives those. Call it where `leavesGap`
 * is false. What is judged never changes once it is there (in which type an item stands, under which key), so whatever
 * was right when it was written is right when it arrives, however much others have changed meanwhile.
 * @throws Refusal `foreign-content` for what our layout has no place for, `too-large` for a value that is too long or
 * for what would keep Yjs busy,
 * `malformed-update` for neighbours that stand in different types, `unsaved-gap` for structs that wait for each other.
 */
export function checkStructure(contents: UpdateContents, doc: Y.Doc): number {
  return new Passage(contents, doc).check();
}

interface Cursor {
  structs: readonly Struct[];
  /** How many of them have found their place. */
  done: number;
}

function foreign(detail: string): never {
  throw new Refusal("foreign-content", detail);
}

class Passage {
  readonly #doc: Y.Doc;
  readonly #cursors = new Map<number, Cursor>();
  readonly #spots = new Map<Struct, Spot>();
  /** The types this update brings. */
  readonly #types = new Map<Struct, Parent>();
  readonly #roots = new Map<string, Parent>();
  readonly #sequence: Sequence;

  constructor({ items }: UpdateContents, doc: Y.Doc) {
    this.#doc = doc;
    // The order of Yjs: who comes first decides how many the next one has to pass.
    for (const [client, structs] of [...items].toSorted(([a], [b]) => b - a)) {
      this.#cursors.set(client, { structs, done: 0 });
    }
    this.#sequence = new Sequence(doc, (id) => this.#structAt(id), MOST_STEPS);
  }

  check(): number {
    for (const client of this.#cursors.keys()) this.#follow(client);
    return this.#sequence.steps;
  }

  /** Places every struct of a client, and before each of them what it stands next to, by whomever. */
  #follow(client: number): void {
    const waiting = [{ client, upTo: Infinity }];
    const clients = new Set([client]);
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      const cursor = this.#cursors.get(top.client);
      const struct = cursor?.structs[cursor.done];
      if (cursor === undefined || struct === undefined || struct.clock > top.upTo) {
        waiting.pop();
        clients.delete(top.client);
        continue;
      }
      const missing = this.#missing(struct);
      if (missing === undefined) {
        this.#place(Y.createID(top.client, struct.clock), struct);
        cursor.done += 1;
        continue;
      }
      if (clients.has(missing.client)) throw new Refusal("unsaved-gap", "structs that wait for each other");
      clients.add(missing.client);
      waiting.push({ client: missing.client, upTo: missing.clock });
    }
  }

  #missing({ left, right, parent }: Struct): Y.ID | undefined {
    if (left !== undefined && !this.#isPlaced(left)) return left;
    if (right !== undefined && !this.#isPlaced(right)) return right;
    return typeof parent === "object" && !this.#isPlaced(parent) ? parent : undefined;
  }

  #isPlaced({ client, clock }: Y.ID): boolean {
    if (clock < Y.getState(this.#doc.store, client)) return true;
    const cursor = this.#cursors.get(client);
    const last = cursor?.structs[cursor.done - 1];
    return last !== undefined && clock < last.clock + last.length;
  }

  #place(id: Y.ID, struct: Struct): void {
    const known = Y.getState(this.#doc.store, id.client);
    // Yjs will not look at it: it has these clocks.
    if (struct.clock + struct.length <= known) return;
    const spot = struct.content.is === "collected" ? NOWHERE : this.#spotOf(struct);
    // Yjs puts the rest of a struct after what it has of it: that must stand in the same place.
    if (struct.clock < known) sameSpot(this.#spotAt(Y.createID(id.client, known - 1)), spot);
    this.#spots.set(struct, spot);
    this.#judge(struct, spot);
    if (spot !== NOWHERE) this.#sequence.place(id, struct, spot);
  }

  /** As Yjs finds it: where a neighbour stands, else where the update says. */
  #spotOf({ left, right, parent, key }: Struct): Spot {
    if (left !== undefined || right !== undefined) {
      const before = left && this.#spotAt(left);
      const after = right && this.#spotAt(right);
      if (before !== undefined && after !== undefined) sameSpot(before, after);
      return before ?? after ?? NOWHERE;
    }
    const type = typeof parent === "string" ? this.#rootOf(parent) : parent && this.#typeAt(parent);
    if (type === undefined) return foreign("a parent that is no type");
    return type === NOWHERE.parent ? NOWHERE : { parent: type, key };
  }

  #spotAt(id: Y.ID): Spot {
    const spot = spotIn(this.#doc, id);
    if (spot !== undefined) return spot;
    const struct = this.#structAt(id);
    return (struct && this.#spots.get(struct)) ?? NOWHERE;
  }

  #typeAt(id: Y.ID): Parent | undefined {
    if (id.clock < Y.getState(this.#doc.store, id.client)) return typeIn(this.#doc, id);
    const struct = this.#structAt(id);
    if (struct?.content.is === "deleted" || struct?.content.is === "collected") return NOWHERE.parent;
    return struct && this.#types.get(struct);
  }

  #rootOf(name: string): Parent {
    const known = rootIn(this.#doc, name) ?? this.#roots.get(name);
    if (known !== undefined) return known;
    const made: Parent = { place: rootPlace(name) ?? foreign("a root nobody knows") };
    if (this.#doc.share.size + this.#roots.size >= MOST_ROOTS) throw new Refusal("too-large", "roots");
    this.#roots.set(name, made);
    return made;
  }

  #structAt({ client, clock }: Y.ID): Struct | undefined {
    const structs = this.#cursors.get(client)?.structs ?? [];
    let [low, high] = [0, structs.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const struct = structs[middle] as Struct;
      if (clock < struct.clock) high = middle - 1;
      else if (clock >= struct.clock + struct.length) low = middle + 1;
      else return struct;
    }
    return undefined;
  }

  #judge(struct: Struct, { parent: { place }, key }: Spot): void {
    const { content } = struct;
    if (content.is === "collected") return;
    if (!hasKey(place, key)) foreign(`a key that ${place} does not have`);
    const inText = place === "text" || place === "nowhere";
    switch (content.is) {
      case "deleted":
        return;
      case "words":
        if (!inText) foreign(`words in ${place}`);
        if (!isSound(content.words)) foreign("words that cannot be kept as they are");
        return;
      case "format":
        if (isTooLong(content.value, true)) throw new Refusal("too-large", "a link");
        if (!inText || !takesFormat(content.key, content.value)) foreign(`a format in ${place}`);
        return;
      case "values":
        for (const value of content.values) {
          if (isTooLong(value, false)) throw new Refusal("too-large", `a value in ${place}`);
          if (!takesValue(place, key, value)) foreign(`a value in ${place}`);
        }
        return;
      case "type": {
        const child = childPlace(place, key, content.type) ?? foreign(`a type in ${place}`);
        this.#types.set(struct, child === "nowhere" ? NOWHERE.parent : { place: child });
        return;
      }
      case "foreign":
        foreign(`content in ${place} that no layout has`);
    }
  }
}

/** What is gone went as a whole: what stands between that and something else is dropped here, and kept where both arrive at once. */
function sameSpot(a: Spot, b: Spot): void {
  const same = a === b || (a !== NOWHERE && b !== NOWHERE && a.parent === b.parent && a.key === b.key);
  if (!same) throw new Refusal("malformed-update", "neighbours in different places");
}
