/** What one types to get a list, a heading or bold: a few signs of Markdown, taken away as soon as they are understood. */
import { InputRule, inputRules } from "@tiptap/pm/inputrules";
import type { Plugin } from "@tiptap/pm/state";
import type { Attributes, MarkKey } from "../../document/text/attributes.ts";
import { attributesOf, schema } from "./schema.ts";

/** At the start of a line that is still plain, or of a list line that becomes another kind. */
const line = (pattern: RegExp, attributes: (match: RegExpMatchArray) => Partial<Attributes>): InputRule =>
  new InputRule(pattern, (state, match, start, end) => {
    const $start = state.doc.resolve(start);
    const wanted = attributes(match);
    const now = attributesOf($start.parent);
    if (now.kind === wanted.kind && now.level === (wanted.level ?? now.level)) return null;
    const { tr } = state;
    const position = $start.before(1);
    tr.delete(start, end);
    for (const [key, value] of Object.entries(wanted)) tr.setNodeAttribute(position, key, value);
    return tr;
  });

/** Signs around words: the words stay the characters they were and take the mark. */
const around = (pattern: RegExp, key: MarkKey, sign: number): InputRule =>
  new InputRule(pattern, (state, match, start, end) => {
    const before = match[1] ?? "";
    const words = match[2] ?? "";
    const from = start + before.length + sign;
    const mark = schema.mark(key);
    const { tr } = state;
    tr.addMark(from, from + words.length, mark);
    tr.delete(from + words.length, end);
    tr.delete(from - sign, from);
    return tr.removeStoredMark(mark.type);
  });

/** The rules; on one line there are only those for marks. */
export const shortcuts = (oneLine: boolean): Plugin => {
  const lines = [
    line(/^\s?[-*•]\s$/u, () => ({ kind: "bullet" })),
    line(/^1[.)]\s$/u, () => ({ kind: "number" })),
    line(/^(#{1,3})\s$/u, (match) => ({ kind: "heading", level: match[1]?.length ?? 1 })),
    line(/^\[([ xX]?)\]\s$/u, (match) => ({ kind: "task", checked: match[1]?.toLowerCase() === "x" })),
    line(/^>\s$/u, () => ({ kind: "quote" })),
  ];
  const marks = [
    around(/(^|[^*])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/u, "bold", 2),
    around(/(^|[^*\p{L}\p{N}])\*([^*\s](?:[^*]*[^*\s])?)\*$/u, "italic", 1),
    around(/(^|[^_\p{L}\p{N}])_([^_\s](?:[^_]*[^_\s])?)_$/u, "italic", 1),
    around(/(^|[^~])~~([^~\s](?:[^~]*[^~\s])?)~~$/u, "strike", 2),
    around(/(^|[^`])`([^`]+)`$/u, "code", 1),
  ];
  return inputRules({ rules: oneLine ? marks : [...lines, ...marks] });
};
