/** What a read link opens: the page complete without a script, the exports, and the news that something has changed. */
import { Router, type Request, type Response } from "express";
import { projectorPage } from "../pages/projector.ts";
import { originOf, readingAddress } from "./addresses.ts";
import { sendFile } from "./file.ts";
import type { House } from "./house.ts";
import { sendBytes } from "./large.ts";
import { rendered } from "./renderings.ts";
import { settingOf } from "./setting.ts";

/** While everybody types, readers are told once in a while. */
const CALM_MS = 1000;
/** Proxies drop a silent answer after half a minute or more. */
const HEARTBEAT_MS = 20_000;

const CHANGED = "event: changed\ndata:\n\n";

/** Keeps telling `changed` until either side ends it or the link is withdrawn. Returns what ends it. */
const tellChanges = (
  house: House,
  grant: { workshop: string; link: string },
  request: Request,
  response: Response,
): (() => void) => {
  response.status(200).set("Content-Type", "text/event-stream").set("X-Accel-Buffering", "no").flushHeaders();
  response.write(": welcome\n\n");
  let waiting: NodeJS.Timeout | undefined;
  const stopListening = house.rooms.onChanged((workshop) => {
    if (workshop !== grant.workshop) return;
    waiting ??= setTimeout(() => {
      waiting = undefined;
      response.write(CHANGED);
    }, CALM_MS);
  });
  const stopWithdrawn = house.access.onWithdrawn(({ link }) => {
    if (link === grant.link) end();
  });
  const heartbeat = setInterval(() => response.write(":\n\n"), HEARTBEAT_MS);
  // All at once: an answer that was ended may take long to leave, and one word more written to it is an error.
  const end = (): void => {
    clearTimeout(waiting);
    clearInterval(heartbeat);
    stopListening();
    stopWithdrawn();
    response.end();
  };
  // Either may be the one that hears of it: an answer that waits behind another has no line yet.
  request.once("close", end);
  response.once("close", end);
  return end;
};

export const reading = (house: House): Router => {
  const router = Router();

  router.get("/r/:secret", async (request, response) => {
    const { secret } = request.params;
    const { workshop } = await house.access.fromReadSecret(secret);
    const { created } = await house.access.workshop(workshop);
    const place = { address: readingAddress(originOf(request, house.config), secret) };
    const page = { ...settingOf(house, request), place, secret, started: created };
    await sendBytes(response.type("html"), await rendered(house.log, workshop, "readingPage", page));
  });

  router.get("/r/:secret/projector", async (request, response) => {
    const { secret } = request.params;
    const { workshop } = await house.access.fromReadSecret(secret);
    response.type("html").send(projectorPage({ ...settingOf(house, request), reader: { workshop, secret } }));
  });

  router.get("/r/:secret/minutes.:format", async (request, response) => {
    const { secret } = request.params;
    const { workshop } = await house.access.fromReadSecret(secret);
    const place = { address: readingAddress(originOf(request, house.config), secret) };
    await sendFile(house.log, workshop, { response, format: request.params.format, place });
  });

  // Robots ask what is there before they open it: that answer is over at once.
  router.head("/r/:secret/changes", async (request, response) => {
    await house.access.fromReadSecret(request.params.secret);
    response.type("text/event-stream").end();
  });

  router.get("/r/:secret/changes", async (request, response) => {
    const { secret } = request.params;
    const grant = await house.access.fromReadSecret(secret);
    // Of whoever has hung up meanwhile nothing is heard any more: nothing would ever end what is kept for them.
    if (request.destroyed || response.destroyed) return;
    const end = tellChanges(house, grant, request, response);
    try {
      // Asked again now that we listen: neither a withdrawal nor words before that were heard.
      await house.access.fromReadSecret(secret);
      const changed = await house.log.changed(grant.workshop);
      if (changed.getTime() > Number(request.query["since"]) && !response.writableEnded) response.write(CHANGED);
    } catch {
      end();
    }
  });

  return router;
};
