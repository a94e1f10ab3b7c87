/** Random ids for everything people create: two of them never meet under one map key. */

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Whether it is an id the server gives to visitors; a program with a bare link is one of them, and on no list. */
export const isVisitorId = (id: string): boolean => /^[0-9A-Za-z]{17}$/u.test(id);

/** 16 characters, about 82 bits, matching /^[a-z][a-z0-9]{15}$/ so that it can be a section's id in a template too. */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint16Array(16));
  return Array.from(random, (value, i) => LETTERS[value % (i === 0 ? 26 : 36)]).join("");
}
