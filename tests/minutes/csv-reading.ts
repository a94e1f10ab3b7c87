/** A strict reader of our CSV: what is not as RFC 4180 and our rules have it is an error. */

/** After these a spreadsheet works something out; other forms of them are the same to NFKC. */
const SIGNS = "=+-@\u2212";
/** Some spreadsheets drop these at the start of a cell. */
const DROPPED = "\0\t\n\r";

/** Whether a spreadsheet may take a cell for more than its words. */
export const runs = (cell: string): boolean => {
  const [first = ""] = cell;
  if (first !== "" && DROPPED.includes(first)) return true;
  const seen = Array.from(cell).find((character) => !/[\s\p{Cc}\p{Cf}]/u.test(character));
  return seen !== undefined && SIGNS.includes(seen.normalize("NFKC").charAt(0));
};

/** What was written, from what stands in a cell: one apostrophe less where a formula would follow them. */
export const writtenIn = (cell: string): string =>
  cell.startsWith("'") && runs(cell.replace(/^'+/u, "")) ? cell.slice(1) : cell;

/** The lines of a file, as they stand there: cells of digits are numbers, and words always in quotation marks. */
export const cellsOf = (file: string): (string | number)[][] => {
  const separator = /^\uFEFF"[^"]*"([;,])/u.exec(file)?.[1];
  if (separator === undefined) throw new Error("no sign of UTF-8, or no column");
  const lines: (string | number)[][] = [];
  let line: (string | number)[] = [];
  let at = 1;
  while (at < file.length) {
    const quoted = /"((?:[^"]|"")*)"/uy;
    const bare = /\d*/uy;
    const found = file[at] === '"' ? quoted : bare;
    found.lastIndex = at;
    const [all, words] = found.exec(file) ?? [];
    if (all === undefined) throw new Error(`a cell without an end at ${at}`);
    line.push(words?.replaceAll('""', '"') ?? (all === "" ? "" : Number(all)));
    at += all.length;
    if (file[at] === separator) {
      at += 1;
      continue;
    }
    if (!file.startsWith("\r\n", at)) throw new Error(`neither the end of a cell nor of a line at ${at}`);
    at += 2;
    lines.push(line);
    line = [];
  }
  if (line.length > 0) throw new Error("the last line does not end");
  if (lines.some(({ length }) => length !== lines[0]?.length)) throw new Error("lines of several lengths");
  return lines;
};

/** The file again as it was written: a record for each line, by the names of the columns. */
export const recordsOf = (file: string): Record<string, string | number>[] => {
  const [columns = [], ...lines] = cellsOf(file);
  return lines.map((line) =>
    Object.fromEntries(
      columns.map((column, index) => {
        const cell = line[index] ?? "";
        return [String(column), typeof cell === "number" ? cell : writtenIn(cell)];
      }),
    ),
  );
};
