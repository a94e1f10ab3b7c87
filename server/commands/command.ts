/** What a command is: how it is called, what it is for, and what it does. */
import type { Terminal } from "./terminal.ts";

interface Means {
  /** Where this server keeps its data, as its settings say. */
  dataDir: string;
  terminal: Terminal;
}

export interface Command {
  usage: string;
  about: string;
  /** Gives the exit code. Throws CannotOpen and Misused with a sentence for the host. */
  run(line: readonly string[], means: Means): Promise<number>;
}
