/** Lines of text laid out beside a marker, for the formats made of lines. */

/** Puts a marker before the first line and the same width of blanks before the others; blank lines stay empty. */
export function hang(marker: string, body: string): string {
  const blanks = " ".repeat(marker.length);
  return body
    .split("\n")
    .map((line, index) => (index === 0 ? marker + line : line === "" ? "" : blanks + line))
    .join("\n");
}
