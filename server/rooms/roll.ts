/** The roll of a room: who is in it and where, what of that is new since the last tick, and how it is written down. */
import {
  createEncoder,
  toUint8Array,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from "lib0/encoding";
import type { Presence } from "../../document/presence.ts";
import { writeGone, writePlace, writeStands, writeWho } from "../../document/tick.ts";

/** Sections and items that have a number; beyond it those where nobody stands any more lose theirs. */
const MOST_PLACES = 5_000;
/** So many may be told to every newcomer, whether anybody stands there or not: they need not be told again then. */
const FEW_PLACES = 100;
/** Of those who are gone, so many clocks at least are kept. */
const MOST_CLOCKS = 5_000;
/** Clients forget whom they have not heard of for 30 seconds. */
const RENEW_MS = 12_000;

/** Somebody who shows themselves, or did so until a moment ago. */
export interface Shown {
  readonly clientId: number;
  /** Stands for them in ticks. */
  readonly number: number;
  clock: number;
  /** Undefined once gone. */
  presence: Presence | undefined;
  /** The same as JSON. */
  json: string;
  /** Who they were said to be. */
  who: string;
  /** When the others last heard of them. */
  told: number;
}

const NONE = new Uint8Array();

const bytesOf = (text: string): Uint8Array => Buffer.from(text, "base64url");

export class Roll {
  readonly #shown = new Map<number, Shown>();
  /** Clocks only go up, also of somebody who comes back. */
  readonly #clocks = new Map<number, number>();
  readonly #places = new Map<string, number>();
  #serial = 0;
  /** What changed since the last tick, and since the last one that tells everybody of everybody. */
  readonly fresh = new Set<Shown>();
  readonly stale = new Set<Shown>();
  /** Records that every reader of ticks needs: who came, who went, which places there are. */
  #introductions: Uint8Array[] = [];
  #everybody: Uint8Array | undefined;
  #everyRecord: Uint8Array | undefined;

  /** Gives whether there is anything to tell the others; a state that is only repeated is told now and then. */
  show(clientId: number, clock: number, presence: Presence | undefined): boolean {
    const known = this.#shown.get(clientId);
    if (clock <= (this.#clocks.get(clientId) ?? -1)) return false;
    this.#count(clientId, clock);
    if (!presence) return this.#go(known, clock);
    const json = JSON.stringify(presence);
    const now = performance.now();
    if (known?.json === json && now - known.told < RENEW_MS) {
      known.clock = clock;
      this.#forget();
      return false;
    }
    const shown = known ?? this.#come(clientId);
    Object.assign(shown, { clock, presence, json, told: now });
    this.#introduce(shown, presence);
    this.#change(shown);
    return true;
  }

  /** This client is not here any more. */
  leave(clientId: number): boolean {
    const known = this.#shown.get(clientId);
    return this.#go(known, known?.clock ?? 0);
  }

  /** Everybody, as stock clients read it. */
  everybody(): Uint8Array {
    return (this.#everybody ??= this.states(this.#shown.values()));
  }

  /** Everybody, as readers of ticks do. */
  everyRecord(): Uint8Array {
    if (this.#everyRecord) return this.#everyRecord;
    // Not of every place where somebody ever said to stand.
    if (this.#places.size > FEW_PLACES) this.#leavePlaces();
    this.#everyRecord = Buffer.concat([
      ...[...this.#places].map(([place, number]) => writePlace(number, place)),
      ...[...this.#shown.values()].map((shown) => this.#who(shown)),
      this.records(this.#shown.values()),
    ]);
    return this.#everyRecord;
  }

  /** The body of a presence frame about these. */
  states(about: Iterable<Shown>): Uint8Array {
    const each = [...about];
    const inside = createEncoder();
    writeVarUint(inside, each.length);
    for (const { clientId, clock, json } of each) {
      writeVarUint(inside, clientId);
      writeVarUint(inside, clock);
      writeVarString(inside, json);
    }
    const encoder = createEncoder();
    writeVarUint8Array(encoder, toUint8Array(inside));
    return toUint8Array(encoder);
  }

  /** Records of where these stand. */
  records(about: Iterable<Shown>): Uint8Array {
    const encoder = createEncoder();
    for (const { number, presence } of about) {
      if (!presence) continue;
      const { section, caret } = presence;
      const [anchor, head] = caret
        ? [bytesOf(caret.anchor), bytesOf(caret.head)]
        : [new Uint8Array(), new Uint8Array()];
      const same = caret?.anchor === caret?.head;
      const [at, place] = [this.#place(section), this.#place(caret?.place)];
      writeUint8Array(
        encoder,
        writeStands({ number, section: at, place, anchor, head: same ? new Uint8Array() : head }),
      );
    }
    return toUint8Array(encoder);
  }

  /** The records that have to come before those of this tick; they are told once. */
  takeIntroductions(): Uint8Array {
    if (this.#introductions.length === 0) return NONE;
    const records = Buffer.concat(this.#introductions);
    this.#introductions = [];
    return records;
  }

  #come(clientId: number): Shown {
    const shown = { clientId, number: (this.#serial += 1), clock: 0, presence: undefined, json: "", who: "", told: 0 };
    this.#shown.set(clientId, shown);
    return shown;
  }

  #go(known: Shown | undefined, clock: number): boolean {
    if (!known) return false;
    Object.assign(known, { clock, presence: undefined, json: "null" });
    this.#shown.delete(known.clientId);
    this.#introductions.push(writeGone(known.number));
    this.#change(known);
    return true;
  }

  #introduce(shown: Shown, { visitor, name, colour, section, caret }: Presence): void {
    const who = JSON.stringify([visitor, name, colour]);
    if (who !== shown.who) {
      shown.who = who;
      this.#introductions.push(this.#who(shown));
    }
    for (const place of [section, caret?.place]) this.#name(place);
  }

  #who({ number, clientId, presence }: Shown): Uint8Array {
    const { visitor = "", name = "", colour = 0 } = presence ?? {};
    return writeWho({ number, client: clientId, visitor, name, colour });
  }

  #place(place: string | undefined): number {
    return (place === undefined ? undefined : this.#places.get(place)) ?? 0;
  }

  #name(place: string | undefined): void {
    if (place === undefined || this.#places.has(place)) return;
    if (this.#places.size >= MOST_PLACES) this.#leavePlaces();
    this.#serial += 1;
    this.#places.set(place, this.#serial);
    this.#introductions.push(writePlace(this.#serial, place));
  }

  /** Places where nobody stands are told anew, under another number, to whoever goes there. */
  #leavePlaces(): void {
    const stood = new Set(
      [...this.#shown.values()].flatMap(({ presence }) => [presence?.section, presence?.caret?.place]),
    );
    for (const place of this.#places.keys()) if (!stood.has(place)) this.#places.delete(place);
  }

  #count(clientId: number, clock: number): void {
    this.#clocks.delete(clientId);
    this.#clocks.set(clientId, clock);
    if (this.#clocks.size <= MOST_CLOCKS + this.#shown.size) return;
    // Heard longest ago, and not here: clients have forgotten it by now as well.
    for (const each of this.#clocks.keys()) {
      if (this.#shown.has(each)) continue;
      this.#clocks.delete(each);
      return;
    }
  }

  #change(shown: Shown): void {
    this.fresh.add(shown);
    this.stale.add(shown);
    this.#forget();
  }

  #forget(): void {
    this.#everybody = undefined;
    this.#everyRecord = undefined;
  }
}
