/** Where the others stand: their carets with names, tied to characters, in colours that are classes of the palette. */
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { listen } from "../../document/listen.ts";
import type { Caret, Presence } from "../../document/presence.ts";
import { afterKeys } from "../session/keys-first.ts";
import { presenceOf } from "../session/present.ts";
import type { Binding } from "./binding.ts";
import { pendingSelection } from "./pending.ts";

const KEY = new PluginKey<DecorationSet>("carets");

/** Between two looks at where the others stand pass so many milliseconds, unless a key has just been drawn. */
const PACE = 200;

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

/** Somebody's caret, where it stands now; from where it reaches, if it marks anything. */
interface Shown {
  key: string;
  presence: Presence;
  anchor: number;
  head: number;
}

/** Positions as they were told. A presence is replaced, never changed. */
const told = new WeakMap<Presence, readonly (Y.RelativePosition | undefined)[]>();

const positionsIn = (presence: Presence): readonly (Y.RelativePosition | undefined)[] => {
  const known = told.get(presence) ?? [fromText(presence.caret?.anchor ?? ""), fromText(presence.caret?.head ?? "")];
  told.set(presence, known);
  return known;
};

/** What a set of decorations shows, told apart from another. */
const saying = (key: string, from: number, to: number): string => `${key} ${from} ${to}`;

/** Shows the carets that stand in `place`, and tells the others where this one does. */
export const carets = (binding: Binding, awareness: Awareness, place: string): Plugin<DecorationSet> => {
  const stand = (doc: EditorState["doc"]): Shown[] =>
    [...awareness.getStates()].flatMap(([client, state]) => {
      const presence = client === awareness.clientID ? undefined : presenceOf(state);
      if (presence?.caret?.place !== place) return [];
      const [from, to] = positionsIn(presence);
      const head = to && binding.resolve(doc, to);
      if (head === undefined) return [];
      const anchor = (from && binding.resolve(doc, from)) ?? head;
      return [{ key: `${client}:${presence.colour}:${presence.name}`, presence, anchor, head }];
    });
  const draw = (doc: EditorState["doc"], shown: readonly Shown[]): DecorationSet =>
    DecorationSet.create(
      doc,
      shown.flatMap(({ key, presence, anchor, head }) => {
        const caret = { key, side: 1, ignoreSelection: true, marks: [] };
        const widget = Decoration.widget(head, () => flag(presence), caret);
        if (anchor === head) return [widget];
        const reach = { class: `caret-reach caret--${presence.colour}` };
        return [
          widget,
          Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), reach, { key: `${key} from` }),
        ];
      }),
    );
  /** A redrawing, unless everybody is shown where they stand already: those who write take their caret along by themselves. */
  const look = (state: EditorState): Transaction | undefined => {
    const shown = stand(state.doc);
    const now = shown.flatMap(({ key, anchor, head }) => {
      const at = saying(key, head, head);
      return anchor === head ? [at] : [at, saying(`${key} from`, Math.min(anchor, head), Math.max(anchor, head))];
    });
    const before = (KEY.getState(state)?.find() ?? []).map(({ from, to, spec }) =>
      saying(String((spec as { key: unknown }).key), from, to),
    );
    if (now.toSorted().join("\n") === before.toSorted().join("\n")) return undefined;
    return state.tr.setMeta(KEY, draw(state.doc, shown)).setMeta("addToHistory", false);
  };
  return new Plugin<DecorationSet>({
    key: KEY,
    state: {
      init: (_config, { doc }) => draw(doc, stand(doc)),
      // P9: between a local step and its write, editor and text differ, so there positions are mapped; they are resolved later.
      apply: (tr, set) => (tr.getMeta(KEY) as DecorationSet | undefined) ?? set.map(tr.mapping, tr.doc),
    },
    props: { decorations: (state) => KEY.getState(state) },
    view: (view) => new Teller(view, { binding, awareness, place, look }),
  });
};

interface Change {
  added: number[];
  updated: number[];
  removed: number[];
}

interface Surroundings {
  binding: Binding;
  awareness: Awareness;
  place: string;
  look: (state: EditorState) => Transaction | undefined;
}

/** Listens to the others, and tells them where this caret stands. */
class Teller {
  readonly #view: EditorView;
  readonly #around: Surroundings;
  readonly #stop: () => void;
  /** How those who stand in this text stood when that was last heard, by client. */
  readonly #heard = new Map<number, string>();
  #calledOff: (() => void) | undefined;
  #told = "";

  constructor(view: EditorView, around: Surroundings) {
    this.#view = view;
    this.#around = around;
    this.#stop = listen(around.awareness, "change", ({ added, updated, removed }: Change, origin: unknown) => {
      if (origin === "local" || view.isDestroyed || !this.#hear([...added, ...updated, ...removed])) return;
      // A move that nobody was told of yet is told now, before anything else can draw over it.
      if (pendingSelection(view)) this.#look();
      else this.#lookSoon();
    });
    this.#hear([...around.awareness.getStates().keys()]);
  }

  update(_view: EditorView, before: EditorState): void {
    const { binding, place } = this.#around;
    if (before.doc !== this.#view.state.doc) this.#lookSoon();
    if (binding.held || !this.#view.hasFocus()) return;
    const { anchor, head } = binding.standing(this.#view.state.selection);
    this.#tell({ place, anchor: toText(anchor), head: toText(head) });
  }

  destroy(): void {
    this.#stop();
    this.#calledOff?.();
    this.#tell(undefined);
  }

  /** Carets are looked at a few times a second, however many move. */
  #lookSoon(): void {
    this.#calledOff ??= afterKeys(() => this.#look(), PACE);
  }

  #look(): void {
    this.#calledOff?.();
    this.#calledOff = undefined;
    const view = this.#view;
    if (view.isDestroyed) return;
    // Where nobody's position can be told, it is asked again.
    if (this.#around.binding.held) return this.#lookSoon();
    const moved = pendingSelection(view);
    const tr = this.#around.look(view.state) ?? (moved && view.state.tr);
    if (tr) view.dispatch(moved ? tr.setSelection(moved) : tr);
  }

  /** Whether anything of what is drawn here has changed: most people write elsewhere. */
  #hear(clients: readonly number[]): boolean {
    const { awareness, place } = this.#around;
    let changed = false;
    for (const client of clients) {
      const state = client === awareness.clientID ? undefined : awareness.getStates().get(client);
      const { caret, name, colour } = (state && presenceOf(state)) ?? {};
      const stands = caret?.place === place ? JSON.stringify([caret, name, colour]) : undefined;
      changed ||= stands !== this.#heard.get(client);
      if (stands === undefined) this.#heard.delete(client);
      else this.#heard.set(client, stands);
    }
    return changed;
  }

  #tell(caret: Caret | undefined): void {
    const { awareness, place } = this.#around;
    const said = JSON.stringify(caret) ?? "";
    const { caret: before, ...rest } = (awareness.getLocalState() ?? {}) as { caret?: Caret };
    if (said === this.#told || (!caret && before?.place !== place)) return;
    this.#told = said;
    awareness.setLocalState(caret ? { ...rest, caret } : rest);
  }
}
