/** Rich text as part of an article: its lists nested, its headings below the heading they stand under. */
import { listTree, type ListNode } from "../list.ts";
import { isBlank } from "../plain.ts";
import type { Language, Prose } from "../value.ts";
import type { ArticleNode } from "./article.ts";
import { inline } from "./inline.ts";

/** `level` is the first one free for headings inside; levels people skipped are closed up, so that none is missing. */
export function proseContent(prose: Prose, language: Language, level: number): ArticleNode[] {
  const above: number[] = [];
  const nodes = (tree: readonly ListNode[]): ArticleNode[] => tree.flatMap((node) => content(node));
  const content = (node: ListNode): ArticleNode[] => {
    if (node.type === "list") {
      const entries = node.entries
        .filter((entry) => !isBlank([entry.block]) || nodes(entry.children).length > 0)
        .map((entry, index) => ({
          ...(node.marker === "number" ? { value: index + 1 } : {}),
          ...(node.marker === "task" ? { checked: entry.block.checked ?? false } : {}),
          content: [...paragraph(inline(entry.block.spans, language)), ...nodes(entry.children)],
        }));
      return entries.length === 0 ? [] : [{ type: "list", marker: node.marker, entries }];
    }
    const spans = inline(node.block.spans, language);
    if (spans.length === 0) return [];
    if (node.block.kind === "quote") return [{ type: "quote", spans }];
    if (node.block.kind !== "heading") return paragraph(spans);
    const written = node.block.level ?? 1;
    while ((above.at(-1) ?? 0) >= written) above.pop();
    above.push(written);
    return [{ type: "heading", level: level + above.length - 1, spans }];
  };
  return nodes(listTree(prose));
}

function paragraph(spans: ReturnType<typeof inline>): ArticleNode[] {
  return spans.length === 0 ? [] : [{ type: "paragraph", spans }];
}
