/** Keys that belong to whatever composes a word (an input method, the keyboard of a phone) and to nobody else. */

/** What they are called by; Safari tells of the one that ends a composition only after its end. */
const TAKEN = 229;

/** Whether a key was taken by what composes a word: no field may do anything with it. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === TAKEN;
