/** What a running server does for its host: erases for good, while people go on writing. */
import { setTimeout as after } from "node:timers/promises";
import * as v from "valibot";
import type { Access } from "./access/access.ts";
import type { Log } from "./log/log.ts";
import type { Rooms } from "./rooms/rooms.ts";
import type { Service } from "./store/channel.ts";
import { CannotOpen } from "./store/driver.ts";
import type { Store } from "./store/store.ts";

const Question = v.object({
  ask: v.literal("erase"),
  workshop: v.string(),
  /** Whose names; EVERYBODY stands for the whole workshop. */
  visitors: v.array(v.string()),
});

/** A backup or a verification may hold the log for as long as it takes. */
const LOG_EVERY_MS = 500;

interface Parts {
  store: Store;
  log: Log;
  access: Access;
  rooms: Rooms;
}

/** Until nothing of what was deleted is left in the write-ahead log. */
const forgetLog = async (store: Store, tell: (doing: string) => void): Promise<void> => {
  if (await store.forget()) return;
  tell("waiting for a backup or a verification to end");
  await after(LOG_EVERY_MS);
  await forgetLog(store, tell);
};

/** Does what the host's commands ask of a server that runs. */
export const hosting =
  ({ store, log, access, rooms }: Parts): Service =>
  async (question, tell) => {
    const asked = v.safeParse(Question, question);
    if (!asked.success) throw new CannotOpen("The server is of another version than this command.");
    const { workshop, visitors } = asked.output;
    if (!store.state.writing) throw new CannotOpen("The disk takes nothing at the moment; nothing was erased.");
    tell("sending everybody out of the workshop");
    await rooms.anew(workshop, async () => {
      tell("erasing");
      for (const visitor of visitors) {
        // Each makes the log anew, upon the one before.
        // oxlint-disable-next-line no-await-in-loop
        await log.erase(workshop, visitor).finally(() => access.forget(workshop));
      }
    });
    await forgetLog(store, tell);
  };
