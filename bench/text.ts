/** What a keystroke costs in a long text, local and remote, with the position cache and without it. */
import { EditorState } from "@tiptap/pm/state";
import * as Y from "yjs";
import { Binding, startOf, type BoundView } from "../client/editor/binding.ts";
import { schema } from "../client/editor/schema.ts";
import { Positions } from "../document/text/positions.ts";
import { readText } from "../document/text/read.ts";
import { writeProse } from "../document/text/write.ts";

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

const time = (act: () => void): number => {
  const start = performance.now();
  act();
  return performance.now() - start;
};

/** 2,500 lines of 80 characters, then scattered edits by twenty authors. */
export const longText = (scattered: number): Uint8Array => {
  const doc = new Y.Doc();
  const line = "Il faudrait que chacun puisse relire ce qui a été dit, et le corriger sans attendre".slice(0, 80);
  writeProse(
    doc.getText("prose:text"),
    Array.from({ length: 2500 }, () => ({ kind: "paragraph", spans: [{ text: line }] })),
  );
  let state = Y.encodeStateAsUpdate(doc);
  for (let author = 0; author < 20 && scattered > 0; author += 1) {
    const writer = new Y.Doc();
    Y.applyUpdate(writer, state);
    const text = writer.getText("prose:text");
    writer.transact(() => {
      for (let i = 0; i < scattered / 20; i += 1) text.insert(Math.floor(Math.random() * text.length), "x");
    });
    state = Y.encodeStateAsUpdate(writer);
  }
  return state;
};

/** Items in the list of the text: what the cost used to grow with. */
const itemsOf = (text: Y.Text): number => Y.getTypeChildren(text).length;

class View implements BoundView {
  state: EditorState;
  composing = false;
  readonly #handle: ReturnType<Binding["attach"]>;

  constructor(text: Y.Text) {
    const binding = new Binding(text);
    this.state = EditorState.create({ schema, doc: startOf(text), plugins: [binding.plugin()] });
    this.#handle = binding.attach(this);
  }

  dispatch(tr: EditorState["tr"]): void {
    const before = this.state;
    this.state = this.state.apply(tr);
    this.#handle.update(this, before);
  }
}

interface Cost {
  items: number;
  cached: boolean;
  /** Medians, in milliseconds. */
  read: number;
  local: number;
  remote: number;
}

/** Measures one text; without the cache every question counts the text anew. */
const measure = (state: Uint8Array, cached: boolean, strokes = 200): Cost => {
  const { prototype } = Positions;
  // oxlint-disable-next-line unbound-method -- put back below, called on their own object
  const { find, indexOf } = prototype;
  if (!cached) {
    prototype.find = function counted(index) {
      this.forget();
      return find.call(this, index);
    };
    prototype.indexOf = function counted(item) {
      this.forget();
      return indexOf.call(this, item);
    };
  }
  try {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state, "relay");
    const text = doc.getText("prose:text");
    const view = new View(text);
    const there = new Y.Doc();
    Y.applyUpdate(there, state);
    const [local, remote]: [number[], number[]] = [[], []];
    let at = view.state.doc.content.size >> 1;
    for (let i = 0; i < strokes; i += 1) {
      local.push(time(() => view.dispatch(view.state.tr.insertText("a", at))));
      at += 1;
      if (i % 20 === 0) at = 2 + Math.floor(Math.random() * 2400) * 82 + Math.floor(Math.random() * 60);
      const before = Y.encodeStateVector(there);
      there.getText("prose:text").insert(Math.floor(Math.random() * there.getText("prose:text").length), "b");
      const update = Y.encodeStateAsUpdate(there, before);
      remote.push(time(() => Y.applyUpdate(doc, update, "relay")));
    }
    const read = median(Array.from({ length: 7 }, () => time(() => readText(text))));
    return { items: itemsOf(text), cached, read, local: median(local), remote: median(remote) };
  } finally {
    Object.assign(prototype, { find, indexOf });
  }
};

/** The table of this benchmark. */
export const textTable = (): string => {
  const lines = ["| items | cache | read all | local keystroke | remote keystroke |", "|---|---|---|---|---|"];
  for (const scattered of [0, 4000, 16_000, 28_000]) {
    const state = longText(scattered);
    for (const cached of [false, true]) {
      const cost = measure(state, cached, cached ? 400 : 60);
      const figures = [cost.read, cost.local, cost.remote].map((ms) => `${ms.toFixed(2)} ms`).join(" | ");
      lines.push(`| ${cost.items} | ${cached ? "with" : "without"} | ${figures} |`);
    }
  }
  return lines.join("\n");
};
