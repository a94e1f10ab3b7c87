/** Prose as ordinary HTML: real lists, nested and numbered, headings under the section's own, marks and safe links. */
import type { ComponentChildren, FunctionComponent } from "preact";
import { isLinkable } from "../../minutes/address.ts";
import { hostBeside } from "../../minutes/host.ts";
import { listTree, type Entry, type List, type ListNode } from "../../minutes/list.ts";
import type { Block, Language, Prose, Span } from "../../minutes/value.ts";
import { t } from "../language.ts";

/** Read-only and complete; holds no listener of its own. */
export const StaticProse: FunctionComponent<{ prose: Prose; lang: Language }> = ({ prose, lang }) => (
  <div class="prose" lang={lang}>
    {nodes(listTree(prose))}
  </div>
);

const nodes = (all: readonly ListNode[]): ComponentChildren =>
  all.map((node) => (node.type === "list" ? list(node) : leaf(node.block, node.index)));

const leaf = (block: Block, key: number): ComponentChildren => {
  const words = spans(block);
  switch (block.kind) {
    case "heading": {
      // The section's own heading is an h2: headings inside it begin below.
      const Heading = (["h3", "h4", "h5"] as const)[(block.level ?? 1) - 1] ?? "h3";
      return <Heading key={key}>{words}</Heading>;
    }
    case "quote":
      return (
        <blockquote key={key}>
          <p>{words}</p>
        </blockquote>
      );
    default:
      return (
        <p key={key} data-indent={block.indent}>
          {words}
        </p>
      );
  }
};

const list = ({ marker, entries }: List): ComponentChildren => {
  const rows = entries.map((entry) => row(entry));
  const key = `list-${entries[0]?.index}`;
  if (marker === "number") return <ol key={key}>{rows}</ol>;
  return (
    <ul key={key} class={marker === "task" ? "prose__tasks" : undefined}>
      {rows}
    </ul>
  );
};

const row = ({ block, children, index }: Entry): ComponentChildren => (
  <li key={index}>
    {block.kind === "task" && (
      <span class="prose__box" role="img" aria-label={t(block.checked ? "editor-task-done" : "editor-task-open")}>
        {block.checked ? "☑" : "☐"}
      </span>
    )}
    <span class="prose__line">{spans(block)}</span>
    {nodes(children)}
  </li>
);

// An empty line keeps its height.
const spans = (block: Block): ComponentChildren => (block.spans.length === 0 ? <br /> : block.spans.map(span));

const span = ({ text, marks = {} }: Span, key: number): ComponentChildren => {
  let words: ComponentChildren = text;
  if (marks.code) words = <code>{words}</code>;
  if (marks.strike) words = <s>{words}</s>;
  if (marks.italic) words = <em>{words}</em>;
  if (marks.bold) words = <strong>{words}</strong>;
  if (marks.link !== undefined && isLinkable(marks.link)) {
    words = (
      <a href={marks.link} target="_blank" rel="nofollow noopener noreferrer" data-host={hostBeside(text, marks.link)}>
        {words}
      </a>
    );
  }
  return <span key={key}>{words}</span>;
};
