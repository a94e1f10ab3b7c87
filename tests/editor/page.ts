/** Two real editors in one page, each at its own document, 30 ms apart: what the browser tests drive. */
import { signal } from "@preact/signals";
import type { Command } from "@tiptap/pm/state";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { startOf } from "../../client/editor/binding.ts";
import { caretNear, setBlocks } from "../../client/editor/commands.ts";
import { positionAt } from "../../client/editor/flat.ts";
import { mountEditor, type Mounted } from "../../client/editor/mount.ts";
import { schema } from "../../client/editor/schema.ts";
import { createUndo } from "../../client/editor/undo.ts";
import { readText } from "../../document/text/read.ts";
import { writeProse } from "../../document/text/write.ts";
import type { Block } from "../../minutes/value.ts";

const LAG = 30;

interface Side extends Mounted {
  doc: Y.Doc;
  text: Y.Text;
  awareness: Awareness;
  refused: string[];
}

let under = 0;

/** Hands something over after the lag; `under` tells when all has arrived. */
const later = (act: () => void): void => {
  under += 1;
  setTimeout(() => {
    under -= 1;
    act();
  }, LAG);
};

const open = (name: string, colour: number, start: Uint8Array): Side => {
  const element = document.createElement("div");
  document.body.append(element);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, start, "relay");
  const text = doc.getText("text");
  const awareness = new Awareness(doc);
  awareness.setLocalState({ visitor: name, name, colour });
  const refused: string[] = [];
  const undo = createUndo(doc);
  const session = { awareness, undo, canWrite: signal(true), notify: (words: string) => void refused.push(words) };
  const none = (): void => {};
  const mounted = mountEditor({
    session,
    text,
    place: "prose:a",
    label: name,
    oneLine: false,
    hint: "",
    element,
    leave: () => mounted.view.dom.blur(),
    link: none,
    changed: none,
  });
  return { ...mounted, doc, text, awareness, refused };
};

const tie = (from: Side, to: Side): void => {
  from.doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "relay") later(() => Y.applyUpdate(to.doc, update, "relay"));
  });
  from.awareness.on("update", (_changes: unknown, origin: unknown) => {
    if (origin === "relay") return;
    const update = encodeAwarenessUpdate(from.awareness, [from.awareness.clientID]);
    later(() => applyAwarenessUpdate(to.awareness, update, "relay"));
  });
};

let sides: { here: Side; there: Side } | undefined;

const both = (): { here: Side; there: Side } => {
  if (!sides) throw new Error("No editors are open.");
  return sides;
};

const linesOf = (words: readonly string[]): Block[] =>
  words.map((line) => ({ kind: "paragraph", spans: line === "" ? [] : [{ text: line }] }));

const world = {
  /** Opens two editors on these lines, the first one focused. */
  start(lines: readonly string[]): void {
    if (sides) for (const side of Object.values(sides)) side.destroy();
    document.body.replaceChildren();
    const doc = new Y.Doc();
    writeProse(doc.getText("text"), linesOf(lines));
    const start = Y.encodeStateAsUpdate(doc);
    const [here, there] = [open("Céline", 1, start), open("Brice", 4, start)];
    tie(here, there);
    tie(there, here);
    sides = { here, there };
    here.view.focus();
  },
  /** Puts a caret before the unit at `index`. */
  caret(which: "here" | "there", index: number): void {
    const { view } = both()[which];
    view.dispatch(caretNear(view.state, positionAt(view.state.doc, index)));
    if (which === "here") view.focus();
  },
  focus(which: "here" | "there"): void {
    both()[which].view.focus();
  },
  /** Types into the other editor. */
  type(index: number, words: string): void {
    const { view } = both().there;
    view.dispatch(view.state.tr.insertText(words, positionAt(view.state.doc, index)));
  },
  split(index: number): void {
    const { view } = both().there;
    view.dispatch(view.state.tr.split(positionAt(view.state.doc, index)));
  },
  join(block: number): void {
    const { view } = both().there;
    let position = 0;
    for (let i = 0; i < block; i += 1) position += view.state.doc.child(i).nodeSize;
    view.dispatch(view.state.tr.join(position));
  },
  kind(index: number): void {
    const { view } = both().there;
    world.caret("there", index);
    const command: Command = setBlocks({ kind: "bullet" });
    command(view.state, view.dispatch);
  },
  bold(from: number, to: number): void {
    const { view } = both().there;
    const { doc, tr } = view.state;
    view.dispatch(tr.addMark(positionAt(doc, from), positionAt(doc, to), schema.mark("bold")));
  },
  erase(from: number, to: number): void {
    const { view } = both().there;
    view.dispatch(view.state.tr.delete(positionAt(view.state.doc, from), positionAt(view.state.doc, to)));
  },
  undo(which: "here" | "there"): void {
    both()[which].binding.release();
    both()[which].view.dom.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true }));
  },
  /** The browser moves the first editor's caret to a line's start, and the other's words or caret come before it is told. */
  moveAnd(block: number, act: () => void): void {
    const line = both().here.view.dom.querySelectorAll(".block")[block];
    if (line) getSelection()?.collapse(line.firstChild, 0);
    act();
  },
  /** A key of one's own, in the same turn. */
  press(key: string): void {
    const { dom } = both().here.view;
    dom.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  },
  /** Words of the other, without the lag. */
  hear(index: number, words: string): void {
    const { here, there } = both();
    world.type(index, words);
    Y.applyUpdate(here.doc, Y.encodeStateAsUpdate(there.doc), "relay");
  },
  /** The other's presence, without the lag. */
  see(name: string): void {
    const { here, there } = both();
    there.awareness.setLocalStateField("name", name);
    applyAwarenessUpdate(here.awareness, encodeAwarenessUpdate(there.awareness, [there.awareness.clientID]), "relay");
  },
  /** How much the first editor has selected. */
  selected(): number {
    const { from, to } = both().here.view.state.selection;
    return to - from;
  },
  /** Everything sent has arrived and nothing is held back. */
  calm(): boolean {
    const { here, there } = both();
    return under === 0 && !here.view.composing && !here.binding.held && !there.binding.held;
  },
  /** Everything sent has arrived. */
  arrived: () => under === 0,
  /** What each side says: the text, the editor, the DOM. */
  say() {
    return Object.values(both()).map((side) => ({
      prose: readText(side.text),
      same: side.view.state.doc.eq(startOf(side.text)),
      lines: side.view.state.doc.textBetween(0, side.view.state.doc.content.size, "\n").split("\n"),
      dom: Array.from(side.view.dom.querySelectorAll(".block"), (block) => {
        const copy = block.cloneNode(true) as Element;
        for (const caret of copy.querySelectorAll(".caret")) caret.remove();
        return copy.textContent;
      }),
      caret: side.view.state.selection.$head.parent.textBetween(0, side.view.state.selection.$head.parentOffset),
      carets: Array.from(side.view.dom.querySelectorAll(".caret"), (caret) => {
        const before = caret.previousSibling;
        return before?.textContent ?? "";
      }),
      rereads: side.binding.rereads,
      refused: side.refused,
    }));
  },
};

export type World = typeof world;

Object.assign(globalThis, { world });
