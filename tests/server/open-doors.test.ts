/** The setting that measurements need, and everything that keeps it from being switched on where people write. */
import { afterEach, expect, test } from "vitest";
import { readConfig } from "../../server/config.ts";
import { LiveClient } from "../support/clients.ts";
import { startRefused, startWorkshop, TestServer } from "../support/server.ts";

const SETTING = { OPEN_DOORS: "anybody-on-this-machine-may-write" };

const removed: { remove: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of removed.splice(0)) await each.remove();
});
const newServer = (environment: Record<string, string>): TestServer => {
  const server = new TestServer(environment);
  removed.push(server);
  return server;
};

test.each([
  [{}],
  [{ HOST: "0.0.0.0" }],
  [{ HOST: "127.0.0.1", PUBLIC_URL: "https://minutes.example.org" }],
  [{ HOST: "127.0.0.1", TRUST_PROXY: "1" }],
  [{ HOST: "127.0.0.1", OPEN_DOORS: "yes" }],
])("open doors are refused with %o", (environment) => {
  expect(() => readConfig({ ...SETTING, ...environment })).toThrow("OPEN_DOORS");
});

test("one word opens every room, also one that is not there yet; without the setting it opens none, nor these data", async () => {
  const server = await newServer(SETTING).start();
  const client = new LiveClient({ url: server.live }, "some-room", "token");
  await client.saved();
  client.write("mesuré");
  await client.saved();
  client.destroy();
  await server.stop();
  const { code, output } = await startRefused({ PORT: "0", HOST: "127.0.0.1", DATA_DIR: server.dataDir });
  expect([code, output]).toEqual([1, expect.stringContaining("Give another DATA_DIR")]);
});

test("data in which people write stay closed", async () => {
  const server = await newServer({}).start();
  const { id } = await startWorkshop(server.url);
  const client = new LiveClient({ url: server.live }, id, "token");
  await client.when(() => client.denied.length > 0);
  client.destroy();
  await server.stop();
  const { code, output } = await startRefused({ ...SETTING, PORT: "0", HOST: "127.0.0.1", DATA_DIR: server.dataDir });
  expect([code, output]).toEqual([1, expect.stringContaining("Give a DATA_DIR that does not exist yet")]);
});
