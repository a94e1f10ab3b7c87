/** Whether this server is alive, and whether it can write at this very moment. */
import { setTimeout as after } from "node:timers/promises";
import { Router } from "express";
import type { House } from "./house.ts";

/** However many ask, and whoever they are: the disk is tried so often and no more, for each try is a real commit. */
const FRESH_MS = 1000;
/** A write that takes longer than this is one that people wait for. */
const SLOW_MS = 3000;

/** The answer of the latest try, shared by all who ask meanwhile. Rejects when it failed or takes too long. */
const sharing = (ready: () => Promise<void>): (() => Promise<void>) => {
  let latest = Promise.resolve();
  let since = -Infinity;
  return () => {
    if (performance.now() - since >= FRESH_MS) {
      since = performance.now();
      const tooLate = after(SLOW_MS, undefined, { ref: false }).then(() => {
        throw new Error("the disk is slow");
      });
      latest = Promise.race([ready(), tooLate]);
      // Whoever asked has heard it; there may be nobody any more.
      latest.catch(() => undefined);
      tooLate.catch(() => undefined);
    }
    return latest;
  };
};

/** `ready` tries a real write and throws where it fails. */
export const health = (house: House, ready: () => Promise<void>): Router => {
  const router = Router();
  const shared = sharing(ready);
  router.get("/healthz", (_request, response) => {
    response.type("text").send("ok\n");
  });
  router.get("/readyz", async (_request, response) => {
    try {
      await shared();
      response.type("text").send("ready\n");
    } catch {
      response.status(503).type("text").send("not saving\n");
    }
  });
  router.get("/metrics", async (_request, response) => {
    response.type(house.gauges.registry.contentType).send(await house.gauges.registry.metrics());
  });
  return router;
};
