/** What the routes are given to work with. */
import type { Logger } from "pino";
import type { Access } from "../access/access.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log/log.ts";
import type { Assets } from "../pages/assets.ts";
import type { Rooms } from "../rooms/rooms.ts";
import type { Stages } from "../stage/stages.ts";
import type { Gallery } from "./gallery.ts";
import type { Gauges } from "./gauges.ts";

/** Something found about the server itself, in a sentence for the host. */
export interface Finding {
  name: string;
  good: boolean;
  says: string;
}

export interface House {
  config: Config;
  log: Log;
  access: Access;
  rooms: Rooms;
  stages: Stages;
  gallery: Gallery;
  assets: Assets;
  gauges: Gauges;
  logger: Logger;
}
