/** Dates and times of day: how people type them, how they are kept, how each language writes them. */
import type { Language } from "./value.ts";

const MONTHS: Record<Language, readonly string[]> = {
  fr: [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
  ],
  en: [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
  ],
};

/** Takes `2017-02-28`, gives "28 février 2017" or "28 February 2017"; anything else comes back as it is. */
export function dateText(value: string, language: Language): string {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(value);
  if (!date || isoDate(date[1], date[2], date[3]) === undefined) return value;
  const day = Number(date[3]);
  const first = language === "fr" && day === 1 ? "1er" : String(day);
  return `${first} ${MONTHS[language][Number(date[2]) - 1]} ${Number(date[1])}`;
}

/**
 * The date somebody typed, as `2017-02-28`: ISO, "28/02/2017", "mardi 28 février 2017", "Feb. 28th, 2017"; months in
 * both languages, figures always day first. Undefined where the year is missing or the day does not exist.
 */
export function dateOf(typed: string): string | undefined {
  const text = fold(typed).replace(/[,]/gu, " ").trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso) return isoDate(iso[1], iso[2], iso[3]);
  const figures = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})$/u.exec(text);
  if (figures) return isoDate(century(figures[3] ?? ""), figures[2], figures[1]);
  const dayFirst = /^(?:[a-z]+\.?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\.?\s+(\d{4})$/u.exec(text);
  if (dayFirst) return isoDate(dayFirst[3], monthOf(dayFirst[2] ?? ""), dayFirst[1]);
  const monthFirst = /^(?:[a-z]+\.?\s+)?([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s+(\d{4})$/u.exec(text);
  if (monthFirst) return isoDate(monthFirst[3], monthOf(monthFirst[1] ?? ""), monthFirst[2]);
  return undefined;
}

/** Takes `14:30`, gives "14 h 30" or "14:30"; anything else comes back as it is. */
export function timeText(value: string, language: Language): string {
  const time = /^(\d\d):(\d\d)$/u.exec(value);
  if (!time || language === "en") return value;
  return time[2] === "00" ? `${Number(time[1])} h` : `${Number(time[1])} h ${time[2]}`;
}

/** The time somebody typed, as `14:30`: "14h30", "14 h", "2.30 pm". Undefined where it is none. */
export function timeOf(typed: string): string | undefined {
  const time = /^(\d{1,2})\s*(?:(?:h|heures?|:|\.)\s*(\d{2})?)?\s*(?:min)?\s*(am|pm)?$/u.exec(fold(typed).trim());
  if (!time || (time[2] === undefined && time[3] === undefined && !/[h:]/u.test(typed))) return undefined;
  const shift = time[3] === "pm" && Number(time[1]) < 12 ? 12 : 0;
  const hours = time[3] === "am" && Number(time[1]) === 12 ? 0 : Number(time[1]) + shift;
  const minutes = Number(time[2] ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s\u00A0\u202F]+/gu, " ");
}

/** By its first letters, as long as they name one month only: "fév", "sept", "juil", "Jun". */
function monthOf(name: string): string | undefined {
  if (name.length < 3) return undefined;
  const found = new Set<number>();
  for (const months of [MONTHS.fr, MONTHS.en]) {
    for (const [index, month] of months.entries()) if (fold(month).startsWith(name)) found.add(index + 1);
  }
  return found.size === 1 ? String([...found][0]) : undefined;
}

function century(year: string): string {
  return year.length === 2 ? `20${year}` : year;
}

function isoDate(year = "", month = "", day = ""): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const iso = `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  // Date would turn 30 February into 2 March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}
