/** The words in any value a document may hold, in whatever form a foreign hand wrote them. Total. */
import * as Y from "yjs";
import { plainText, proseFromPlain } from "../../minutes/plain.ts";
import type { Prose } from "../../minutes/value.ts";
import { entriesOf, sequenceOf } from "../text/internals.ts";
import { readOnce } from "../text/remembered.ts";

/** Every word in `value`, one line per value. A stack of our own: foreign nesting must not overflow the program's. */
export function wordsOf(value: unknown): string {
  const said: string[] = [];
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const next = stack.pop();
    if (typeof next === "string") said.push(next);
    else if (typeof next === "number" || typeof next === "bigint") said.push(String(next));
    else for (const part of partsOf(next).toReversed()) stack.push(part);
  }
  return said
    .join("")
    .replace(/\n+/g, "\n")
    .replace(/^\n|\n$/g, "")
    .toWellFormed();
}

function partsOf(value: unknown): unknown[] {
  if (value instanceof Y.AbstractType) {
    const held = sequenceOf(value).map((each) => {
      if (each.typed) return each.value;
      // A map in a text is the end of a block; its entries are the block's kind, not words.
      return value instanceof Y.Text && each.value instanceof Y.Map ? "\n" : lines([each.value]);
    });
    return [...held, ...lines(entriesOf(value).map(([, each]) => each))];
  }
  if (value instanceof Uint8Array || value instanceof Y.Doc) return [];
  // Own entries only: a prototype may have been chosen by whoever sent the value.
  return typeof value === "object" && value !== null ? lines(Object.values(value)) : [];
}

const lines = (values: readonly unknown[]): unknown[] => values.flatMap((each) => ["\n", each]);

/** A value as text: what is not text is searched for words. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value.toWellFormed();
  return typeof value === "boolean" ? String(value) : wordsOf(value);
}

/** A value as one line. */
export function lineOf(value: unknown): string {
  return textOf(value).replace(/\s*[\n\r\u2028\u2029]+\s*/gu, " ");
}

/** A value as a list: one entry per line. */
export function listOf(value: unknown): string[] {
  return textOf(value)
    .split("\n")
    .filter((each) => each.trim() !== "");
}

const plain = new WeakMap<Prose, string>();

/** The words of a body that is never written to again: put together once, for as long as it is given again and again. */
export function plainOf(body: Prose): string {
  const words = plain.get(body) ?? plainText(body);
  plain.set(body, words);
  return words;
}

/** A value as rich text: a shared text, or anything else as plain words. Never without a block. */
export function bodyOf(value: unknown): Prose {
  if (!(value instanceof Y.Text)) return proseFromPlain(textOf(value));
  const body = readOnce(value);
  const foreign = body.some((block) => block.spans.some((span) => span.text.includes("\uFFFC")))
    ? sequenceOf(value).filter((each) => !each.typed && !(each.value instanceof Y.Map))
    : [];
  const words = wordsOf([...foreign.map((each) => each.value), ...entriesOf(value).map(([, each]) => each)]);
  return words === "" ? body : [...body, ...proseFromPlain(words)];
}

/** A shared text or anything else as one line of plain words. */
export function plainLineOf(value: unknown): string {
  return lineOf(plainOf(bodyOf(value)));
}

/** `value` when it is one of a closed list. */
export function oneOf<T>(list: readonly T[], value: unknown): T | undefined {
  return list.find((each) => each === value);
}
