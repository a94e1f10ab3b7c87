/** Every format the minutes can be exported to, by the extension of its address. A new format is one line here. */
import type { Minutes } from "../value.ts";
import { csv } from "./csv.ts";
import { htmlDocument } from "./html.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";
import type { Place } from "./place.ts";
import { text } from "./text.ts";

export interface Format {
  mediaType: string;
  /** No browser shows it as it is meant: it is handed over as a file. */
  attached?: true;
  render: (minutes: Minutes, place?: Place) => string;
}

export const FORMATS: ReadonlyMap<string, Format> = new Map([
  ["html", { mediaType: "text/html; charset=utf-8", render: htmlDocument }],
  ["md", { mediaType: "text/markdown; charset=utf-8", render: markdown }],
  ["txt", { mediaType: "text/plain; charset=utf-8", render: text }],
  ["csv", { mediaType: "text/csv; charset=utf-8; header=present", attached: true, render: csv }],
  ["json", { mediaType: "application/json; charset=utf-8", render: json }],
]);
