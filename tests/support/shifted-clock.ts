/** Loaded before a program (`--import`): its clock on the wall is wrong by as many milliseconds as a file says, at any moment. */
import { readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const file = process.env["CLOCK"] ?? "";
const Real = Date;
let offset = 0;
const look = (): void => {
  try {
    const said = readFileSync(file, "utf8");
    if (Number(said) === offset) return;
    offset = Number(said);
    // Each thread of the program has its own; the first is the one that is asked for the time.
    if (isMainThread) writeFileSync(`${file}.shown`, said);
  } catch {
    // nothing said yet: it is right
  }
};
look();
setInterval(look, 10).unref();

class Shifted extends Real {
  constructor(...words: [] | [number]) {
    if (words.length === 0) super(Real.now() + offset);
    else super(...words);
  }

  static override now(): number {
    return Real.now() + offset;
  }
}

globalThis.Date = Shifted as DateConstructor;
