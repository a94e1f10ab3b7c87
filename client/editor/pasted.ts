/** Reads foreign HTML as flat lines: kinds, indents, marks and safe links; everything else is only its words. */
import type { Mark, Node as ProseNode } from "@tiptap/pm/model";
import { DEFAULTS, readMark, type Attributes, type MarkKey } from "../../document/text/attributes.ts";
import { MAX_INDENT } from "../../minutes/value.ts";
import { schema } from "./schema.ts";

export interface PastedLine {
  attributes: Attributes;
  nodes: ProseNode[];
}

const SKIPPED = new Set(["SCRIPT", "STYLE", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "NOSCRIPT", "OBJECT", "SVG"]);
const MARKS: Record<string, MarkKey> = {
  B: "bold",
  STRONG: "bold",
  I: "italic",
  EM: "italic",
  S: "strike",
  DEL: "strike",
  STRIKE: "strike",
  CODE: "code",
};
const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TR UL".split(
    " ",
  ),
);

/** Also what loads: captions of a film do while they are read, in a document that is shown nowhere. */
const ACTING = /(?<=[\s/"'])(on\w+|style|src|srcset|poster|background|data)\s*=/gi;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;

/**
 * The same HTML with nothing in it that acts: style sheets and base addresses are left out, handlers, styles and sources
 * become data. The page's policy blocks them anyway, but reports each as an attack, and a blocked style says nothing of bold.
 */
export const inert = (html: string): string =>
  html
    .replaceAll(/<style\b[\s\S]*?(?:<\/style\s*>|$)/gi, "")
    .replaceAll(/<(?:base|link|meta)\b[^>]*>/gi, "")
    .replaceAll(TAG, (tag) => tag.replaceAll(ACTING, "data-$1="));

/** The lines of a piece of HTML, without empty ones at the ends. */
export const linesOf = (dom: Node): PastedLine[] => {
  const reader = new Reader();
  reader.children(dom, { attributes: DEFAULTS, marks: [], kept: false });
  return reader.done();
};

interface Context {
  attributes: Attributes;
  marks: readonly Mark[];
  /** White space is as it is written. */
  kept: boolean;
}

class Reader {
  readonly #lines: PastedLine[] = [];
  #line: PastedLine | undefined;
  #depth = -1;

  done(): PastedLine[] {
    this.#end();
    return this.#lines;
  }

  children(node: Node, context: Context): void {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) this.#words(child.nodeValue ?? "", context);
      else if (child instanceof HTMLElement) this.#element(child, context);
    }
  }

  #element(element: HTMLElement, context: Context): void {
    const tag = element.tagName;
    if (SKIPPED.has(tag)) return;
    if (tag === "BR") return this.#end(context);
    if (tag === "INPUT") {
      if (element.getAttribute("type") === "checkbox" && this.#line === undefined) this.#task(element, context);
      return;
    }
    if (tag === "TD" || tag === "TH") {
      if (this.#line) this.#words(" ", { ...context, kept: true });
      return this.children(element, context);
    }
    const inner = { ...this.#inside(element, context), marks: marksOf(element, context.marks) };
    if (!BLOCKS.has(tag)) return this.children(element, inner);
    const list = tag === "UL" || tag === "OL";
    if (list) this.#depth += 1;
    this.#end();
    // A quote's or an item's own paragraph is that very line; an empty one is a line all the same.
    const before = this.#lines.length;
    this.children(element, inner);
    this.#end();
    if (this.#lines.length === before && (tag === "P" || tag === "LI")) this.#lines.push({ ...inner, nodes: [] });
    if (list) this.#depth -= 1;
  }

  #inside(element: HTMLElement, context: Context): Context {
    const attributes = this.#attributes(element, context.attributes);
    return { ...context, attributes, kept: context.kept || element.tagName === "PRE" };
  }

  #attributes(element: HTMLElement, outer: Attributes): Attributes {
    const tag = element.tagName;
    if (/^H[1-6]$/u.test(tag)) {
      // Ours begin at h3, under the section's own heading; foreign ones at h1.
      const level = Number(tag.charAt(1)) - (element.classList.contains("block--heading") ? 2 : 0);
      return { ...DEFAULTS, kind: "heading", level: Math.max(1, Math.min(3, level)) };
    }
    if (tag === "LI") {
      const list = element.parentElement;
      const own = Number(list?.dataset["indent"] ?? 0);
      const indent = Math.min(MAX_INDENT, Math.max(0, this.#depth) + (Number.isInteger(own) && own > 0 ? own : 0));
      return { ...DEFAULTS, kind: list?.tagName === "OL" ? "number" : "bullet", indent };
    }
    if (tag === "BLOCKQUOTE") return { ...DEFAULTS, kind: "quote" };
    if (element.dataset["checked"] !== undefined) {
      return { ...outer, kind: "task", checked: element.dataset["checked"] === "true" };
    }
    return outer;
  }

  #task(element: HTMLElement, context: Context): void {
    this.#begin({ ...context.attributes, kind: "task", checked: element.hasAttribute("checked") });
  }

  #begin(attributes: Attributes): PastedLine {
    this.#line ??= { attributes, nodes: [] };
    return this.#line;
  }

  #words(raw: string, context: Context): void {
    if (context.kept) {
      for (const [i, words] of raw.split(/\r\n|\n|\r/u).entries()) {
        if (i > 0) this.#end(context);
        if (words !== "") this.#begin(context.attributes).nodes.push(schema.text(words, context.marks));
      }
      return;
    }
    let words = raw.replaceAll(/[ \t\r\n\f]+/gu, " ");
    const last = this.#line?.nodes.at(-1)?.text;
    if (last === undefined || last.endsWith(" ")) words = words.replace(/^ /u, "");
    if (words !== "") this.#begin(context.attributes).nodes.push(schema.text(words, context.marks));
  }

  /** Ends the line; with a context even an empty one, for a line break. */
  #end(context?: Context): void {
    if (!this.#line && context) this.#begin(context.attributes);
    if (!this.#line) return;
    const last = this.#line.nodes.at(-1);
    if (last?.text?.endsWith(" ")) {
      const words = last.text.trimEnd();
      this.#line.nodes.pop();
      if (words !== "") this.#line.nodes.push(schema.text(words, last.marks));
    }
    this.#lines.push(this.#line);
    this.#line = undefined;
  }
}

/** What the style of an element said of a property, before it was made data. */
const declared = (element: HTMLElement, property: string): string =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([\\w-]+)`, "i")
    .exec(element.dataset["style"] ?? "")?.[1]
    ?.toLowerCase() ?? "";

const marksOf = (element: HTMLElement, outer: readonly Mark[]): readonly Mark[] => {
  const key = MARKS[element.tagName];
  const fontWeight = declared(element, "font-weight");
  let marks = outer;
  // Some editors wrap everything in a <b> that is not bold.
  if (key && !(key === "bold" && fontWeight === "normal")) marks = schema.mark(key).addToSet([...marks]);
  if (/^(?:bold|[6-9]00)$/u.test(fontWeight)) marks = schema.mark("bold").addToSet([...marks]);
  if (declared(element, "font-style") === "italic") marks = schema.mark("italic").addToSet([...marks]);
  const href = element.tagName === "A" ? readMark("link", element.getAttribute("href")) : null;
  return href === null ? marks : schema.mark("link", { href }).addToSet([...marks]);
};
