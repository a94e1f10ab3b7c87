/** Rich text as it is written in a template file: one block per line, its kind said by how the line begins. */
import type { Block, Prose } from "./value.ts";

const KINDS: readonly [RegExp, (match: RegExpExecArray) => Omit<Block, "spans">][] = [
  [/^(#{1,3}) /u, (match) => ({ kind: "heading", ...(match[1] === "#" ? {} : { level: match[1]?.length ?? 1 }) })],
  [/^- \[([ x])\] /u, (match) => ({ kind: "task", ...(match[1] === "x" ? { checked: true } : {}) })],
  [/^- /u, () => ({ kind: "bullet" })],
  [/^\d+\. /u, () => ({ kind: "number" })],
  [/^> /u, () => ({ kind: "quote" })],
];

/** `# heading`, `- bullet`, `1. number`, `- [ ] task`, `> quote`; two blanks before it are one indent. Never throws. */
export function proseFromLines(lines: string): Prose {
  return lines
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(blockFromLine);
}

function blockFromLine(line: string): Block {
  const words = line.trim();
  const indent = Math.min(8, Math.floor((line.length - line.trimStart().length) / 2));
  for (const [begins, kindOf] of KINDS) {
    const match = begins.exec(`${words} `);
    if (!match) continue;
    const text = words.slice(match[0].length);
    return { ...kindOf(match), ...(indent > 0 ? { indent } : {}), spans: text === "" ? [] : [{ text }] };
  }
  return { kind: "paragraph", ...(indent > 0 ? { indent } : {}), spans: [{ text: words }] };
}
