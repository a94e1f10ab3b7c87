/** Whether this server is alive, and whether it can write at this very moment. */
import { Router } from "express";
import type { House } from "./house.ts";

/** `ready` tries a real write and throws where it fails. */
export const health = (house: House, ready: () => Promise<void>): Router => {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.type("text").send("ok\n");
  });
  router.get("/readyz", async (_request, response) => {
    try {
      await ready();
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
