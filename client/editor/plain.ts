/** Which texts have no marks. */

/** A text without marks: the workshop's title. */
export const isPlain = (place: string): boolean => place === "title";
