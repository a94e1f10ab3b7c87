/** The items of the minutes as a CSV file (RFC 4180): what one opens in a spreadsheet to sort and to count. */
import type { Language, Minutes } from "../value.ts";
import { itemTable, type Cell } from "./table.ts";

/** Spreadsheets take the list separator of their country for the one of the file. */
const SEPARATORS: Record<Language, string> = { fr: ";", en: "," };

/** By it, spreadsheets know that the letters are UTF-8. */
const SIGN = "\uFEFF";

/** Every line ends in CRLF, the last one too; no cell is one that a spreadsheet would run. */
export function csv(minutes: Minutes): string {
  const separator = SEPARATORS[minutes.language];
  const lines = itemTable(minutes).map((row) => `${row.map(written).join(separator)}\r\n`);
  return SIGN + lines.join("");
}

/** Words always stand between quotation marks, so that those of digits can be told from numbers. */
function written(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  return cell === "" ? "" : `"${inert(cell).replaceAll('"', '""')}"`;
}

/** `=`, `+`, `-` and `@`, the minus of printers, and all that Unicode takes for the same: wide, small, raised, doubled. */
const SIGNS =
  "=+\\-@\\u2212\\u207A-\\u207C\\u208A-\\u208C\\u2A75\\u2A76\\uFB29\\uFE62\\uFE63\\uFE66\\uFE6B\\uFF0B\\uFF0D\\uFF1D\\uFF20";
/**
 * What a spreadsheet reads as the start of a formula: a sign, also behind blanks and characters nobody sees, and what some
 * of them drop before they look.
 */
const RUNS = new RegExp(`^'*(?:[\\0\\t\\n\\r]|[\\s\\p{Cc}\\p{Cf}]*[${SIGNS}])`, "u");

/** With an apostrophe before it. One more where there are some already: who takes one away has what was written. */
function inert(words: string): string {
  const known = words.toWellFormed();
  return RUNS.test(known) ? `'${known}` : known;
}
