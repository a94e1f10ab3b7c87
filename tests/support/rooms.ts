/** Rooms over a real store, entered over memory: no port, no sleep. */
import { pino } from "pino";
import { create } from "../../document/create.ts";
import type { Template } from "../../minutes/template.ts";
import type { Started } from "../../server/access/access.ts";
import { adoptConsole } from "../../server/logger.ts";
import type { Caution } from "../../server/rooms/caution.ts";
import { Rooms } from "../../server/rooms/rooms.ts";
import { openStages, type Stages } from "../../server/stage/stages.ts";
import type { DataDir } from "./data-dir.ts";
import { LiveClient, type Where } from "./clients.ts";
import { newGround, type Ground } from "./ground.ts";
import { memorySocket } from "./memory-socket.ts";
import { rawClient, type RawClient } from "./raw-client.ts";

/** One section of prose and one of items. */
const TEMPLATE: Template = {
  id: "essai",
  language: "fr",
  name: "Essai",
  description: "",
  title: "Essai",
  sections: [
    { id: "text", kind: "prose", heading: "Texte" },
    { id: "list", kind: "items", heading: "Liste", marker: "number" },
  ],
};

export interface Place extends Ground {
  rooms: Rooms;
  stages: Stages;
  where: Where;
  start: (kind?: "workshop" | "template") => Promise<Started>;
  /** A client with a session of its own, as a browser has. */
  visit: (workshop: string, secret: string, name: string) => Promise<LiveClient>;
  enter: (workshop: string, token: string) => LiveClient;
  raw: (workshop: string, token: string | undefined) => RawClient;
  /** What went wrong in a room without being a refusal. */
  faults: string[];
}

/** `disk`: where the data shall be; a fresh directory unless told. `caution`: as in production unless told. */
export const newPlace = async (disk?: DataDir, caution?: Caution): Promise<Place> => {
  const ground = await newGround(disk);
  const { remove } = ground;
  const clients: LiveClient[] = [];
  const faults: string[] = [];
  const logger = pino({ level: "error" }, { write: (line: string) => void faults.push(line) });
  // Hocuspocus prints every closing of a document; what is a fault of ours comes through the logger.
  adoptConsole(logger);
  const stages = openStages(ground.store);
  const rooms = new Rooms({ log: ground.log, access: ground.access, stages, logger, ...(caution ? { caution } : {}) });
  const where: Where = { url: "ws://memory", socket: memorySocket((carrier) => rooms.connect(carrier)) };
  const keep = (client: LiveClient): LiveClient => {
    clients.push(client);
    return client;
  };
  return Object.assign(ground, {
    rooms,
    stages,
    where,
    faults,
    start: (kind: "workshop" | "template" = "workshop") =>
      ground.access.createWorkshop({ update: create(TEMPLATE), kind, language: "fr", template: "essai" }),
    visit: async (workshop: string, secret: string, name: string) => {
      const { token, clientId } = await ground.access.openSession(workshop, secret, { name, layout: 1 });
      return keep(new LiveClient(where, workshop, token, { clientId }));
    },
    enter: (workshop: string, token: string) => keep(new LiveClient(where, workshop, token)),
    raw: (workshop: string, token: string | undefined) =>
      rawClient((carrier) => rooms.connect(carrier), workshop, token),
    remove: async () => {
      for (const client of clients) client.destroy();
      rooms.close();
      await rooms.settled();
      await remove();
    },
  });
};
