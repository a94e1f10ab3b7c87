/** Prose as ordinary HTML: real lists, nested and numbered, headings under the section's own, marks and safe links. */
import type { ComponentChildren, FunctionComponent } from "preact";
import { useRef } from "preact/hooks";
import { isLinkable } from "../../minutes/address.ts";
import { hostBeside } from "../../minutes/host.ts";
import { listTree, type Entry, type List, type ListNode } from "../../minutes/list.ts";
import type { Block, Language, Prose, Span } from "../../minutes/value.ts";
import { t } from "../language.ts";
import { recognise, type Line } from "./likeness.ts";
import { Words } from "./Words.tsx";

/** Gives the places of a prose keys that stay with their lines, and lists keys that stay with theirs. */
interface Keys {
  line: (index: number) => number;
  list: (list: List) => string;
}

const plainWords = ({ kind, spans: all }: Block): string => `${kind} ${all.map(({ text }) => text).join("")}`;

/** A line that somebody puts in above must not push its words through the nodes of those below: they are read, or selected. */
const useKeys = (prose: Prose): Keys => {
  const kept = useRef<{ prose: Prose; lines: Line[]; lists: Map<number, string>; next: number }>({
    prose: [],
    lines: [],
    lists: new Map(),
    next: 0,
  });
  const { prose: before, lines: known, lists } = kept.current;
  // Of a long text little changes at once: what is the very same at both ends needs no look.
  let start = 0;
  let end = 0;
  const most = Math.min(before.length, prose.length);
  while (start < most && before[start] === prose[start]) start += 1;
  while (end < most - start && before.at(-1 - end) === prose.at(-1 - end)) end += 1;
  const between = recognise(
    known.slice(start, known.length - end),
    prose.slice(start, prose.length - end).map(plainWords),
    () => (kept.current.next += 1),
  );
  const lines = [...known.slice(0, start), ...between, ...known.slice(known.length - end)];
  kept.current.prose = prose;
  kept.current.lines = lines;
  kept.current.lists = new Map();
  const given = new Set<string>();
  const line = (index: number): number => lines[index]?.key ?? index;
  return {
    line,
    list({ entries }) {
      const within = entries.map(({ index }) => line(index));
      const named = within.map((key) => lists.get(key)).find((key) => key !== undefined && !given.has(key));
      const list = named ?? `list-${within[0]}`;
      given.add(list);
      for (const key of within) kept.current.lists.set(key, list);
      return list;
    },
  };
};

/** Read-only and complete; holds no listener of its own. */
export const StaticProse: FunctionComponent<{ prose: Prose; lang: Language }> = ({ prose, lang }) => {
  const keys = useKeys(prose);
  return (
    <div class="prose" lang={lang}>
      {nodes(listTree(prose), keys)}
    </div>
  );
};

const nodes = (all: readonly ListNode[], keys: Keys): ComponentChildren =>
  all.map((node) => (node.type === "list" ? list(node, keys) : leaf(node.block, keys.line(node.index))));

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

const list = (all: List, keys: Keys): ComponentChildren => {
  const { marker, entries } = all;
  const key = keys.list(all);
  const rows = entries.map((entry) => row(entry, keys));
  if (marker === "number") return <ol key={key}>{rows}</ol>;
  return (
    <ul key={key} class={marker === "task" ? "prose__tasks" : undefined}>
      {rows}
    </ul>
  );
};

const row = ({ block, children, index }: Entry, keys: Keys): ComponentChildren => (
  <li key={keys.line(index)}>
    {block.kind === "task" && (
      <span class="prose__box" role="img" aria-label={t(block.checked ? "editor-task-done" : "editor-task-open")}>
        {block.checked ? "☑" : "☐"}
      </span>
    )}
    <span class="prose__line">{spans(block)}</span>
    {nodes(children, keys)}
  </li>
);

// An empty line keeps its height.
const spans = (block: Block): ComponentChildren => (block.spans.length === 0 ? <br /> : block.spans.map(span));

const span = ({ text, marks = {} }: Span, key: number): ComponentChildren => {
  if (Object.keys(marks).length === 0) return <Words key={key} text={text} />;
  let words: ComponentChildren = <Words text={text} />;
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
