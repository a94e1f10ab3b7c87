/** Where the others stand: their carets with names, tied to characters, in colours that are classes of the palette. */
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import type { Caret, Presence } from "../../document/presence.ts";
import { presenceOf } from "../session/present.ts";
import { isForeign, type Binding } from "./binding.ts";
import { pendingSelection } from "./pending.ts";

const KEY = new PluginKey<DecorationSet>("carets");

const toText = (position: Y.RelativePosition): string =>
  btoa(String.fromCharCode(...Y.encodeRelativePosition(position)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** Reads a foreign position; undefined for anything else. */
const fromText = (text: string): Y.RelativePosition | undefined => {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Y.decodeRelativePosition(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
  } catch {
    return undefined;
  }
};

const flag = ({ name, colour }: Presence) => {
  const caret = document.createElement("span");
  caret.className = `caret caret--${colour}`;
  const label = document.createElement("span");
  label.className = "caret__name";
  label.dir = "auto";
  label.textContent = name;
  caret.append(label);
  // The name is already said where presence is listed; in the text it would be read as part of it.
  caret.setAttribute("aria-hidden", "true");
  return caret;
};

/** Shows the carets that stand in `place`, and tells the others where this one does. */
export const carets = (binding: Binding, awareness: Awareness, place: string): Plugin<DecorationSet> => {
  const draw = ({ doc }: EditorState): DecorationSet => {
    const all: Decoration[] = [];
    for (const [client, state] of awareness.getStates()) {
      const presence = client === awareness.clientID ? undefined : presenceOf(state);
      if (presence?.caret?.place !== place) continue;
      const [from, to] = [fromText(presence.caret.anchor), fromText(presence.caret.head)];
      const anchor = from && binding.resolve(doc, from);
      const head = to && binding.resolve(doc, to);
      if (head === undefined) continue;
      const key = `${client}:${presence.colour}:${presence.name}`;
      all.push(Decoration.widget(head, () => flag(presence), { key, side: 1, ignoreSelection: true, marks: [] }));
      if (anchor === undefined || anchor === head) continue;
      const reach = { class: `caret-reach caret--${presence.colour}` };
      all.push(Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), reach));
    }
    return DecorationSet.create(doc, all);
  };
  return new Plugin<DecorationSet>({
    key: KEY,
    state: {
      init: (_config, state) => draw(state),
      // P9: between a local step and its write, editor and text differ, so there positions are mapped, not resolved.
      apply: (tr, set, _before, state) => {
        if (!binding.held && (isForeign(tr) || tr.getMeta(KEY))) return draw(state);
        return set.map(tr.mapping, tr.doc);
      },
    },
    props: { decorations: (state) => KEY.getState(state) },
    view: (view) => new Teller(view, binding, awareness, place),
  });
};

interface Change {
  added: number[];
  updated: number[];
  removed: number[];
}

/** Listens to the others, and tells them where this caret stands. */
class Teller {
  readonly #view: EditorView;
  readonly #binding: Binding;
  readonly #awareness: Awareness;
  readonly #place: string;
  readonly #stop: () => void;
  /** How those who stand in this text stood when that was last looked at, by client. */
  readonly #seen = new Map<number, string>();
  #told = "";

  constructor(view: EditorView, binding: Binding, awareness: Awareness, place: string) {
    this.#view = view;
    this.#binding = binding;
    this.#awareness = awareness;
    this.#place = place;
    this.#stop = listen(awareness, "change", ({ added, updated, removed }: Change, origin: unknown) => {
      if (origin === "local" || view.isDestroyed || !this.#look([...added, ...updated, ...removed])) return;
      const { tr } = view.state;
      const moved = pendingSelection(view);
      view.dispatch(redraw(moved ? tr.setSelection(moved) : tr));
    });
    this.#look([...awareness.getStates().keys()]);
  }

  update(): void {
    if (this.#binding.held || !this.#view.hasFocus()) return;
    const { anchor, head } = this.#binding.standing(this.#view.state.selection);
    this.#tell({ place: this.#place, anchor: toText(anchor), head: toText(head) });
  }

  destroy(): void {
    this.#stop();
    this.#tell(undefined);
  }

  /** Whether anything of what is drawn here has changed: most people write elsewhere. */
  #look(clients: readonly number[]): boolean {
    let changed = false;
    for (const client of clients) {
      const state = client === this.#awareness.clientID ? undefined : this.#awareness.getStates().get(client);
      const { caret, name, colour } = (state && presenceOf(state)) ?? {};
      const stands = caret?.place === this.#place ? JSON.stringify([caret, name, colour]) : undefined;
      changed ||= stands !== this.#seen.get(client);
      if (stands === undefined) this.#seen.delete(client);
      else this.#seen.set(client, stands);
    }
    return changed;
  }

  #tell(caret: Caret | undefined): void {
    const told = JSON.stringify(caret) ?? "";
    const { caret: before, ...rest } = (this.#awareness.getLocalState() ?? {}) as { caret?: Caret };
    if (told === this.#told || (!caret && before?.place !== this.#place)) return;
    this.#told = told;
    this.#awareness.setLocalState(caret ? { ...rest, caret } : rest);
  }
}

const redraw = (tr: Transaction): Transaction => tr.setMeta(KEY, true).setMeta("addToHistory", false);
