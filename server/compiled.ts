/** What Node makes of the files of the program is kept beside its packages, so that the next start need not make it again. */
import { mkdirSync } from "node:fs";
import { enableCompileCache, flushCompileCache } from "node:module";

/** Whoever may write there may change the program as well: what is found there is trusted no more than the program is. */
const PLACE = new URL("../node_modules/.cache/minutier", import.meta.url).pathname;

/** Takes what was kept, and remembers what is read from now on; where nothing may be written it starts as slowly as the first time. */
export const useCompiled = (): void => {
  // A host who names a place of their own has said enough.
  if (process.env["NODE_COMPILE_CACHE"]) return;
  try {
    mkdirSync(PLACE, { recursive: true });
  } catch {
    return;
  }
  enableCompileCache(PLACE);
  // Its threads read the same files.
  process.env["NODE_COMPILE_CACHE"] = PLACE;
};

/** Writes down what was read so far: a process that is killed later could not. */
export const keepCompiled = (): void => flushCompileCache();
