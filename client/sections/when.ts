/** Times and dates of the interface, as people say them. */
import type { Language } from "../../minutes/value.ts";

const MINUTE = 60_000;

/** Made once for each: making one takes longer than drawing the item it stands in. */
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (language: Language, day: boolean, year: boolean): Intl.DateTimeFormat => {
  const key = `${language} ${day} ${year}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
      hour: "2-digit",
      minute: "2-digit",
      ...(day ? { day: "numeric", month: "short" } : {}),
      ...(year ? { year: "numeric" } : {}),
    });
  formats.set(key, format);
  return format;
};

/** "10:42" today, "28 févr., 10:42" on another day; undefined for less than a minute ago, or what is no time. */
export const shortTime = (at: string, now: Date, language: Language): string | undefined => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime()) || Math.abs(now.getTime() - date.getTime()) < MINUTE) return undefined;
  const today = date.toDateString() === now.toDateString();
  return formatOf(language, !today, date.getFullYear() !== now.getFullYear()).format(date);
};

/** Whether `at` is less than a minute ago. */
export const isJustNow = (at: string, now: Date): boolean => Math.abs(now.getTime() - new Date(at).getTime()) < MINUTE;
