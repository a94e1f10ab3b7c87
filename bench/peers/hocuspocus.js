/** Stock Hocuspocus with its SQLite extension; FLUSH gives its flushDelay, without one it keeps its own. */
import { join } from "node:path";
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const { PORT, DATA_DIR, FLUSH } = process.env;
const server = new Server({
  port: Number(PORT),
  address: "127.0.0.1",
  quiet: true,
  stopOnSignals: true,
  ...(FLUSH ? { flushDelay: Number(FLUSH) } : {}),
  onAuthenticate: async ({ token }) => {
    if (token !== "token") throw new Error("not allowed");
  },
  extensions: [new SQLite({ database: join(DATA_DIR, "hocuspocus.db") })],
});
await server.listen();
process.stdout.write("ready\n");
