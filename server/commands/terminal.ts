/** How a command speaks: sentences on the output, progress on a terminal, and an exit code for scripts. */

export const DONE = 0;
/** It could not be done; nothing is left half done. */
export const FAILED = 1;
/** It was asked for in a way that this command does not know. */
export const MISUSED = 2;
/** It was done, and found that something is wrong. */
export const DEFECTS = 3;

export interface Terminal {
  say(line: string): void;
  /** Shown in place while it moves, and only to a person: a log file would be filled with it. */
  progress(what: string): (done: number, total: number) => void;
  /** The same for what has no measure. */
  doing(what: string): void;
}

/** At most so often; a terminal is slower than a disk. */
const EVERY_MS = 100;

export const terminal = (): Terminal => {
  const { stdout, stderr } = process;
  let shown = 0;
  const clear = (): void => {
    if (shown > 0) stderr.write(`\r${" ".repeat(shown)}\r`);
    shown = 0;
  };
  const show = (line: string): void => {
    clear();
    stderr.write(line);
    shown = line.length;
  };
  return {
    say(line) {
      clear();
      stdout.write(`${line}\n`);
    },
    progress(what) {
      let last = 0;
      return (done, total) => {
        if (!stderr.isTTY || (done < total && Date.now() - last < EVERY_MS)) return;
        last = Date.now();
        show(`${what} ${total === 0 ? 100 : Math.floor((done * 100) / total)} %`);
        if (done >= total) clear();
      };
    },
    doing(what) {
      if (stderr.isTTY) show(what);
    },
  };
};

/** What a command was given: its places in order, its options by name. */
export interface Given {
  places: readonly string[];
  options: ReadonlyMap<string, string | true>;
}

/** It was asked for in a way that this command does not know; the message says what is wrong. */
export class Misused extends Error {}

/**
 * Reads a command line: `known` names each option and whether a value follows it.
 * Throws Misused for an option that is not known, a value that is missing, more places than `places`, and a word that is
 * empty: in a script whose variable is not set it would stand for the directory one is in, or for everybody without a name.
 */
export const readLine = (
  line: readonly string[],
  places: number,
  known: Readonly<Record<string, "value" | "flag">> = {},
): Given => {
  const given = { places: [] as string[], options: new Map<string, string | true>() };
  const rest = [...line];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "") throw new Misused("One of the words is empty.");
    if (!word.startsWith("--")) {
      given.places.push(word);
      continue;
    }
    const [, name = "", written] = /^--([^=]*)(?:=(.*))?$/su.exec(word) ?? [];
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!kind) throw new Misused(`There is no option --${name}.`);
    const follows = kind === "value" && rest[0]?.startsWith("--") === false;
    const value = kind === "flag" ? true : (written ?? (follows ? rest.shift() : undefined));
    if (!value || (kind === "flag" && written !== undefined)) throw new Misused(`--${name} is incomplete.`);
    given.options.set(name, value);
  }
  if (given.places.length > places) throw new Misused(`"${given.places[places]}" is one too many.`);
  return given;
};
