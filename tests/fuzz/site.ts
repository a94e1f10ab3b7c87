/** One editor at its own document, with a view that has no DOM and a line to the others that can be slow. */
import { EditorState, type Command, type Transaction } from "@tiptap/pm/state";
import * as Y from "yjs";
import { Binding, isForeign, startOf, type BoundView } from "../../client/editor/binding.ts";
import { caretNear } from "../../client/editor/commands.ts";
import { schema } from "../../client/editor/schema.ts";
import { createUndo } from "../../client/editor/undo.ts";
import type { Random } from "./random.ts";

/** What one relay hands to everybody, in one order. */
export class Relay {
  readonly log: Uint8Array[] = [];
  /** Hears of every update in that order, before anybody else does. */
  readonly hear: (update: Uint8Array) => void;

  constructor(hear: (update: Uint8Array) => void = () => {}) {
    this.hear = hear;
  }
}

export class Site implements BoundView {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("prose:text");
  readonly undo: Y.UndoManager;
  readonly binding: Binding;
  state: EditorState;
  composing = false;
  /** Which local changes are let through; all of them without it. */
  guard: ((tr: Transaction) => boolean) | undefined;
  /** How many updates it made by itself. */
  made = 0;
  readonly #relay: Relay;
  readonly #handle: ReturnType<Binding["attach"]>;
  #outbox: Uint8Array[] = [];
  #seen = 0;

  constructor(relay: Relay, start: Uint8Array, random: Random) {
    this.#relay = relay;
    // Yjs would choose at random, and no seed would tell the same story twice.
    this.doc.clientID = 1 + random.below(2 ** 31);
    Y.applyUpdate(this.doc, start, relay);
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === relay) return;
      this.made += 1;
      this.#outbox.push(update);
    });
    this.undo = createUndo(this.doc);
    this.undo.captureTimeout = 0;
    this.binding = new Binding(this.text);
    this.state = EditorState.create({ schema, doc: startOf(this.text), plugins: [this.binding.plugin()] });
    this.#handle = this.binding.attach(this);
  }

  dispatch(tr: Transaction): void {
    if (tr.docChanged && !isForeign(tr) && this.guard?.(tr) === false) return;
    const before = this.state;
    this.state = this.state.apply(tr);
    this.#handle.update(this, before);
  }

  /** Puts the caret at a position. */
  caret(position: number): void {
    this.dispatch(caretNear(this.state, Math.min(position, this.state.doc.content.size)));
  }

  run(command: Command): void {
    command(this.state, (tr) => this.dispatch(tr));
  }

  /** Sends what waits here, and takes in what the others have sent. */
  exchange(): void {
    const mine = this.#outbox;
    this.#outbox = [];
    const known = this.#relay.log.slice(this.#seen);
    for (const update of mine) this.#relay.hear(update);
    this.#relay.log.push(...mine);
    this.#seen = this.#relay.log.length;
    for (const update of known) Y.applyUpdate(this.doc, update, this.#relay);
  }

  /** The characters shown, in order. */
  shown(): string {
    return this.state.doc.textBetween(0, this.state.doc.content.size, "\n");
  }

  close(): void {
    this.#handle.destroy();
    this.doc.destroy();
  }
}

/** Lets everybody hear everything. */
export const settle = (sites: readonly Site[]): void => {
  for (let round = 0; round < 3; round += 1) for (const site of sites) site.exchange();
};
