/** Starts the server, says where it is, and ends it without losing a word. */
import { reportFaults } from "../document/listen.ts";
import { CannotStart, startApp, type App } from "./app.ts";
import { keepCompiled } from "./compiled.ts";
import { ConfigError, readConfig } from "./config.ts";
import { adoptConsole, createLogger } from "./logger.ts";
import { CannotOpen } from "./store/driver.ts";

const FAILED = 1;
/** Whatever hangs while stopping must not keep the machine from going down. */
const PATIENCE_MS = 8000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Ends at the start with a sentence for the host; anything else that was thrown is a defect and keeps its stack. */
const refuseToStart = (error: unknown): never => {
  const forHost = error instanceof ConfigError || error instanceof CannotOpen || error instanceof CannotStart;
  process.stderr.write(`${forHost ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(FAILED);
};

const run = async (): Promise<void> => {
  // Whoever reads what is said may have gone, and the disk it is kept on may be full: no reason to end.
  process.stdout.on("error", () => undefined);
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  adoptConsole(logger);
  reportFaults((error, event) => logger.error({ err: error, event }, "a listener failed"));

  let app: App | undefined;
  let ending = false;
  /** Ends once, whoever asks and how often. */
  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(FAILED), PATIENCE_MS).unref();
    try {
      await app?.stop();
    } catch (error) {
      logger.error({ err: error }, "could not stop cleanly");
      process.exit(FAILED);
    }
    process.exit(code);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      logger.info({ signal }, "stopping");
      void end(0);
    });
  }
  // What nobody foresaw may have left anything half done: write what waits and let the supervisor start us afresh.
  for (const event of ["unhandledRejection", "uncaughtException"] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ err: error, event }, "stopping after an unforeseen error");
      void end(FAILED);
    });
  }

  app = await startApp(config, logger);
  say(`Minutier is ready at ${app.address}`);
  keepCompiled();
};

/** Runs until it is told to end; what keeps it from starting is told to the host, and the process ends. */
export const serve = (): Promise<void> => run().catch(refuseToStart);
