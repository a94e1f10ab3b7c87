/** Serves what the build made: names change with content, so browsers need never ask again; compressed once, by the build. */
import { readdirSync } from "node:fs";
import { extname } from "node:path";
import express, { type RequestHandler } from "express";

const CACHE = "public, max-age=31536000, immutable";
const BROTLI = ".br";

/**
 * Serves the files of `directory`; to whoever reads Brotli, those that have a compressed twin (`x.js.br`) as that twin.
 * What the build adds later is not seen: it is looked at once. Throws where there is no such directory.
 */
export const assets = (directory: string): RequestHandler => {
  const files = express.static(directory, {
    index: false,
    redirect: false,
    setHeaders: (response) => response.setHeader("Cache-Control", CACHE),
  });
  const twins = new Set(readdirSync(directory).filter((name) => name.endsWith(BROTLI)));
  return (request, response, next) => {
    const name = request.path.slice(1);
    if (twins.has(name + BROTLI)) {
      response.vary("Accept-Encoding");
      if (request.acceptsEncodings("br") === "br") {
        response.type(extname(name)).set("Content-Encoding", "br");
        request.url = `/${name}${BROTLI}`;
      }
    }
    files(request, response, next);
  };
};
