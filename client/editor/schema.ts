/** The editor's schema: one kind of block, whose kind is an attribute, and five marks. Any document of it is valid. */
import { Schema, type DOMOutputSpec, type MarkSpec, type Node as ProseNode } from "@tiptap/pm/model";
import { DEFAULTS, MARK_KEYS, readAttributes, readMark, type Attributes } from "../../document/text/attributes.ts";
import type { Marks } from "../../minutes/value.ts";
import { t } from "../language.ts";

const HEADINGS = ["h3", "h4", "h5"] as const;

/** How one block is drawn. Each list line is a list of its own, so that list and item are real ones. */
const draw = (node: ProseNode): DOMOutputSpec => {
  const { kind, level, indent, checked } = attributesOf(node);
  const about: Record<string, string> = { class: `block block--${kind}` };
  if (indent > 0) about["data-indent"] = String(indent);
  switch (kind) {
    case "heading":
      return [HEADINGS[level - 1] ?? "h3", about, 0];
    case "bullet":
      return ["ul", about, ["li", 0]];
    case "number":
      return ["ol", about, ["li", 0]];
    case "task": {
      const box: Record<string, string> = {
        type: "checkbox",
        contenteditable: "false",
        class: "block__box",
        tabindex: "-1",
        "aria-label": t(checked ? "editor-task-done" : "editor-task-open"),
      };
      if (checked) box["checked"] = "checked";
      return [
        "div",
        { ...about, "data-checked": String(checked) },
        ["input", box],
        ["div", { class: "block__words" }, 0],
      ];
    }
    case "quote":
      return ["blockquote", about, ["p", 0]];
    default:
      return ["p", about, 0];
  }
};

/** Lines of a long text that are laid out together; nothing of the text itself, which knows of none. */
const chunk: MarkSpec = {
  // Which one, and how high it is before it is laid out for the first time.
  attrs: { number: { default: 0 }, height: { default: 0 } },
  toDOM: ({ attrs }) => {
    const dom = document.createElement("div");
    dom.className = "chunk";
    dom.style.containIntrinsicBlockSize = `auto ${Number(attrs["height"])}px`;
    return { dom, contentDOM: dom };
  },
};

const simple = (...tags: readonly [string, ...string[]]): MarkSpec => ({
  parseDOM: tags.map((tag) => ({ tag })),
  toDOM: () => [tags[0], 0],
});

const link: MarkSpec = {
  inclusive: false,
  attrs: { href: { default: "" } },
  parseDOM: [
    {
      tag: "a[href]",
      getAttrs: (element) => {
        const href = element.getAttribute("href");
        return readMark("link", href) === null ? false : { href };
      },
    },
  ],
  toDOM: ({ attrs: { href } }) => [
    "a",
    { ...(readMark("link", href) !== null && { href }), rel: "nofollow noopener noreferrer", target: "_blank" },
    0,
  ],
};

/** Made by hand and once: what Tiptap would make of extensions takes a phone as long as all the rest of waking. */
export const schema: Schema = new Schema({
  nodes: {
    doc: { content: "block+", marks: "chunk" },
    text: {},
    block: {
      content: "text*",
      marks: MARK_KEYS.join(" "),
      attrs: Object.fromEntries(Object.entries(DEFAULTS).map(([key, value]) => [key, { default: value }])),
      parseDOM: [{ tag: "p" }],
      toDOM: draw,
    },
  },
  marks: {
    chunk,
    bold: simple("strong", "b"),
    italic: simple("em", "i"),
    strike: simple("s", "del"),
    code: simple("code"),
    link,
  },
});

/** The four attributes of a block node. */
export const attributesOf = (node: ProseNode): Attributes => readAttributes((key) => node.attrs[key]);

/** The marks of a text node as a value. */
export const marksOf = (node: ProseNode): Marks => {
  const marks: Marks = {};
  for (const { type, attrs } of node.marks) {
    if (type.name === "link") marks.link = String(attrs["href"]);
    else if (type.name === "bold" || type.name === "italic" || type.name === "strike" || type.name === "code") {
      marks[type.name] = true;
    }
  }
  return marks;
};
