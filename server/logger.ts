/** The log of this server: workshop ids and codes of refusals, never a name, a secret, an address or a word of the minutes. */
import { format } from "node:util";
import { destination, pino, type Logger } from "pino";
import type { LogLevel } from "./config.ts";

const STDERR = 2;
/** Lines that could not be written wait up to this; beyond it they are lost. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** Writes to the error output. Where that takes nothing, such as a file on a full disk, the server goes on without a log. */
export const createLogger = (level: LogLevel): Logger => {
  const lines = destination({ dest: STDERR, sync: true, maxLength: MOST_WAITING_BYTES });
  // Unheard, it would end the process, and nothing could be said of that either.
  lines.on("error", () => undefined);
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, lines);
};

/** Some libraries print; what they say belongs into the log, at a level nobody reads unless they look for it. */
export const adoptConsole = (logger: Logger): void => {
  const adopt = (...parts: unknown[]): void => logger.debug({ said: format(...parts) }, "a library said");
  Object.assign(globalThis.console, { error: adopt, warn: adopt, info: adopt, log: adopt });
};
