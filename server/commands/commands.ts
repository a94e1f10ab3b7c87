/** The commands a host gives to this program beside starting it. */
import { ConfigError, readConfig } from "../config.ts";
import { CannotOpen } from "../store/driver.ts";
import { reasonOf } from "../store/sqlite-errors.ts";
import { backup } from "./backup.ts";
import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { purge } from "./purge.ts";
import { repair } from "./repair.ts";
import { restore } from "./restore.ts";
import { FAILED, MISUSED, Misused, terminal } from "./terminal.ts";
import { verify } from "./verify.ts";

const COMMANDS: Readonly<Record<string, Command>> = { backup, verify, restore, repair, purge, check };

const help = (): string =>
  [
    "Without a command, this starts the server. Commands read the same settings (DATA_DIR …):",
    ...Object.values(COMMANDS).flatMap(({ usage, about }) => [`  ${usage}`, `      ${about}`]),
    "They end with 0 when all is well, 1 when it could not be done, 2 when asked wrongly, 3 when defects were found.",
  ].join("\n");

/** Disks and files say no in many ways; a defect of this program keeps its stack. */
const told = (error: unknown): string => {
  if (error instanceof CannotOpen || error instanceof ConfigError) return error.message;
  const known = error instanceof Error && ("errcode" in error || "syscall" in error);
  return known
    ? `This could not be done: ${reasonOf(error)}.`
    : error instanceof Error
      ? (error.stack ?? "")
      : String(error);
};

/** Runs the command `line` begins with and gives the exit code. Throws ConfigError. */
export const runCommand = async (line: readonly string[]): Promise<number> => {
  const [name = "", ...rest] = line;
  const screen = terminal();
  if (name === "help" || name === "--help") {
    screen.say(help());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n${help()}\n`);
    return MISUSED;
  }
  try {
    return await command.run(rest, { dataDir: readConfig(process.env).dataDir, terminal: screen });
  } catch (error) {
    if (error instanceof Misused) {
      process.stderr.write(`${error.message} Usage: ${command.usage}\n`);
      return MISUSED;
    }
    process.stderr.write(`${told(error)}\n`);
    return FAILED;
  }
};
