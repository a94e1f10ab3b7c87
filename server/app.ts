/** The server put together: store, log, access, rooms, routes; and taken apart again without losing a word. */
import type { Server } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import compression from "compression";
import express, { type Express } from "express";
import type { Logger } from "pino";
import { openAccess } from "./access/access.ts";
import type { Config } from "./config.ts";
import { hosting } from "./hosting.ts";
import { openLog } from "./log/log.ts";
import { markDoors, openDoors } from "./open-doors.ts";
import { assetsFrom, type Assets, type Manifest } from "./pages/assets.ts";
import { Rooms } from "./rooms/rooms.ts";
import { assets } from "./routes/assets.ts";
import { codes } from "./routes/codes.ts";
import { condition } from "./routes/condition.ts";
import { entrance } from "./routes/entrance.ts";
import { nothingHere, tellError } from "./routes/errors.ts";
import { Gallery } from "./routes/gallery.ts";
import { Gauges } from "./routes/gauges.ts";
import { headers } from "./routes/headers.ts";
import { health } from "./routes/health.ts";
import type { Finding, House } from "./routes/house.ts";
import { installed } from "./routes/installed.ts";
import { Knocks, type Trust } from "./routes/knocks.ts";
import { journal } from "./routes/journal.ts";
import { createListener } from "./routes/listener.ts";
import { lanes } from "./routes/lanes.ts";
import { limiters } from "./routes/limits.ts";
import { mount } from "./routes/mount.ts";
import { openApi } from "./routes/openapi.ts";
import { reading } from "./routes/reading.ts";
import { openSockets } from "./routes/sockets.ts";
import { TABLE } from "./routes/table.ts";
import { DOCUMENT } from "./routes/workshops.ts";
import { openChannel } from "./store/channel.ts";
import { placeFindings, storeFindings } from "./store/condition.ts";
import { inspectDaily } from "./store/inspection.ts";
import { writeAndForget } from "./store/probe.ts";
import { openStages } from "./stage/stages.ts";
import { openStore } from "./store/store.ts";
import { VERSION } from "./version.ts";

const ROOT = new URL("..", import.meta.url).pathname;
/** A client that does not answer our goodbye is cut after this. */
const GOODBYE_MS = 1000;

/** The build, or the settings of the machine, do not allow a start; the message is a sentence for the host. */
export class CannotStart extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CannotStart";
  }
}

export interface App {
  /** Where it listens, e.g. `http://localhost:3000`. */
  address: string;
  /** Stops taking in, sends everybody away, writes what waits, lets go of the data. May be called twice. */
  stop(): Promise<void>;
}

/** What the build made. Throws CannotStart where there is none, or one of another version. */
const readAssets = (): Assets => {
  try {
    return assetsFrom(JSON.parse(readFileSync(`${ROOT}dist/.vite/manifest.json`, "utf8")) as Manifest);
  } catch {
    throw new CannotStart("The pages of this version are not built: run `npm run build`, or start with `npm start`.");
  }
};

interface Looks {
  /** Tries a real write; throws where it fails. */
  ready: () => Promise<void>;
  /** Looks the server over. */
  look: () => Promise<Finding[]>;
}

const buildExpress = (house: House, { ready, look }: Looks): { app: Express; knocks: Knocks } => {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", house.config.trustProxy);
  app.set("query parser", "simple");
  app.use(headers(house.config));
  app.use(journal(house));
  app.use(health(house, ready));
  app.use(compression({ filter: compresses }));
  app.use("/assets", assets(`${ROOT}dist/assets`));
  const description = openApi(TABLE, VERSION);
  app.get("/api/openapi.json", (_request, response) => {
    response.json(description);
  });
  const limits = limiters();
  app.use(mount(TABLE, house, limits));
  // A measurement comes from one address, however many it plays.
  const knocks = new Knocks(app.get("trust proxy fn") as Trust, house.config.openDoors ? { burst: Infinity } : {});
  app.use(lanes(house, knocks));
  app.use(entrance(house));
  app.use(codes(house, limits.codes));
  app.use(installed(house, `${ROOT}dist/service-worker.js`));
  app.use(reading(house));
  app.use(condition(house, look));
  app.use(nothingHere);
  app.use(tellError(house));
  return { app, knocks };
};

/** A compressed stream of events waits for its buffer to fill; a document is bytes that nobody has compressed yet. */
const compresses: compression.CompressionFilter = (request, response) => {
  const type = String(response.getHeader("Content-Type"));
  return !type.startsWith("text/event-stream") && (type.startsWith(DOCUMENT) || compression.filter(request, response));
};

const listenOn = (server: Server, { port, host }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "another program uses it already" : (error.code ?? error.message);
      reject(new CannotStart(`Cannot listen on port ${port}${host ? ` of ${host}` : ""}: ${reason}.`));
    });
    server.listen({ port, ...(host ? { host } : {}) }, resolve);
  });

const addressOf = (server: Server, { host }: Config): string => {
  const { port } = server.address() as AddressInfo;
  const shown = !host || host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${shown}:${port}`;
};

/** Opens the data and starts to listen. Throws CannotStart and CannotOpen with a sentence for the host. */
export const startApp = async (config: Config, logger: Logger): Promise<App> => {
  const built = readAssets();
  markDoors(config.dataDir, config.openDoors === true);
  const store = await openStore({ dataDir: config.dataDir });
  if (store.loss) logger.error({ commits: store.loss.commits }, store.loss.says);
  try {
    const log = openLog(store, (error) => logger.error(error, "no snapshot was made"));
    const guarded = await openAccess(store, { dataDir: config.dataDir });
    const access = config.openDoors ? openDoors(guarded) : guarded;
    if (config.openDoors) logger.error("OPEN_DOORS: anybody on this machine may write in every room");
    const stages = openStages(store);
    const rooms = new Rooms({ log, access, stages, logger });
    const gallery = new Gallery({ access, log });
    const house: House = {
      config,
      log,
      access,
      rooms,
      stages,
      gallery,
      assets: built,
      logger,
      gauges: new Gauges({ rooms, log, dataDir: config.dataDir }),
    };
    const look = async (): Promise<Finding[]> => [
      ...(await placeFindings(config.dataDir)),
      ...(await storeFindings(store)),
      {
        name: "versions",
        good: true,
        says: `Minutier ${VERSION}, Node ${process.version}, SQLite ${process.versions.sqlite}`,
      },
    ];
    const ready = async (): Promise<void> => {
      await store.write(...writeAndForget);
    };
    const { app, knocks } = buildExpress(house, { ready, look });
    const server = createListener(app);
    const sockets = openSockets(server, { rooms, config, logger, knocks });
    const closeChannel = await openChannel(config.dataDir, hosting({ store, log, access, rooms }), (error) =>
      logger.error(error, "the host was not served"),
    ).catch((error: unknown) => {
      logger.warn(error, "the host's commands do not reach this server: purge needs it stopped");
    });
    const stopInspecting = inspectDaily(config.dataDir, (defects) => {
      house.gauges.inspected(defects.length);
      for (const each of defects) logger.error(each, "the database is damaged: run verify, and keep the backups");
    });
    log.onWriting((writing) => logger.warn(writing, writing.writing ? "saving again" : "not saving"));
    await listenOn(server, config);
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      server.close();
      closeChannel?.();
      stopInspecting();
      rooms.close();
      await sockets.close(GOODBYE_MS);
      server.closeAllConnections();
      await rooms.settled();
      await store.close();
    };
    return { address: addressOf(server, config), stop: () => (stopping ??= stop()) };
  } catch (error) {
    await store.close();
    throw error;
  }
};
