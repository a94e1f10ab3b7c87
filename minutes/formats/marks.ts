/** Overlapping marks as properly nested ones: links outside, code inside. */
import type { ArticleMarks, Explained, Span } from "./article.ts";

/** A stretch of text, and what stands directly before and after it in the same line. */
export interface Around {
  /** The words themselves, before anything was done to them. */
  text: string;
  before: string;
  after: string;
  /** The address these words lead to, if they are in a link. */
  link?: string;
  /** What the glossary says of them. */
  term?: Explained;
}

export interface MarkWriter {
  words: (text: string, code: boolean, around: Around) => string;
  wrap: (inside: string, mark: keyof ArticleMarks, around: Around) => string;
}

const ORDER = ["link", "bold", "italic", "strike", "term", "code"] as const satisfies readonly (keyof ArticleMarks)[];

/** Each stretch of one mark is wrapped once, however many spans it covers; words inside code reach `words` too. */
export function nestMarks(
  spans: readonly Span[],
  writer: MarkWriter,
  around: Around = { text: textOf(spans), before: "", after: "" },
  depth = 0,
): string {
  const mark = ORDER[depth];
  if (mark === undefined) return writer.words(around.text, spans[0]?.marks?.code === true, around);
  let out = "";
  for (let from = 0; from < spans.length;) {
    const value = spans[from]?.marks?.[mark];
    let to = from + 1;
    while (to < spans.length && spans[to]?.marks?.[mark] === value) to += 1;
    const beside: Around = {
      text: textOf(spans.slice(from, to)),
      before: spans[from - 1]?.text ?? around.before,
      after: spans[to]?.text ?? around.after,
      ...(typeof value === "string" ? { link: value } : around.link === undefined ? {} : { link: around.link }),
      ...(typeof value === "object" ? { term: value } : {}),
    };
    const inside = nestMarks(spans.slice(from, to), writer, beside, depth + 1);
    out += value === undefined ? inside : writer.wrap(inside, mark, beside);
    from = to;
  }
  return out;
}

function textOf(spans: readonly Span[]): string {
  return spans.map((span) => span.text).join("");
}
