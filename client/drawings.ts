/** Lets go of what was drawn before: Preact keeps it wherever a component that draws itself anew stands among the children of one that does not. */
import { options } from "preact";

/** What Preact knows of a drawing, under the names its packages share: its component, whose latest drawing is `__v`, and its parts. */
interface Drawing {
  __c?: { __v?: Drawing | null } | null;
  __k?: Drawing[] | null;
}

interface Hooks {
  /** A drawing begins: a first one, or by a component itself, which still holds the one before. */
  vnode?: (drawing: Drawing) => void;
  /** It stands. */
  __c?: (drawing: Drawing, queue: unknown[]) => void;
}

// Which drawing is the last one is known while the next begins; its parts are needed until that stands, and never again.
// Without this each keystroke of others leaves a whole row behind: nearly 10 kB, hundreds of megabytes in two hours.
const hooks = options as unknown as Hooks;
const { vnode: begin, __c: stands } = hooks;
const before: Drawing[] = [];
hooks.vnode = (drawing) => {
  const last = drawing.__c?.__v;
  if (last && last !== drawing) before.push(last);
  begin?.(drawing);
};
hooks.__c = (drawing, queue) => {
  for (const each of before.splice(0)) each.__k = [];
  stands?.(drawing, queue);
};
