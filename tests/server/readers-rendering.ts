/** Renderings for the tests of the readers: one that tells what it was given, and some that go wrong. */
import type { Minutes } from "../../minutes/value.ts";

export default {
  title: ({ minutes }: { minutes: Minutes }): string => JSON.stringify(minutes.sections),
  changed: ({ changed }: { changed: Date }): string => changed.toISOString(),
  broken: (): never => {
    throw new Error("broken on purpose");
  },
  ending: (): never => process.exit(1),
};
