/** Hostile texts: any value under any key, embeds of every type, half characters, no last break; then live changes. */
import * as Y from "yjs";
import { startOf } from "../../client/editor/binding.ts";
import { readText } from "../../document/text/read.ts";
import { Random } from "./random.ts";
import { Relay, Site } from "./site.ts";

const KEYS = ["kind", "level", "indent", "checked", "bold", "italic", "strike", "code", "link", "color", ""];
const POLLUTED = ["__proto__", "constructor", "toString", "hasOwnProperty"];

const WORDS = [
  "abc",
  "\n",
  "a\nb",
  "\uD83D\uDE00",
  "\uD83D",
  "\uDE00",
  "\0",
  "\uFFFD",
  "\r\n",
  "é",
  "\u202E",
  "x".repeat(40),
];

const value = (random: Random): unknown =>
  random.pick<() => unknown>([
    () => random.below(9) - 2,
    () => Number.NaN,
    () => true,
    () => null,
    () => "heading",
    () => "bullet",
    () => "javascript:alert(1)",
    () => "https://example.org/",
    () => ({ href: "https://example.org/" }),
    () => ({ toString: 1, nested: { deep: [1, { x: null }] } }),
    () => [1, "two", [3]],
    () => new Uint8Array([1, 2, 3]),
    () => "y".repeat(1000),
  ])();

const embed = (random: Random): object =>
  random.pick<() => object>([
    () => new Y.Map(),
    () => {
      const map = new Y.Map();
      for (let i = random.below(4); i >= 0; i -= 1) map.set(random.pick([...KEYS, ...POLLUTED]), value(random));
      return map;
    },
    () => new Y.Array(),
    () => new Y.Text("inside"),
    () => new Y.XmlElement("p"),
    () => new Y.XmlText("xml"),
    () => new Y.XmlFragment(),
    () => ({ image: "https://example.org/a.png" }),
    () => ({}),
  ])();

/** One hostile change. Yjs itself may refuse some: that is its affair. */
const attack = (text: Y.Text, random: Random): void => {
  const at = random.below(text.length + 1);
  const length = Math.min(text.length - at, 1 + random.below(5));
  const formats = (): Record<string, unknown> => ({ [random.pick(KEYS)]: value(random) });
  const act = random.below(7);
  if (act === 0) text.insert(at, random.pick(WORDS));
  else if (act === 1) text.insert(at, random.pick(WORDS), formats());
  else if (act === 2) text.insertEmbed(at, embed(random));
  else if (act === 3) text.insertEmbed(at, embed(random), formats());
  else if (act === 4 && length > 0) text.format(at, length, formats());
  else if (act === 5 && length > 0) text.delete(at, length);
  else if (act === 6) {
    for (const operation of text.toDelta() as { insert?: unknown }[]) {
      if (operation.insert instanceof Y.Map && random.chance(0.3)) {
        operation.insert.set(random.pick([...KEYS, ...POLLUTED]), value(random));
      }
    }
  }
};

const several = (doc: Y.Doc, text: Y.Text, random: Random, most: number): Uint8Array => {
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    for (let i = random.below(most); i >= 0; i -= 1) attack(text, random);
  });
  return Y.encodeStateAsUpdate(doc, before);
};

export interface Verdict {
  invalid: number;
  /** Updates emitted without an edit. */
  written: number;
  /** The editor shows something else than the text says. */
  different: number;
  /** Characters that typing took away. */
  lost: number;
  rereads: number;
  polluted: boolean;
}

/** Opens one hostile document, has it changed under the editor, then types into it. */
export const endure = (seed: number): Verdict => {
  const random = new Random(seed);
  const doc = new Y.Doc();
  doc.clientID = 1 + random.below(2 ** 31);
  const text = doc.getText("prose:text");
  const relay = new Relay();
  several(doc, text, random, 14);
  const site = new Site(relay, Y.encodeStateAsUpdate(doc), random);
  const verdict: Verdict = { invalid: 0, written: 0, different: 0, lost: 0, rereads: 0, polluted: false };
  const look = (): void => {
    try {
      site.state.doc.check();
    } catch {
      verdict.invalid += 1;
    }
    if (!site.state.doc.eq(startOf(site.text))) verdict.different += 1;
    readText(site.text);
  };
  look();
  for (let round = 0; round < 4; round += 1) {
    Y.applyUpdate(site.doc, several(doc, text, random, 5), relay);
    look();
  }
  verdict.written = site.made;
  for (let edit = 0; edit < 6; edit += 1) {
    const before = site.shown();
    site.caret(1 + random.below(site.state.doc.content.size));
    const { head } = site.state.selection;
    const cut = /[\uD800-\uDBFF]$/u.test(site.state.selection.$head.nodeBefore?.text ?? "");
    site.dispatch(site.state.tr.insertText("ж", cut ? head - 1 : head));
    if (site.shown().replace("ж", "") !== before) verdict.lost += 1;
    for (const typed of site.state.doc.textContent.matchAll(/ж/gu)) {
      if (typed.index >= 0) site.dispatch(site.state.tr.delete(...around(site)));
      break;
    }
    look();
  }
  verdict.rereads = site.binding.rereads;
  verdict.polluted = "nested" in {} || ({} as { kind?: unknown }).kind !== undefined;
  site.close();
  return verdict;
};

/** The range of the first typed character. */
const around = ({ state }: Site): [number, number] => {
  let found = 0;
  state.doc.descendants((node, position) => {
    const at = node.text?.indexOf("ж") ?? -1;
    if (at !== -1) found = position + at;
    return found === 0;
  });
  return [found, found + 1];
};
