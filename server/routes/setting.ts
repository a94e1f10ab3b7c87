/** The language and the assets of a page, as a request asks for them. */
import type { Request } from "express";
import { chooseLanguage } from "../pages/language.ts";
import type { Setting } from "../pages/shell.ts";
import type { House } from "./house.ts";

export const settingOf = (house: House, request: Request): Setting => ({
  language: chooseLanguage(request.query["lang"], request.get("accept-language"), house.config.language),
  assets: house.assets,
});
