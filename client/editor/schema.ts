/** The editor's schema: one kind of block, whose kind is an attribute, and five marks. Any document of it is valid. */
import { getSchema, Mark, mergeAttributes, Node, type Extensions } from "@tiptap/core";
import type { DOMOutputSpec, Node as ProseNode, Schema } from "@tiptap/pm/model";
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

const Block = Node.create({
  name: "block",
  content: "text*",
  marks: MARK_KEYS.join(" "),
  addAttributes: () =>
    Object.fromEntries(Object.entries(DEFAULTS).map(([key, value]) => [key, { default: value, rendered: false }])),
  parseHTML: () => [{ tag: "p" }],
  renderHTML: ({ node }) => draw(node),
});

const Doc = Node.create({ name: "doc", topNode: true, content: "block+", marks: "chunk" });

/** Lines of a long text that are laid out together; nothing of the text itself, which knows of none. */
const Chunk = Mark.create({
  name: "chunk",
  // Which one, and how high it is before it is laid out for the first time.
  addAttributes: () => ({ number: { default: 0 }, height: { default: 0 } }),
  renderHTML: ({ mark }) => {
    const dom = document.createElement("div");
    dom.className = "chunk";
    dom.style.containIntrinsicBlockSize = `auto ${Number(mark.attrs["height"])}px`;
    return { dom, contentDOM: dom };
  },
});

const Text = Node.create({ name: "text" });

const simple = (name: string, tags: readonly string[], style?: string) =>
  Mark.create({
    name,
    parseHTML: () => [...tags.map((tag) => ({ tag })), ...(style === undefined ? [] : [{ style }])],
    renderHTML: ({ HTMLAttributes }) => [tags[0] as string, HTMLAttributes, 0],
  });

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [
    { tag: "a[href]", getAttrs: (element) => (readMark("link", element.getAttribute("href")) === null ? false : null) },
  ],
  renderHTML: ({ HTMLAttributes }) => [
    "a",
    mergeAttributes(readMark("link", HTMLAttributes["href"]) === null ? {} : { href: HTMLAttributes["href"] }, {
      rel: "nofollow noopener noreferrer",
      target: "_blank",
    }),
    0,
  ],
});

/** The nodes and marks for an editor of Tiptap. */
export const SCHEMA_EXTENSIONS: Extensions = [
  Doc,
  Text,
  Block,
  Chunk,
  simple("bold", ["strong", "b"]),
  simple("italic", ["em", "i"]),
  simple("strike", ["s", "del"]),
  simple("code", ["code"]),
  Link,
];

export const schema: Schema = getSchema(SCHEMA_EXTENSIONS);

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
