/** While a word is being composed: foreign changes wait, local ones are written where their neighbours now stand. */
import type { Node } from "@tiptap/pm/model";
import type { EditorState, Transaction } from "@tiptap/pm/state";
import { blockIndexAt, blockStart, indexAt, unitCount, unitsBetween, type Unit } from "./flat.ts";
import type { Write } from "./outgoing.ts";
import type { Patch, Replacement } from "./patch.ts";

/** Whether a patch, already applied to `tr`, reaches the line in which the selection of `state` stands. */
export const touchesLine = (state: EditorState, tr: Transaction, patch: Patch): boolean => {
  const { $head } = state.selection;
  const line = blockIndexAt(state.doc, indexAt(state.doc, $head.pos));
  const from = blockStart(state.doc, line);
  const last = from + state.doc.child(line).content.size;
  return (
    !tr.selection.$head.parent.sameMarkup($head.parent) ||
    patch.replacements.some((one) => one.from <= last && (one.from >= from || one.to > from - 1)) ||
    patch.marks.some((one) => one.from < last && one.to > from)
  );
};

/**
 * What the editor shows and what the text holds, unit by unit: units with one number are the same unit.
 * A position mapped through the changes would not do: a replaced range can hold text the writer never saw (P10).
 */
export class Hold {
  #next = 0;
  readonly #breaks = new Set<number>();
  readonly #shown: number[];
  readonly #held: number[];

  constructor(doc: Node) {
    this.#shown = this.#numbers(unitsBetween(doc, 0, unitCount(doc)));
    this.#held = [...this.#shown];
  }

  /** How many units the text holds, its last break included. */
  get count(): number {
    return this.#held.length;
  }

  /** Takes in a foreign change of the text. */
  take(patch: Patch): void {
    for (const { from, to, units } of patch.replacements.toReversed()) {
      this.#held.splice(from, to - from, ...this.#numbers(units));
    }
  }

  /** A write at the editor's indexes, as writes at the text's. */
  translate(write: Write): Write[] {
    switch (write.do) {
      case "delete": {
        const gone = this.#shown.splice(write.at, write.length);
        // From the right, so that the indexes of the runs that are left stay true.
        return this.#runs(gone)
          .toReversed()
          .map(({ at, length }) => {
            this.#held.splice(at, length);
            return { do: "delete", at, length };
          });
      }
      case "insert": {
        const at = this.#placeOf(write.at, write.units.at(-1)?.words === undefined);
        const numbers = this.#numbers(write.units);
        this.#shown.splice(write.at, 0, ...numbers);
        this.#held.splice(at, 0, ...numbers);
        return [{ ...write, at }];
      }
      case "format":
        return this.#runs(this.#shown.slice(write.at, write.at + write.length)).map((run) => ({ ...write, ...run }));
      case "attributes":
        return this.#runs(this.#shown.slice(write.at, write.at + 1)).map(({ at }) => ({ ...write, at }));
    }
  }

  /** What turns the document shown into `target`, which shows the text as it stands. */
  replacements(target: Node): Replacement[] {
    const held = new Map(this.#held.map((number, index) => [number, index]));
    const all: Replacement[] = [];
    let now = 0;
    const upTo = (index: number, next: number): void => {
      if (next === now) return;
      const units = unitsBetween(target, now, next);
      const last = all.at(-1);
      if (last?.to === index) last.units.push(...units);
      else all.push({ from: index, to: index, units });
    };
    for (const [index, number] of this.#shown.entries()) {
      const at = held.get(number);
      // Words whose line is gone may now stand before a break that was above them: those are shown anew.
      if (at === undefined || at < now) {
        const last = all.at(-1);
        if (last?.to === index) last.to += 1;
        else all.push({ from: index, to: index + 1, units: [] });
        continue;
      }
      upTo(index, at);
      now = at + 1;
    }
    upTo(this.#shown.length, this.#held.length);
    return all;
  }

  #numbers(units: readonly Unit[]): number[] {
    return units.map((unit) => {
      this.#next += 1;
      if (unit.words === undefined) this.#breaks.add(this.#next);
      return this.#next;
    });
  }

  /** Where units still stand in the text, as runs from left to right. */
  #runs(numbers: readonly number[]): { at: number; length: number }[] {
    const runs: { at: number; length: number }[] = [];
    for (const number of numbers) {
      const at = this.#held.indexOf(number);
      if (at === -1) continue;
      const last = runs.at(-1);
      if (last && last.at + last.length === at) last.length += 1;
      else runs.push({ at, length: 1 });
    }
    return runs;
  }

  /** The nearest place in the text: beside a neighbour of the same line, else after what came before that line. */
  #placeOf(at: number, lines: boolean): number {
    let left = at - 1;
    for (; left >= 0 && !this.#breaks.has(this.#shown[left] as number); left -= 1) {
      const index = this.#held.indexOf(this.#shown[left] as number);
      if (index !== -1) return index + 1;
    }
    for (let right = at; right < this.#shown.length; right += 1) {
      const number = this.#shown[right] as number;
      const index = this.#held.indexOf(number);
      if (index !== -1) return index;
      if (this.#breaks.has(number)) break;
    }
    for (; left >= 0; left -= 1) {
      const index = this.#held.indexOf(this.#shown[left] as number);
      // After the last break there is room for whole lines only.
      if (index !== -1) return lines ? index + 1 : Math.min(index + 1, this.#held.length - 1);
    }
    return 0;
  }
}
