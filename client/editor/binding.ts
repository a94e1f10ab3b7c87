/** Ties an editor to a Y.Text: local steps are queued and then written, foreign changes arrive as exact steps. */
import { Plugin, PluginKey, TextSelection, type EditorState, type Selection, type Transaction } from "@tiptap/pm/state";
import type * as Y from "yjs";
import { listen, LOCAL } from "../../document/listen.ts";
import { compare } from "../../document/text/compare.ts";
import { DEFAULTS } from "../../document/text/attributes.ts";
import { busyWith } from "../../document/text/internals.ts";
import { readLines } from "../../document/text/read.ts";
import { indexOf, relativeAt } from "../../document/text/relative.ts";
import { isOpen } from "../../document/text/units.ts";
import { Writer } from "../../document/text/writer.ts";
import { documentOf, indexAt, positionAt, sameLines, unitCount } from "./flat.ts";
import { Hold, touchesLine } from "./hold.ts";
import { patchOf } from "./incoming.ts";
import { writesOf } from "./outgoing.ts";
import { applyPatch, become } from "./patch.ts";
import { pendingSelection } from "./pending.ts";
import { perform, settleEnd } from "./perform.ts";
import { attributesOf } from "./schema.ts";

/** What the binding needs of an editor's view; the fuzz has one without a DOM. */
export interface BoundView {
  readonly state: EditorState;
  readonly composing: boolean;
  dispatch(tr: Transaction): void;
}

/** A selection that moves with the text. */
export interface Standing {
  anchor: Y.RelativePosition;
  head: Y.RelativePosition;
}

/** Local transactions that wait to be written, oldest first. */
type Queue = readonly Transaction[];

const KEY = new PluginKey<Queue>("binding");

/** How long a composition holds changes back after the last of them, in milliseconds. */
const PATIENCE = 4000;
/** After the end of a composition the view still reads what the browser typed. */
const AFTERWARDS = 60;

/** Whether a transaction brought into the editor what the document says already. */
export const isForeign = (tr: Transaction): boolean => tr.getMeta(KEY) === true;

/** The document an editor of this text starts with. `topOf`: where its lines stand on the page. */
export const startOf = (text: Y.Text, topOf?: (line: number) => number) => documentOf(readLines(text), topOf);

export class Binding {
  /** How often the whole text had to be read again; the fuzz expects never. */
  rereads = 0;
  /** Where the writer stood before the write that is under way. */
  before: Standing | undefined;
  readonly text: Y.Text;
  /** Our own transactions, by identity: whoever else writes with our origin is heard (P14). */
  readonly #own = new WeakSet<Y.Transaction>();
  /** Transactions in which somebody else writes as well. */
  readonly #mixed = new WeakSet<Y.Transaction>();
  readonly #written = new WeakSet<Transaction>();
  #view: BoundView | undefined;
  #pending: () => Selection | undefined = () => undefined;
  #hold: Hold | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ending = false;
  #inexact = false;

  constructor(text: Y.Text) {
    this.text = text;
  }

  /** The plugin of the one editor this binding serves, which must start with `startOf(text)`. */
  plugin(): Plugin {
    return new Plugin<Queue>({
      key: KEY,
      state: {
        init: () => [],
        // P12: a state may be applied only to be thrown away, so this is pure; the view's update writes.
        apply: (tr, queue) =>
          tr.docChanged && !isForeign(tr) ? [...queue.filter((one) => !this.#written.has(one)), tr] : queue,
      },
      props: {
        handleDOMEvents: {
          // A key acts where the caret is seen, though the browser has not told of its last move yet.
          keydown: (view) => {
            const moved = pendingSelection(view);
            if (moved) view.dispatch(view.state.tr.setSelection(moved));
            return false;
          },
          compositionend: () => {
            this.#wait(AFTERWARDS);
            return false;
          },
        },
      },
      view: (view) => this.attach(view, () => pendingSelection(view)),
    });
  }

  /** Starts listening to the text. `pending`: the selection on the screen where the view does not know of it yet. */
  attach(
    view: BoundView,
    pending: () => Selection | undefined = () => undefined,
  ): { update: (view: BoundView, before: EditorState) => void; destroy: () => void } {
    this.#view = view;
    this.#pending = pending;
    const stop = listen(this.text, "deep", (_events: unknown, transaction: Y.Transaction) => this.#hear(transaction));
    return {
      update: (_view, before) => this.#write(before.selection),
      destroy: () => {
        stop();
        clearTimeout(this.#timer);
        this.#view = undefined;
      },
    };
  }

  /** Whether foreign changes wait for the end of a composition; indexes of the text are not the editor's then. */
  get held(): boolean {
    return this.#hold !== undefined;
  }

  /** Shows what waited, at once. Undo does this first. */
  release(): void {
    clearTimeout(this.#timer);
    this.#ending = false;
    const hold = this.#hold;
    this.#hold = undefined;
    if (!this.#view || !hold) return;
    const target = startOf(this.text);
    const tr = this.#begin(this.#view);
    become(tr, target, hold.replacements(target));
    if (sameLines(tr.doc, target)) this.#show(tr);
    else this.#reread();
  }

  /** A selection as positions that move with the text. */
  standing(selection: Selection): Standing {
    const at = ($position: Selection["$head"]): Y.RelativePosition =>
      relativeAt(this.text, indexAt($position.doc, $position.pos), $position.parentOffset === 0 ? 1 : -1);
    return { anchor: at(selection.$anchor), head: at(selection.$head) };
  }

  /** Where a position stands in the editor now; undefined while changes wait, or when it is gone. */
  resolve(doc: EditorState["doc"], position: Y.RelativePosition): number | undefined {
    const index = this.#hold ? undefined : indexOf(this.text, position);
    return index === undefined ? undefined : positionAt(doc, Math.min(index, unitCount(doc) - 1));
  }

  /** Puts the selection where it stood. */
  select(standing: Standing): void {
    if (!this.#view) return;
    const { tr } = this.#view.state;
    const anchor = this.resolve(tr.doc, standing.anchor);
    const head = this.resolve(tr.doc, standing.head);
    if (anchor === undefined || head === undefined) return;
    tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head))).scrollIntoView();
    this.#view.dispatch(tr);
  }

  #write(before: Selection): void {
    const view = this.#view;
    const { doc } = this.text;
    if (!view || !doc) return;
    const queue = (KEY.getState(view.state) ?? []).filter((one) => !this.#written.has(one));
    if (queue.length > 0) {
      for (const tr of queue) this.#written.add(tr);
      this.before = this.#hold ? undefined : this.standing(before);
      // Inside somebody's transaction the changes of both will arrive as one: then only reading tells them apart.
      const mixed = busyWith(doc) !== null;
      doc.transact((transaction) => {
        (mixed ? this.#mixed : this.#own).add(transaction);
        this.#inexact = !this.#perform(new Writer(transaction, this.text), queue, view.state) || this.#inexact;
      }, LOCAL);
      this.before = undefined;
    }
    if (this.#inexact && !view.composing && !this.#hold) this.#reread();
  }

  #perform(writer: Writer, queue: Queue, state: EditorState): boolean {
    let exact = true;
    for (const tr of queue) {
      for (const [i, step] of tr.steps.entries()) {
        for (const write of writesOf(tr.docs[i] as typeof tr.doc, tr.docs[i + 1] ?? tr.doc, step)) {
          for (const one of this.#hold?.translate(write) ?? [write]) exact = perform(writer, this.text, one) && exact;
        }
      }
    }
    const last = state.doc.child(state.doc.childCount - 1);
    const settled = this.#hold
      ? settleEnd(writer, this.text, this.#hold.count, { attributes: DEFAULTS, empty: true })
      : settleEnd(writer, this.text, unitCount(state.doc), {
          attributes: attributesOf(last),
          empty: last.content.size === 0,
        });
    return exact && settled;
  }

  #hear(transaction: Y.Transaction): void {
    const view = this.#view;
    if (!view || this.#own.has(transaction)) return;
    const { state } = view;
    const regions = this.#mixed.has(transaction) ? undefined : compare(this.text, transaction);
    const count = this.#hold?.count ?? unitCount(state.doc);
    const patch = regions && patchOf(count, regions, this.text.length, isOpen(this.text));
    if (!patch) return this.#reread();
    if (this.#hold) {
      this.#hold.take(patch);
      return this.#wait(view.composing ? PATIENCE : AFTERWARDS);
    }
    const tr = this.#begin(view);
    try {
      applyPatch(tr, patch);
    } catch {
      // The editor shows something else than we thought: reading is always right.
      return this.#reread();
    }
    if (!view.composing || !touchesLine(state, tr, patch)) return this.#show(tr);
    this.#hold = new Hold(state.doc);
    this.#hold.take(patch);
    this.#wait(PATIENCE);
  }

  /** Releases after a while: when the composition is over, or when nothing more has come for long. */
  #wait(time: number): void {
    // Once the composition is over, what still comes does not put the release off.
    if (!this.#hold || this.#ending) return;
    clearTimeout(this.#timer);
    this.#ending = time === AFTERWARDS;
    this.#timer = setTimeout(() => {
      this.#ending = false;
      if (time === PATIENCE || !this.#view?.composing) this.release();
    }, time);
  }

  #reread(): void {
    clearTimeout(this.#timer);
    this.#ending = false;
    this.#hold = undefined;
    this.#inexact = false;
    if (!this.#view) return;
    this.rereads += 1;
    const tr = this.#begin(this.#view);
    become(tr, startOf(this.text));
    this.#show(tr);
  }

  /** A foreign transaction starts from where the writer stands on the screen. */
  #begin({ state: { tr } }: BoundView): Transaction {
    const moved = this.#pending();
    return moved ? tr.setSelection(moved) : tr;
  }

  #show(tr: Transaction): void {
    if (tr.steps.length === 0) return;
    this.#view?.dispatch(tr.setMeta(KEY, true).setMeta("addToHistory", false));
  }
}
