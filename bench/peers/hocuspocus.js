/** Stock Hocuspocus with its SQLite extension; FLUSH gives its flushDelay, without one it keeps its own. PAGE: built files it also serves. */
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const { PORT, DATA_DIR, FLUSH, PAGE } = process.env;
const TYPES = { ".html": "text/html", ".js": "text/javascript" };

/** As any server in front of it would: compressed by the build, the files with a hash in their names for ever. */
const page = {
  async onRequest({ request, response }) {
    const path = request.url === "/" ? "/index.html" : request.url;
    const file = join(PAGE, path);
    const found = existsSync(`${file}.br`);
    response.writeHead(found ? 200 : 404, {
      "content-type": TYPES[extname(path)] ?? "text/plain",
      "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-store",
      ...(found ? { "content-encoding": "br" } : {}),
    });
    response.end(found ? readFileSync(`${file}.br`) : "");
    // Answered: nothing else shall be.
    throw null;
  },
};

const server = new Server({
  port: Number(PORT),
  address: "127.0.0.1",
  quiet: true,
  stopOnSignals: true,
  ...(FLUSH ? { flushDelay: Number(FLUSH) } : {}),
  onAuthenticate: async ({ token }) => {
    if (token !== "token") throw new Error("not allowed");
  },
  extensions: [new SQLite({ database: join(DATA_DIR, "hocuspocus.db") }), ...(PAGE ? [page] : [])],
});
await server.listen();
process.stdout.write("ready\n");
