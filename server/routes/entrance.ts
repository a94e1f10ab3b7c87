/** The pages one comes in by: home, a template, the workshop's shell. None of them needs a secret to be served. */
import { Router } from "express";
import { chooseLanguage } from "../pages/language.ts";
import { homePage } from "../pages/home.ts";
import { keptPage } from "../pages/kept.ts";
import { projectorPage } from "../pages/projector.ts";
import { askedAhead } from "../pages/shell.ts";
import { templatePage } from "../pages/template.ts";
import { workshopPage } from "../pages/workshop.ts";
import { originOf } from "./addresses.ts";
import type { House } from "./house.ts";
import { settingOf } from "./setting.ts";

export const entrance = (house: House): Router => {
  const router = Router();

  router.get("/", async (request, response) => {
    const setting = settingOf(house, request);
    const templates = await house.gallery.list(setting.language);
    const passphrase = house.config.passphrase !== undefined;
    response.type("html").send(homePage({ ...setting, templates, passphrase }));
  });

  router.get("/templates/:id", async (request, response) => {
    const setting = settingOf(house, request);
    const wanted = chooseLanguage(request.query["language"], undefined, setting.language);
    const { name, description } = await house.gallery.find(request.params.id, wanted);
    const example = await house.gallery.example(request.params.id, wanted);
    response.type("html").send(templatePage({ ...setting, name, description, example }));
  });

  router.get("/privacy", (request, response) => {
    const { contact } = house.config;
    const origin = originOf(request, house.config);
    response.type("html").send(keptPage({ ...settingOf(house, request), origin, ...(contact ? { contact } : {}) }));
  });

  // The same page whether the workshop exists or not: only its secret, which never comes here, can tell.
  router.get("/w/:id", (request, response) => {
    const setting = settingOf(house, request);
    response.type("html").set("Link", askedAhead(setting)).send(workshopPage(setting));
  });

  router.get("/w/:id/projector", (request, response) => {
    response.type("html").send(projectorPage(settingOf(house, request)));
  });

  return router;
};
