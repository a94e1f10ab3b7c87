/** Which rooms must stay in memory, for an entry on its way to the disk has to find the same room; and which must stay empty. */
import { Refusal } from "../../document/refusal.ts";

export class Tenure {
  readonly #holds = new Map<string, number>();
  readonly #whenEmpty: (() => void)[] = [];
  readonly #shut = new Set<string>();
  readonly #onFree: (document: string) => void;

  /** `onFree` hears of a document whenever nothing holds it any more. */
  constructor(onFree: (document: string) => void) {
    this.#onFree = onFree;
  }

  /** Keeps the room of a document until the returned function is called; calling it twice does nothing. */
  hold(document: string): () => void {
    this.#holds.set(document, (this.#holds.get(document) ?? 0) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (this.#holds.get(document) ?? 1) - 1;
      if (left > 0) {
        this.#holds.set(document, left);
        return;
      }
      this.#holds.delete(document);
      this.#onFree(document);
      if (this.#holds.size === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve();
    };
  }

  /** Resolves when nothing is held at all. */
  empty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#holds.size === 0) resolve();
      else this.#whenEmpty.push(resolve);
    });
  }

  held(document: string): boolean {
    return this.#holds.has(document);
  }

  /** From now on `mustBeOpen` throws for this document, until the returned function is called. */
  shut(document: string): () => void {
    this.#shut.add(document);
    return () => {
      this.#shut.delete(document);
    };
  }

  /** Throws Refusal `not-saving` while the document is being made anew: what is written now would be built on its past. */
  mustBeOpen(document: string): void {
    if (this.#shut.has(document)) throw new Refusal("not-saving", "it is being made anew");
  }
}
