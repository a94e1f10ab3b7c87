/** The ways into a workshop, by link or by code, and what this page was asked for with. */
import { noteEarly } from "./early.ts";
import { openAhead } from "./session/ahead.ts";
import { enter, enterByCode, type Entered } from "./session/entry.ts";
import { readFragment, type Fragment } from "./session/fragment.ts";
import type { Entrance } from "./session/session.ts";
import { isRedrawn } from "./wanted.ts";

/** Somebody who came in, where, and by which group's address. */
export interface Admitted extends Pick<Fragment, "group"> {
  entrance: Entrance;
  entered: Entered;
}

const partsHere = (): string[] => location.pathname.split("/").slice(1).map(decodeURIComponent);

const groupHere = (): Pick<Fragment, "group"> => {
  const { group } = readFragment(location.hash);
  return group ? { group } : {};
};

/** By a short code, under a link of one's own. Throws Refused or Unreachable. */
export const admitByCode = async (code: string): Promise<Admitted> => ({
  ...(await enterByCode(code)),
  ...groupHere(),
});

/** By the link in the address: /w/<id>#<secret>; the secret never left this browser on the way here. Throws the same. */
export const admitByLink = async (): Promise<Admitted> => {
  const entrance = { workshop: partsHere()[1] ?? "", secret: readFragment(location.hash).secret };
  return { entrance, entered: await enter(entrance), ...groupHere() };
};

/** Asks for what stands in the address by now; undefined where that is neither a link nor a code, or was answered already. */
export const ask = (): Promise<Admitted> | undefined => {
  const [kind, part] = partsHere();
  if (kind === "w") return admitByLink();
  // In another language the page is asked for once more, and comes back here.
  if (isRedrawn() || document.querySelector("#code[aria-invalid]")) return undefined;
  const code = (part || new URLSearchParams(location.search).get("code") || "").trim();
  return code === "" ? undefined : admitByCode(code);
};

let knocked: { answer: Promise<Admitted> | undefined } | undefined;

/**
 * Asks to be let in with what stands in the address of this page, once for all who call; undefined where that is neither
 * a link nor a code.
 */
export const knock = (): Promise<Admitted> | undefined => {
  if (!knocked) {
    noteEarly();
    knocked = { answer: ask() };
    if (knocked.answer) openAhead();
    // Whoever shows the page hears of it; until then it is no mishap.
    knocked.answer?.catch(() => undefined);
  }
  return knocked.answer;
};
