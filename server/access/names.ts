/** What people call themselves, and a moment of the past, made harmless: one line, no characters that act on what stands around them. */

const LONGEST_NAME = 80;
const LONGEST_ORGANISATION = 120;
const LONGEST_MOMENT = 120;

/** Controls, line ends, and the marks that turn the direction of the text around them or hide in it. */
const ACTING = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+/gu;

const tidy = (text: string, longest: number): string => {
  const line = text.toWellFormed().normalize("NFC").replaceAll(ACTING, " ").replaceAll(/\s+/g, " ").trim();
  return Array.from(line).slice(0, longest).join("").trim();
};

export const tidyName = (name: string): string => tidy(name, LONGEST_NAME);
export const tidyOrganisation = (organisation: string): string => tidy(organisation, LONGEST_ORGANISATION);
export const tidyMoment = (moment: string): string => tidy(moment, LONGEST_MOMENT);
