/** What stands at an address that never changes: the service worker and the manifest, by which a browser keeps the program. */
import { readFileSync } from "node:fs";
import { Router } from "express";
import { manifestOf } from "../pages/manifest.ts";
import { settingOf } from "./setting.ts";
import type { House } from "./house.ts";

/** `worker` is the path of the built service worker. Throws where there is none. */
export const installed = (house: House, worker: string): Router => {
  const router = Router();
  const code = readFileSync(worker, "utf8");
  router.get("/service-worker.js", (_request, response) => {
    response.type("js").send(code);
  });
  router.get("/manifest.webmanifest", (request, response) => {
    response.type("application/manifest+json").send(manifestOf(settingOf(house, request)));
  });
  return router;
};
