/** Values of fields: what people type becomes the one form that is kept, and that form is written out per language. */
import { isLinkable } from "./address.ts";
import { dateOf, dateText, timeOf, timeText } from "./calendar.ts";
import type { Field, FieldType, Language } from "./value.ts";

/**
 * The kept form of what somebody typed ("40+" and "plus de 40" are `>40`, "1h30" is `90`); what is not understood comes
 * back as it was typed, without the blanks around it. Never throws.
 */
export function canonical(typed: string, type: FieldType, choices: readonly string[] = []): string {
  const text = typed.trim();
  if (text === "") return "";
  return understood(text, type, choices) ?? text;
}

/** Whether a kept value is one its type understands; an empty one is. */
export function fits(field: Pick<Field, "type" | "value" | "choices">): boolean {
  return field.value === "" || understood(field.value, field.type, field.choices ?? []) === field.value;
}

/** The value as a reader of this language sees it; what does not fit its type is shown as it was written. */
export function fieldText(field: Pick<Field, "type" | "value">, language: Language): string {
  const { type, value } = field;
  if (type === "date") return dateText(value, language);
  if (type === "time") return timeText(value, language);
  if (type === "duration") {
    const minutes = minutesOf(value);
    return minutes === undefined ? value : durationText(minutes, language);
  }
  return type === "number" ? numberText(value, language) : value;
}

/** The minutes of a kept duration; undefined where it is none. */
export function minutesOf(value: string): number | undefined {
  return /^\d{1,5}$/u.test(value) ? Number(value) : undefined;
}

/** "45 min", "2 h", "2 h 30" (in English "2 h 30 min"). */
export function durationText(minutes: number, language: Language): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  if (rest === 0) return `${hours} h`;
  return language === "fr" ? `${hours} h ${String(rest).padStart(2, "0")}` : `${hours} h ${rest} min`;
}

/** Longer than any date, number or duration; what people paste by mistake is not worth a search. */
const MAX_LENGTH = 200;

function understood(text: string, type: FieldType, choices: readonly string[]): string | undefined {
  if (text.length > MAX_LENGTH && type !== "line" && type !== "place" && type !== "address") return undefined;
  switch (type) {
    case "date":
      return dateOf(text);
    case "time":
      return timeOf(text);
    case "duration":
      return durationOf(text);
    case "number":
      return numberOf(text);
    case "address":
      return addressOf(text);
    case "choice":
      return choices.find((choice) => sameWords(choice, text));
    default:
      return text;
  }
}

function durationOf(typed: string): string | undefined {
  const text = typed.toLowerCase().replace(/[\s\u00A0\u202F]+/gu, " ");
  const minutesOnly = /^(\d{1,5}) ?(?:min|mins|minutes?|mn|m|'|’)?\.?$/u.exec(text);
  if (minutesOnly) return String(Number(minutesOnly[1]));
  const parts =
    /^(\d{1,4})(?:[.,](\d{1,2}))? ?(?:h|hrs?|heures?|hours?|:)\.? ?(?:(?:et|and) )?(?:(\d{1,2}) ?(?:min|mins|minutes?|mn|m|'|’)?\.?)?$/u.exec(
      text,
    );
  if (!parts || Number(parts[3] ?? 0) > 59) return undefined;
  const fraction = parts[2] === undefined ? 0 : Math.round(Number(`0.${parts[2]}`) * 60);
  const minutes = String(Number(parts[1]) * 60 + fraction + Number(parts[3] ?? 0));
  return minutesOf(minutes) === undefined ? undefined : minutes;
}

function numberOf(typed: string): string | undefined {
  const text = typed.toLowerCase().replace(/[\s\u00A0\u202F]+/gu, " ");
  const number =
    /^(>|\+ ?de|\+|plus de|plus d'|plus d’|more than|over)? ?(\d[\d ]*)(?:[.,](\d+))? ?(\+|et plus|and more|or more)?$/u.exec(
      text,
    );
  if (!number) return undefined;
  const whole = String(BigInt((number[2] ?? "").replaceAll(" ", "")));
  const more = number[1] !== undefined || number[4] !== undefined ? ">" : "";
  return `${more}${whole}${number[3] === undefined ? "" : `.${number[3]}`}`;
}

function numberText(value: string, language: Language): string {
  const number = /^(>?)(\d+(?:\.\d+)?)$/u.exec(value);
  if (!number) return value;
  const figures = language === "fr" ? (number[2] ?? "").replace(".", ",") : (number[2] ?? "");
  if (number[1] === "") return figures;
  return language === "fr" ? `Plus de ${figures}` : `More than ${figures}`;
}

function addressOf(typed: string): string | undefined {
  if (/\s/u.test(typed)) return undefined;
  const written = /^https?:\/\//iu.test(typed) ? typed : `https://${typed}`;
  if (written !== typed && !/^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+(?:[/?#:].*)?$/u.test(typed)) return undefined;
  return isLinkable(written) ? written : undefined;
}

function sameWords(left: string, right: string): boolean {
  return left.trim().localeCompare(right, "fr", { sensitivity: "base" }) === 0;
}
