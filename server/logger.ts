/** The log of this server: workshop ids and codes of refusals, never a name, a secret, an address or a word of the minutes. */
import { format } from "node:util";
import { destination, pino, type Logger } from "pino";
import type { LogLevel } from "./config.ts";

const STDERR = 2;

export const createLogger = (level: LogLevel): Logger =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination({ dest: STDERR, sync: true }));

/** Some libraries print; what they say belongs into the log, at a level nobody reads unless they look for it. */
export const adoptConsole = (logger: Logger): void => {
  const adopt = (...parts: unknown[]): void => logger.debug({ said: format(...parts) }, "a library said");
  Object.assign(globalThis.console, { error: adopt, warn: adopt, info: adopt, log: adopt });
};
