/** A label and its value, as every format writes them. */
import type { Language } from "../value.ts";
import type { Fact } from "./article.ts";
import { inline } from "./inline.ts";

/** `datetime` is the machine form of a date or a time, where there is one. */
export function fact(label: string, value: string, language: Language, datetime?: string): Fact {
  const endsItself = label.trim() === "" || /[:?!]\s*$/u.test(label);
  return {
    label: inline(label.trim(), language),
    separator: endsItself ? " " : language === "fr" ? "\u00A0: " : ": ",
    spans: inline(value, language),
    ...(datetime === undefined ? {} : { datetime }),
  };
}
