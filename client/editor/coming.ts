/** Brings the editor onto the page: when the browser has nothing else to do, or at the first touch of a text. */

import type * as editing from "./editing.ts";

export type Editing = typeof editing;

let here: Editing | undefined;
let coming: Promise<Editing> | undefined;

/** The editor, if it has arrived: phones open their keyboard only for what takes the focus within the touch itself. */
export const editingNow = (): Editing | undefined => here;

/** The editor, as soon as it can be had. Rejects when it cannot be fetched; the next call tries again. */
export const editingSoon = (): Promise<Editing> => {
  coming ??= import("./editing.ts").then(
    (arrived) => (here = arrived),
    (reason: unknown) => {
      coming = undefined;
      throw reason;
    },
  );
  return coming;
};

/** Fetches it ahead of the first touch, so that writing also begins without network; resolves when that is over, however it went. */
export const fetchEditingAhead = async (): Promise<void> => {
  await editingSoon().catch(() => undefined);
};
